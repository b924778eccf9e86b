import Foundation
import TestSupport

/// A finished run of `ConfinementProbe`.
struct Probe {
  let status: Int32
  /// What it said of each thing it tried, by the word that asked for it.
  let answers: [String: String]

  /// Whether this kernel has all that the tests are about.
  static let isConfinable: Bool = {
    let process = Process()
    process.executableURL = try? BuiltProgram.url("ConfinementProbe")
    let output = Pipe()
    process.standardOutput = output
    guard process.executableURL != nil, (try? process.run()) != nil else { return true }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text.contains("seccomp true") && !text.contains("landlock -") && !text.contains("landlock 1\n")
      && !text.contains("landlock 2\n")
  }()

  /// Runs the probe with `words` in `directory`.
  static func run(_ words: [String], in directory: String) async throws -> Probe {
    let program = try BuiltProgram.url("ConfinementProbe").path(percentEncoded: false)
    let process = try await ChildProcess([program] + words, in: directory)
    let lines = String(decoding: process.output, as: UTF8.self).split(separator: "\n")
    let pairs = lines.map { line in
      let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
      return (parts[0], parts.count > 1 ? parts[1] : "")
    }
    return Probe(status: process.status, answers: Dictionary(pairs) { first, _ in first })
  }
}
