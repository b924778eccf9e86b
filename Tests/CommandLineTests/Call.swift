import Foundation
import TestSupport

/// One finished call of a program, as its caller saw it.
struct Call: Sendable {
  /// The exit status; 128 and the signal's number for a program that died of one, as shells have it.
  let status: Int32
  /// Standard output.
  let output: String
  /// Standard error.
  let errors: String

  /// Lines of standard output.
  var lines: [String] { output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init) }

  /// Standard output, with every line break and the spaces around it made one space: sentences as they were before they
  /// were wrapped.
  var sentences: String { output.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

  /// Standard output, with every time in it made the same one.
  var timeless: String {
    output.replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/, with: "2026-11-29T12:00:00Z")
  }

  /// Standard output as JSON.
  func json() throws -> JSONValue { try JSONValue(parsing: output) }

  /// Standard output as JSON, one value per line.
  func jsonLines() throws -> [JSONValue] { try lines.map { try JSONValue(parsing: $0) } }
}

extension Call {
  /// Calls `atrest` with `arguments`.
  ///
  /// - Parameters:
  ///   - environment: variables to set besides those of the tests, of which `NO_COLOR`, `CLICOLOR_FORCE` and `COLUMNS` are taken
  ///     away.
  ///   - directory: the working directory; nil for that of the tests.
  static func atrest(
    _ arguments: [String], environment: [String: String] = [:], in directory: URL? = nil
  ) async throws -> Call {
    guard let directory else { return try await run(Program.atrest, arguments, environment) }
    return try await run(shell, entering(directory) + [program] + arguments, environment)
  }

  /// Calls `atrest` with `arguments`, its standard output being `terminal`.
  static func atrest(
    _ arguments: [String], environment: [String: String], on terminal: Terminal
  ) async throws -> Call {
    let call = try await run(Program.atrest, arguments, environment, output: terminal.program)
    return Call(status: call.status, output: try terminal.text(), errors: call.errors)
  }

  /// Calls `atrest` with `arguments` in `directory`, its standard output being `terminal`.
  static func atrest(
    _ arguments: [String], environment: [String: String], in directory: URL, on terminal: Terminal
  ) async throws -> Call {
    let words = entering(directory) + [program] + arguments
    let call = try await run(shell, words, environment, output: terminal.program)
    return Call(status: call.status, output: try terminal.text(), errors: call.errors)
  }

  /// What a shell runs what follows with, in `directory`.
  private static func entering(_ directory: URL) -> [String] {
    ["-c", "cd \"$1\" && shift && exec \"$@\"", "sh", directory.path(percentEncoded: false)]
  }

  /// Calls `atrest` with `arguments`.
  static func atrest(_ arguments: String...) async throws -> Call { try await atrest(arguments) }

  /// Runs `script` in a shell, in which `"$0"` is `atrest` and `"$@"` are `arguments`.
  static func shell(_ script: String, _ arguments: [String]) async throws -> Call {
    try await run(shell, ["-c", script, program] + arguments, [:])
  }

  private static let shell = URL(filePath: "/bin/sh")
  private static var program: String { Program.atrest.path(percentEncoded: false) }

  private static func run(
    _ program: URL, _ arguments: [String], _ environment: [String: String], output: FileHandle? = nil
  ) async throws -> Call {
    try await ProgramSlots.shared.run { try await runNow(program, arguments, environment, output) }
  }

  private static func runNow(
    _ program: URL, _ arguments: [String], _ environment: [String: String], _ output: FileHandle?
  ) async throws -> Call {
    let scratch = try Scratch()
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment
      .filter { !["NO_COLOR", "CLICOLOR_FORCE", "COLUMNS"].contains($0.key) }
      .merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    let handles = try ["output", "errors"].map { try FileHandle(forWritingTo: scratch.file($0, Data())) }
    // Foundation may keep them long after the process has ended.
    defer { for handle in handles { try? handle.close() } }
    process.standardOutput = output ?? handles[0]
    process.standardError = handles[1]
    let status = try await ended(process)
    return Call(
      status: status, output: output == nil ? try scratch.text("output") : "", errors: try scratch.text("errors"))
  }

  private static func ended(_ process: Process) async throws -> Int32 {
    try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { process in
        let signal: Int32 = process.terminationReason == .uncaughtSignal ? 128 : 0
        continuation.resume(returning: signal + process.terminationStatus)
      }
      do {
        try process.runWithAllSignals()
      } catch {
        continuation.resume(throwing: error)
      }
    }
  }
}
