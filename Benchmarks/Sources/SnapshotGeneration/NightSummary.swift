/// What one snapshot of a series holds, counted as it was written.
public struct NightSummary: Codable, Hashable, Sendable {
  /// The name of the file, which tells the time: `20260101T020000Z.db`.
  public let name: String
  /// Which night it is, from 1.
  public let night: Int
  /// Bytes in the file, its SHA-256 included.
  public var bytes: UInt64 = 0
  /// The revision of the last row.
  public var revision: Int64 = 0
  /// Secrets that exist, by how their value is stored.
  public var live = SnapshotSummary.Classes()
  /// Older values of Secrets, and those of deleted ones.
  public var history = 0
  /// Values of Secrets in the clear in free pages.
  public var residue = 0
  /// Values of all three that the snapshot of the night before has in the same layer.
  public var unchanged = 0
  /// Whether a single Secret was written, and nothing else happened.
  public var isQuiet = false

  init(name: String, night: Int) {
    self.name = name
    self.night = night
  }

  /// Values of Secrets in all layers.
  public var rows: Int { live.plaintext + live.encrypted + history + residue }
}
