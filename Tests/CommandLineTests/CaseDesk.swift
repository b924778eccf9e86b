import Foundation
import TestSupport
import Testing

/// A directory in which a test keeps cases.
struct CaseDesk {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// The path of the case.
  var path: String { scratch.path + "/incident" }

  /// Eight nightly backups of one cluster: in plaintext, partly rewritten, updated, all rewritten, compacted, defragmented,
  /// and while and after its key was changed.
  static let series: [String] = (23...30).map {
    Sample.directory.appending(path: "series/backups/202611\($0)T020000Z.db").path(percentEncoded: false)
  }

  static let keys = [
    "-c", Sample.directory.appending(path: "series/encryption-config.yaml").path(percentEncoded: false),
    "--authenticate",
  ]

  /// Calls `atrest case command path arguments`.
  func call(_ command: String, _ arguments: [String] = []) async throws -> Call {
    try await Call.atrest(["case", command, path] + arguments)
  }

  /// Makes the case, and adds what `inputs` name.
  static func desk(with inputs: [String], _ options: [String] = []) async throws -> CaseDesk {
    let desk = try CaseDesk()
    #expect(try await desk.call("init").status == 0)
    let call = try await desk.call("add", options + inputs)
    #expect(call.status == 0, "\(call.output)\(call.errors)")
    return desk
  }

  /// A case with the whole series, decrypted.
  static func series() async throws -> CaseDesk { try await desk(with: series, keys) }
}
