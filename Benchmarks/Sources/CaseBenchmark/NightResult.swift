import CommandBenchmark
import SnapshotGeneration

/// What taking in one snapshot took.
public struct NightResult: Codable, Hashable, Sendable {
  /// How the Secrets of a snapshot are stored.
  public enum State: String, Codable, Sendable, CaseIterable {
    case plaintext = "plaintext"
    case mixed = "partly encrypted"
    case encrypted = "encrypted"
  }

  /// What is in it.
  public let summary: NightSummary
  /// `atrest verify` of the file.
  public let verify: Sample
  /// `atrest case add` of it.
  public let add: Sample
  /// Bytes of the store before and after.
  public let store: [UInt64]

  /// Of a quiet snapshot, bytes of a compact copy of the store before and after: the store itself has free pages, and
  /// grows only when it has none left.
  public let compact: [UInt64]?

  /// How its Secrets are stored.
  public var state: State {
    summary.live.encrypted == 0 ? .plaintext : summary.live.plaintext == 0 ? .encrypted : .mixed
  }

  /// How many times as much taking it in took as verifying it.
  public func ratio(_ quantity: Quantity) -> Double { quantity.value(of: add) / quantity.value(of: verify) }

  /// Bytes that the compact copy grew by; nil when that was not measured.
  var compactGrowth: UInt64? { compact.map { $0[1] - min($0[0], $0[1]) } }
}
