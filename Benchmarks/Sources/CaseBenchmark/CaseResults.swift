import CommandBenchmark
import Foundation
import SnapshotGeneration

/// All that one call measured about cases: what is kept as JSON.
public struct CaseResults: Codable, Hashable, Sendable {
  /// The version of this form.
  public static let schemaVersion = 1

  /// The version of this form.
  public var schemaVersion = Self.schemaVersion
  /// When it was measured.
  public let date: Date
  /// What it was measured on.
  public let machine: Machine
  /// Load of the machine over a minute, before and after.
  public let load: [Double]
  /// The commit that `atrest` was built from.
  public let revision: String
  /// The series of snapshots.
  public let series: SeriesOptions
  /// Whether the keys were given, and values decrypted.
  public let isAuthenticated: Bool
  /// What was measured, by snapshot.
  public let nights: [NightResult]
  /// Bytes of the store with all of them, and of a compact copy of it.
  public let store: [UInt64]
  /// What was asked in the end.
  public let queries: [QueryResult]
  /// What came of killing.
  public let kills: KillResult

  init(
    date: Date, machine: Machine, load: [Double], revision: String, series: SeriesOptions, isAuthenticated: Bool,
    nights: [NightResult], store: [UInt64], queries: [QueryResult], kills: KillResult
  ) {
    self.date = date
    self.machine = machine
    self.load = load
    self.revision = revision
    self.series = series
    self.isAuthenticated = isAuthenticated
    self.nights = nights
    self.store = store
    self.queries = queries
    self.kills = kills
  }

  /// Reads what ``write(to:)`` wrote.
  public init(contentsOf path: String) throws {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    self = try decoder.decode(CaseResults.self, from: Data(contentsOf: URL(filePath: path)))
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
