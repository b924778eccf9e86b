import SnapshotGeneration

/// How near one file came to one target.
public struct TargetResult: Codable, Hashable, Sendable {
  /// How a ratio is judged.
  public enum Outcome: String, Codable, Sendable {
    /// At most the limit.
    case met
    /// More than that.
    case missed
  }

  /// Which target.
  public let target: String
  /// On which mix.
  public let mix: Mix
  /// At which size, in bytes.
  public let size: UInt64
  /// The ratio.
  public let ratio: Spread
  /// The greatest ratio that is wanted.
  public let limit: Double
  /// How the median is judged.
  public let outcome: Outcome

  init(_ target: Target, _ mix: Mix, size: UInt64, _ ratio: Spread) {
    self.target = target.id
    self.mix = mix
    self.size = size
    self.ratio = ratio
    limit = target.limit(mix)
    outcome = ratio.median <= limit ? .met : .missed
  }

  /// The mix and the size.
  var fileName: String { "\(mix.rawValue) \(ByteSize(bytes: size))" }
}
