import Foundation
import TestSupport
import Testing

@Suite("Progress and statistics, on standard error")
struct ProgressTests {
  private static let escape = "\u{1B}"
  private static let erasure = "\r\u{1B}[K"
  private static let stages = ["reading", "pages", "SHA-256", "joining", "residue", "tree", "judging", "reporting"]

  /// Hands out a snapshot so slowly that progress is shown, even by a program that takes seconds to start.
  private static let slowly = "{ head -c 30000 \"$1\"; sleep 6; tail -c +30001 \"$1\"; }"

  /// Hands out the rest of a snapshot when something was written to standard error, which is a file; or after a minute.
  private static let waiting =
    "{ head -c 30000 \"$1\"; n=0; until [ -s /dev/stderr ] || [ $n -ge 600 ]; do sleep 0.1; n=$((n + 1)); done; "
    + "tail -c +30001 \"$1\"; }"

  /// Runs `script` in a shell as ``Call/shell(_:_:)`` does, but with a terminal for standard error, and for standard
  /// output too if that is asked for.
  private func onTerminal(
    _ script: String, _ arguments: [String], environment: [String: String] = ["TERM": "xterm"], withOutput: Bool = false
  ) async throws -> Call {
    try await ProgramSlots.shared.run {
      try await Self.runOnTerminal(script, arguments, environment, withOutput: withOutput)
    }
  }

