import CommandBenchmark
import Foundation

/// A case that `atrest` is asked about from outside.
struct CaseUnderTest {
  /// The path of `atrest`.
  let atrest: String
  /// The directory of the case.
  let path: String

  /// What `atrest case verify` said.
  struct Check: Hashable {
    /// Whether the case is as it was left.
    let isSound: Bool
    /// How many snapshots it holds; nil when that could not be told.
    let snapshots: Int?
    /// Its exit status, and what it said.
    let words: String
  }

  /// A call of `atrest case`.
  func call(_ command: String, _ arguments: [String] = [], options: [String] = []) -> [String] {
    [atrest, "case", command] + options + [path] + arguments
  }

  /// Makes the case.
  func make() throws { _ = try Pipeline([call("init")]).run() }

  /// Takes a file in.
  func add(_ file: String, options: [String] = []) throws -> Sample {
    try Pipeline([call("add", [file], options: options)]).run()
  }

  /// Bytes of the file in which the store lies.
  var bytes: UInt64 {
    let attributes = try? FileManager.default.attributesOfItem(atPath: "\(path)/data.mdb")
    return attributes?[.size] as? UInt64 ?? 0
  }

  /// All that it exports.
  ///
  /// Throws ``CommandFailure`` when it can't be read.
  func export() throws -> Data {
    let run = try CapturedRun(call("export"))
    guard run.status == 0 else {
      throw CommandFailure("\(path): export: exit status \(run.status): \(run.errorLine ?? "")")
    }
    return run.output
  }

  /// Has the case checked.
  func check() throws -> Check {
    let run = try CapturedRun(call("verify", options: ["--format", "json"]))
    let words = [run.errorLine, String(decoding: run.output.prefix(2000), as: UTF8.self)].compactMap(\.self)
    return Check(
      isSound: run.status == 0, snapshots: try? JSONDecoder().decode(Document.self, from: run.output).snapshots,
      words: "case verify: exit status \(run.status): \(words.joined(separator: " "))")
  }

  private struct Document: Decodable {
    let snapshots: Int
  }
}
