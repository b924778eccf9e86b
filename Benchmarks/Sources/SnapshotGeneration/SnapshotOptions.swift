/// What is to be generated. The same options give the same bytes.
public struct SnapshotOptions: Codable, Hashable, Sendable {
  /// About how many bytes the file has, in the end a few pages more.
  public var bytes: UInt64
  /// What it mostly holds.
  public var mix: Mix
  /// How Secrets are encrypted.
  public var provider: SealingProvider
  /// The share of the Secrets' revisions that is not encrypted.
  public var plaintextShare: Double
  /// The share of the pages that no tree owns, and that hold what an earlier transaction left there.
  public var freePages: Double
  /// The share of the rows that are older revisions, or revisions of deleted objects.
  public var history: Double
  /// What all random choices follow from.
  public var seed: UInt64

  /// The greatest share of free pages: what a leaf was before a compaction fills little more than the leaf itself.
  public static let mostFreePages = 0.5
  /// The greatest share of old rows.
  public static let mostHistory = 0.9

  /// Options; by default those of the benchmarks.
  public init(
    bytes: UInt64, mix: Mix, provider: SealingProvider = .aescbc, plaintextShare: Double = 0.01,
    freePages: Double = 0.1, history: Double = 0.2, seed: UInt64 = 1
  ) {
    self.bytes = bytes
    self.mix = mix
    self.provider = provider
    self.plaintextShare = plaintextShare
    self.freePages = freePages
    self.history = history
    self.seed = seed
  }

  /// The EncryptionConfiguration with which an API server would have written the snapshot, in YAML.
  public var encryptionConfiguration: String { provider.configuration([SealingKey(seed: seed)]) }
}