  private static func runOnTerminal(
    _ script: String, _ arguments: [String], _ environment: [String: String], withOutput: Bool
  ) async throws -> Call {
    let terminal = try Terminal()
    let scratch = try Scratch()
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", script, Program.atrest.path(percentEncoded: false)] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput =
      withOutput ? terminal.program : try FileHandle(forWritingTo: scratch.file("output", Data()))
    process.standardError = terminal.program
    let status = try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do { try process.runWithAllSignals() } catch { continuation.resume(throwing: error) }
    }
    return Call(status: status, output: withOutput ? "" : try scratch.text("output"), errors: try terminal.text())
  }

  @Test(arguments: [["--format", "text"], ["--format", "ndjson"], ["--quiet"]])
  func `always, into a file: whole lines, and no control character`(options: [String]) async throws {
    let call = try await Call.atrest(["verify", "--progress", "always"] + options + [Sample.mixed.path])
    #expect(call.status == 1)
    #expect(call.errors.hasPrefix("100 %  "))
    #expect(call.errors.hasSuffix("\n"))
    #expect(call.errors.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
  }

  @Test func `always, of a pipe: bytes, a line each second, and the name`() async throws {
    let call = try await Call.shell("\(Self.waiting) | \"$0\" verify --progress always -", [Sample.mixed.path])
    #expect(call.status == 1)
    let lines = call.errors.split(separator: "\n")
    #expect(lines.count >= 2)
    #expect(lines.first == "0 B  -")
    #expect(lines.last?.hasSuffix("B/s") == true)
    #expect(!call.errors.contains("%"))
    #expect(!call.errors.contains(Self.escape))
  }

  @Test(arguments: [[], ["--progress", "auto"], ["--progress", "never"]])
  func `none into a file`(options: [String]) async throws {
    let call = try await Call.shell(
      "\(Self.slowly) | { shift; \"$0\" verify - \"$@\"; }", [Sample.mixed.path] + options)
    #expect(call.status == 1)
    #expect(call.errors == "")
  }

  @Test func `on a terminal, one line that is gone before the report`() async throws {
    let script = "\(Self.slowly) | \"$0\" verify --quiet --color never --progress always -"
    let call = try await onTerminal(script, [Sample.mixed.path], withOutput: true)
    #expect(call.status == 1)
    let parts = call.errors.components(separatedBy: Self.erasure)
    #expect(parts.first?.hasPrefix("\r0 B  -\(Self.escape)[K") == true)
    #expect(parts.first?.contains("\n") == false)
    #expect(parts.dropFirst().first?.hasPrefix("FAIL  -  ") == true)
    #expect(parts.last?.contains(Self.escape) == false)
  }

  @Test(arguments: [([:], [], true), ([:], ["--quiet"], false), (["TERM": "dumb"], [], false)])
  func `on a terminal without being asked`(
    variables: [String: String], options: [String], isShown: Bool
  ) async throws {
    let script = "\(Self.slowly) | { shift; \"$0\" verify - \"$@\"; }"
    let environment = ["TERM": "xterm"].merging(variables) { $1 }
    let call = try await onTerminal(script, [Sample.mixed.path] + options, environment: environment)
    #expect(call.status == 1)
    #expect(call.errors.contains("0 B  -") == isShown)
    #expect(call.errors.hasSuffix(Self.erasure) == isShown)
    #expect(!call.output.contains(Self.escape))
  }

  @Test func `a short run stays silent on a terminal`() async throws {
    let clock = ContinuousClock()
    let start = clock.now
    let call = try await onTerminal("\"$0\" verify \"$@\"", [Sample.clean.path])
    #expect(call.status == 0)
    #expect(call.errors == "" || start.duration(to: clock.now) > .milliseconds(500))
  }

  @Test func `of standard error that is closed nothing is lost`() async throws {
    let script = "exec \"$0\" verify --progress always --stats \"$1\" 2>&-"
    let call = try await Call.shell(script, [Sample.clean.path])
    #expect(call.status == 0)
    #expect(try await call.timeless == Call.atrest("verify", Sample.clean.path).timeless)
  }

  @Test func `statistics list the stages, and what the process took`() async throws {
    let call = try await Call.atrest("verify", "--stats", Sample.mixed.path)
    #expect(call.status == 1)
    let names = call.errors.split(separator: "\n").dropLast().map { $0.prefix(17).trimmingCharacters(in: .whitespaces) }
    let process = ["wall time", "user CPU time", "system CPU time", "peak memory"]
    #expect(names.dropFirst().dropLast() == (Self.stages + process)[...])
    #expect(names.last?.hasPrefix("Sandbox (auto)") == true)
    let rows = call.errors.split(separator: "\n").filter { $0.wholeMatch(of: /.*  +[0-9]+\.[0-9]{3} s.*/) != nil }
    #expect(rows.count == Self.stages.count + 3)
    #expect(call.errors.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func `nor is anything printed that was not asked for`() async throws {
    #expect(try await Call.atrest("verify", Sample.mixed.path).errors == "")
  }

  @Test(arguments: [["--format", "text"], ["--quiet"], ["--color", "always"]])
  func `standard output stays the same, byte for byte`(options: [String]) async throws {
    let inputs = [Sample.mixed.path, "missing.db", Sample.clean.path]
    let plain = try await Call.atrest(["verify"] + options + inputs)
    let watched = try await Call.atrest(["verify", "--progress", "always", "--stats"] + options + inputs)
    #expect(watched.timeless == plain.timeless)
    #expect(watched.status == plain.status)
  }

  @Test(arguments: ["json", "ndjson"])
  func `the machine's reports differ in their call and times alone`(format: String) async throws {
    let differing = /"(startedAt|durationSeconds)" ?: ?("[^"]*"|[0-9.e-]+)|"arguments" ?: ?\[[^\]]*\]/
    let plain = try await Call.atrest("verify", "--format", format, Sample.mixed.path)
    let watched = try await Call.atrest(
      "verify", "--format", format, "--progress", "always", "--stats", Sample.mixed.path)
    #expect(watched.output.replacing(differing, with: "") == plain.output.replacing(differing, with: ""))
  }

  @Test func `what is no choice is a wrong call`() async throws {
    let call = try await Call.atrest("verify", "--progress", "sometimes", Sample.clean.path)
    #expect(call.status == 2)
    #expect(call.output == "")
  }
}
