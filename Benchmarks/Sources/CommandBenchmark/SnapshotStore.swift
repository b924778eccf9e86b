import Foundation
import SnapshotGeneration

/// The directory in which generated snapshots are kept.
///
/// `MIX-SIZE.db` is a snapshot, `MIX-SIZE.json` beside it tells what is in it, `MIX-SIZE.yaml` is its
/// EncryptionConfiguration, `MIX-SIZE.db.gz` is the snapshot compressed. One that is there already, made with the same
/// options, is taken as it is.
public struct SnapshotStore: Sendable {
  /// A snapshot that is ready to be read.
  public struct Snapshot: Sendable {
    /// Where it is.
    public let path: String
    /// Where its EncryptionConfiguration is.
    public let configuration: String
    /// What is in it.
    public let summary: SnapshotSummary
    /// Files that were not there before.
    let new: [String]
  }

  /// The directory.
  public let directory: String
  private let generator: String

  /// A store in `directory`, filled by the program `generator`: one of its own, so that what it needs is not counted
  /// as memory of the commands that are measured.
  public init(directory: String, generator: String) throws {
    self.directory = directory
    self.generator = generator
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
  }

  /// The snapshot with these options, and it compressed if `gzip` names the program to do it.
  ///
  /// Throws when there is not enough room for what is missing.
  public func snapshot(_ options: SnapshotOptions, gzip: String?) throws -> Snapshot {
    let name = "\(directory)/\(options.mix.rawValue)-\(ByteSize(bytes: options.bytes).label)"
    let known = summary(name, options)
    let packed = gzip.flatMap { known != nil && exists("\(name).db.gz") ? nil : $0 }
    try makeRoom((known == nil ? options.bytes : 0) + (packed == nil ? 0 : options.bytes))
    var new: [String] = []
    if known == nil {
      new = ["\(name).db", "\(name).json", "\(name).yaml"]
      try generate(options, name)
    }
    if let packed {
      new.append("\(name).db.gz")
      try write("\(name).db.gz", by: [packed, "-1", "-c", "\(name).db"])
    }
    guard let summary = known ?? summary(name, options) else {
      throw CommandFailure("\(name).db: not what was to be generated")
    }
    return Snapshot(path: "\(name).db", configuration: "\(name).yaml", summary: summary, new: new)
  }

  /// Removes the files of `snapshot` that were not there before.
  public func remove(_ snapshot: Snapshot) throws {
    for file in snapshot.new { try FileManager.default.removeItem(atPath: file) }
  }

  private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// What is in the snapshot that is there; nil when there is none with these options.
  private func summary(_ name: String, _ options: SnapshotOptions) -> SnapshotSummary? {
    guard let data = try? Data(contentsOf: URL(filePath: "\(name).json")),
      let summary = try? JSONDecoder().decode(SnapshotSummary.self, from: data), summary.options == options,
      let length = try? FileManager.default.attributesOfItem(atPath: "\(name).db")[.size] as? UInt64
    else { return nil }
    return summary.bytes == length ? summary : nil
  }

  private func makeRoom(_ bytes: UInt64) throws {
    let attributes = try FileManager.default.attributesOfFileSystem(forPath: directory)
    guard let free = attributes[.systemFreeSize] as? UInt64 else { return }
    let needed = bytes + bytes / 10
    guard needed <= free else {
      throw CommandFailure("\(directory): \(needed.bytesText) are needed, and \(free.bytesText) are free")
    }
  }

  private func generate(_ options: SnapshotOptions, _ name: String) throws {
    let arguments = [
      "--size", "\(options.bytes)", "--mix", options.mix.rawValue, "--provider", options.provider.rawValue,
      "--plaintext-share", "\(options.plaintextShare)",
      "--free-pages", "\(options.freePages)", "--history", "\(options.history)", "--seed", "\(options.seed)",
      "--config",
      "\(name).yaml",
    ]
    try write("\(name).json", by: [generator] + arguments + ["\(name).db"])
  }

  /// Writes a file that is there when it is whole.
  private func write(_ path: String, by command: [String]) throws {
    _ = try Pipeline([command], output: .file("\(path).part")).run()
    if exists(path) { try FileManager.default.removeItem(atPath: path) }
    try FileManager.default.moveItem(atPath: "\(path).part", toPath: path)
  }
}
