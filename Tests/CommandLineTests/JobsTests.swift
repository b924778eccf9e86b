import Foundation
import Testing

@Suite("Several snapshots at once")
struct JobsTests {
  private static let jobs = [1, 2, 8]

  /// All samples, and between them what can't be verified.
  private static let inputs =
    ["missing.db"] + Sample.all.map(\.path) + ["/dev/null"] + Sample.all.reversed().map(\.path)

  private func outputs(_ arguments: [String]) async throws -> [String] {
    var outputs: [String] = []
    for jobs in Self.jobs {
      let call = try await Call.atrest(["verify", "--jobs", "\(jobs)"] + arguments + Self.inputs)
      #expect(call.status == 3)
      #expect(call.errors == "")
      outputs.append(call.timeless.replacing("--jobs \(jobs)", with: "--jobs N"))
    }
    return outputs
  }

  @Test(arguments: [[], ["--quiet"], ["--color", "always"]])
  func `the text is the same, and the summary comes last`(options: [String]) async throws {
    let outputs = try await outputs(options)
    #expect(Set(outputs).count == 1)
    let count = Self.inputs.count
    if options.isEmpty {
      let passed = outputs[0].split(separator: "\n").count { $0.hasPrefix("PASS  /") }
      let summary = "\n\n\(count) snapshots: \(passed) passed, \(count - passed - 2) failed, 2 could not be verified\n"
      #expect(outputs[0].hasSuffix(summary))
    }
  }

  @Test(arguments: ["json", "ndjson"])
  func `the machine's reports differ in their times alone`(format: String) async throws {
    let times = /"(startedAt|durationSeconds)" ?: ?("[^"]*"|[0-9.e-]+)/
    let outputs = try await outputs(["--format", format]).map { $0.replacing(times, with: "") }
    #expect(outputs[0].contains("/dev/null"))
    #expect(!outputs[0].contains("durationSeconds"))
    #expect(Set(outputs.map(Self.withoutJobs)).count == 1)
  }

  /// The report without the arguments of the call, which name the jobs.
  private static func withoutJobs(_ output: String) -> String {
    output.replacing(/"arguments" ?: ?\[[^\]]*\]/, with: "")
  }

  @Test(arguments: Self.jobs)
  func `of many files that are no snapshots each is told, in order`(jobs: Int) async throws {
    let scratch = try Scratch()
    for number in 100..<300 { try scratch.file("backups/\(number).db", Data("no snapshot".utf8)) }
    try scratch.file("backups/150.db", Sample.clean.bytes)
    let call = try await Call.atrest("verify", "-q", "--jobs", "\(jobs)", scratch.path + "/backups")
    #expect(call.status == 3)
    #expect(call.lines.count == 200)
    #expect(call.lines.map { $0.split(separator: " ")[1] } == (100..<300).map { "\(scratch.path)/backups/\($0).db" })
    let some = try await Call.atrest(
      "verify", "-q", "--ignore-unrecognized", "--jobs", "\(jobs)", scratch.path + "/backups")
    // Their names are those of snapshots: so many backups have failed.
    #expect(some.status == 3)
    #expect(some.lines.count == 200)
  }

  @Test(arguments: ["0", "-1", "257", "four"])
  func `at least one`(jobs: String) async throws {
    let call = try await Call.atrest("verify", "--jobs=\(jobs)", Sample.clean.path)
    #expect(call.status == 2)
    #expect(call.output == "")
    #expect(
      call.errors.hasPrefix(
        "atrest: the value '\(jobs)' is invalid for '--jobs <n>': it must be a whole number from 1 to 256\n"))
  }
}
