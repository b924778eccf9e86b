import Foundation
import Synchronization

/// A real snapshot, made by etcd and an API server, with the truth about what is in it.
///
/// Fixtures lie in folders that hold a `truth.json` beside `snapshot.db` or `snapshot.db.zst`: the repository's own
/// `samples`, and larger collections where they stand beside the repository.
public struct SnapshotFixture: Sendable, CustomStringConvertible {
  /// Where it lies.
  public let directory: URL
  private let unpacked = UnpackedSnapshot()

  /// Every fixture there is. One that lies in two places is listed once.
  public static let all: [SnapshotFixture] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    var seen: Set<Data> = []
    var fixtures: [SnapshotFixture] = []
    for collection in ["samples", "../shared/samples", "../shared/snapshots", "../shared/series"] {
      let collection = root.appending(path: collection).standardizedFileURL
      let names = (try? FileManager.default.contentsOfDirectory(atPath: collection.path(percentEncoded: false))) ?? []
      for directory in names.sorted().map({ collection.appending(path: $0) }) {
        guard let truth = try? Data(contentsOf: directory.appending(path: "truth.json")) else { continue }
        if seen.insert(truth).inserted { fixtures.append(SnapshotFixture(directory: directory)) }
      }
    }
    return fixtures
  }()

  private init(directory: URL) { self.directory = directory }

  /// The collection and the folder, such as `samples/03-aescbc-mixed`.
  public var description: String { directory.pathComponents.suffix(2).joined(separator: "/") }

  /// What is in the snapshot.
  public func truth() throws -> Truth {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Truth.self, from: Data(contentsOf: directory.appending(path: "truth.json")))
  }

  /// The path of the EncryptionConfiguration that the API server ran with in the end.
  public var configurationPath: String {
    directory.appending(path: "encryption-config.yaml").path(percentEncoded: false)
  }

  /// The key-encryption keys of the KMS plugin by their names; none where there is no plugin.
  public func keyEncryptionKeys() throws -> [String: [UInt8]] {
    let folder = directory.appending(path: "kms-keks").path(percentEncoded: false)
    guard FileManager.default.fileExists(atPath: folder) else { return [:] }
    return try Dictionary(
      uniqueKeysWithValues: FileManager.default.contentsOfDirectory(atPath: folder).map { name in
        (name, [UInt8](hex: try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)))
      })
  }

  /// The path of the snapshot, unpacked. Unpacks it at the first call.
  public func path() throws -> String {
    let plain = directory.appending(path: "snapshot.db").path(percentEncoded: false)
    if FileManager.default.fileExists(atPath: plain) { return plain }
    return try unpacked.path { try unpack() }
  }

  /// Unpacks the snapshot into a directory for temporary files, where the next process finds it again.
  private func unpack() throws -> String {
    let truth = try truth()
    let directory = FileManager.default.temporaryDirectory.appending(path: "atrest-fixtures-\(getuid())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    let path = directory.appending(path: "\(truth.sha256).db").path(percentEncoded: false)
    if try byteCount(path) == truth.size { return path }
    let part = "\(path).\(UUID().uuidString)"
    try decompress(to: part)
    guard try byteCount(part) == truth.size else {
      throw FixtureError("\(self): unpacked to another size than its own")
    }
    guard rename(part, path) == 0 else { throw FixtureError("\(part) can't be renamed") }
    return path
  }

  private func decompress(to path: String) throws {
    let packed = directory.appending(path: "snapshot.db.zst").path(percentEncoded: false)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["zstd", "-d", "-q", "-o", path, packed]
    process.standardError = FileHandle.nullDevice
    try process.runWithAllSignals()
    process.waitUntilExit()
    switch process.terminationStatus {
    case 0: break
    // env(1): the program was not found.
    case 127: throw FixtureError("zstd, which unpacks \(self), is not installed: install the package zstd")
    case let status: throw FixtureError("\(self): zstd ended with status \(status)")
    }
  }

  /// The length of the file at `path`; nil when there is none.
  private func byteCount(_ path: String) throws -> UInt64? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return try FileManager.default.attributesOfItem(atPath: path)[.size] as? UInt64
  }
}

/// Why a fixture can't be used.
public struct FixtureError: Error, CustomStringConvertible {
  /// A sentence.
  public let description: String

  /// An error with this sentence.
  public init(_ description: String) { self.description = description }
}

/// Where a snapshot was unpacked to, once it was: tests that run at the same time wait for one another.
private final class UnpackedSnapshot: Sendable {
  private let known = Mutex<Result<String, any Error>?>(nil)

  func path(_ unpack: () throws -> String) throws -> String {
    try known.withLock { known in
      let result = known ?? Result(catching: unpack)
      known = result
      return try result.get()
    }
  }
}
