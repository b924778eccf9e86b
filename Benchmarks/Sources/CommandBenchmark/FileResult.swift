import SnapshotGeneration

/// What was measured on one file.
public struct FileResult: Codable, Hashable, Sendable {
  /// What the file mostly holds.
  public let mix: Mix
  /// Its size as it was asked for, in bytes.
  public let size: UInt64
  /// Its length in bytes.
  public let bytes: UInt64
  /// Rows of bucket `key` in it.
  public let rows: Int
  /// Those of them that are Secrets.
  public let secrets: Int
  /// One measurement for each command.
  public internal(set) var measurements: [Measurement]

  /// The results for a file.
  public init(mix: Mix, size: UInt64, bytes: UInt64, rows: Int, secrets: Int, measurements: [Measurement]) {
    self.mix = mix
    self.size = size
    self.bytes = bytes
    self.rows = rows
    self.secrets = secrets
    self.measurements = measurements
  }

  /// The mix and the size.
  public var name: String { "\(mix.rawValue) \(ByteSize(bytes: size))" }

  /// The measurement of `command`; nil when it was not asked for.
  public func measurement(_ command: Command) -> Measurement? { measurements.first { $0.command == command } }

  /// Seconds for each GB (10⁹ bytes) of the file; nil when the command failed.
  public func secondsPerGigabyte(_ command: Command) -> Double? {
    measurement(command)?.spread(.wall).map { $0.median / (Double(bytes) / 1e9) }
  }

  /// The most memory that a verification is to take, in bytes: 64 MiB, 48 bytes for each row in scope, and 24 for each
  /// page.
  var memoryBound: UInt64 { 64 << 20 + UInt64(secrets) * 48 + bytes / 4096 * 24 }

  /// What each round of `command` took; nothing when it failed, or was not asked for.
  func values(_ command: Command, _ quantity: Quantity) -> [Double] {
    guard let measurement = measurement(command), measurement.failure == nil else { return [] }
    return measurement.samples.map { quantity.value(of: $0) }
  }

  /// How many times as much `command` takes as `yardstick`: of each round, and of all rounds the spread. Both ran one
  /// after the other in a round, so that what slows the machine down for a while slows both.
  func ratio(_ command: Command, to yardstick: Command, _ quantity: Quantity) -> Spread? {
    guard let above = measurement(command), let below = measurement(yardstick), above.failure == nil,
      below.failure == nil
    else { return nil }
    return Spread(of: zip(above.samples, below.samples).map { quantity.value(of: $0) / quantity.value(of: $1) })
  }
}
