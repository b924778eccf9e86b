import Foundation
import SnapshotGeneration

/// All that one call measured: what is kept as JSON.
public struct Results: Codable, Hashable, Sendable {
  /// The version of this form.
  public static let schemaVersion = 1

  /// The version of this form.
  public var schemaVersion = Self.schemaVersion
  /// When it was measured.
  public let date: Date
  /// What it was measured on.
  public let machine: Machine
  /// The commit that `atrest` was built from.
  public let revision: String
  /// Runs of each command.
  public let rounds: Int
  /// What was measured, by file.
  public let files: [FileResult]
  /// How near that came to the targets.
  public let targets: [TargetResult]

  /// Results, and the ratios that follow from them.
  public init(date: Date, machine: Machine, revision: String, rounds: Int, files: [FileResult]) {
    self.date = date
    self.machine = machine
    self.revision = revision
    self.rounds = rounds
    self.files = files
    targets = Target.all.flatMap { $0.results(files) }
  }

  /// Reads what ``write(to:)`` wrote.
  public init(contentsOf path: String) throws {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    self = try decoder.decode(Results.self, from: Data(contentsOf: URL(filePath: path)))
    guard schemaVersion == Self.schemaVersion else {
      throw CommandFailure("\(path): version \(schemaVersion) of the results, and \(Self.schemaVersion) is needed")
    }
  }

  /// Writes the results as JSON.
  public func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try encoder.encode(self).write(to: URL(filePath: path))
  }
}
