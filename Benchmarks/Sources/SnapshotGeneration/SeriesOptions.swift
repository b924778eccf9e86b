/// What a series of snapshots is to tell. The same options give the same bytes.
public struct SeriesOptions: Codable, Hashable, Sendable {
  /// How many snapshots there are, one for each night.
  public var nights: Int
  /// How many Secrets there are.
  public var secrets: Int
  /// The share of the Secrets that is written again in a night.
  public var churn: Double
  /// The share of the Secrets that is deleted in a night, and that is created.
  public var turnover: Double
  /// What all random choices follow from.
  public var seed: UInt64

  /// Options; by default a cluster in which little happens.
  public init(nights: Int, secrets: Int, churn: Double = 0.01, turnover: Double = 0.001, seed: UInt64 = 1) {
    self.nights = nights
    self.secrets = secrets
    self.churn = churn
    self.turnover = turnover
    self.seed = seed
  }

  /// The EncryptionConfiguration with all keys of the series, in YAML.
  public var encryptionConfiguration: String { SnapshotSeries.provider.configuration(SnapshotSeries.keys(seed)) }
}
