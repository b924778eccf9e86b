/// That values are decrypted with the keys at hand, and what else was given for it.
public struct DecryptionRequest: Hashable, Sendable {
  /// Where the data keys and seeds of KMS plugins are, as the caller gave it; nil where none were given.
  public var seedsPath: String?
  /// The prefix that a gateway puts before the keys in etcd; nil where there is none.
  public var strippedPrefix: String?

  /// A decryption with the keys of the configuration, and with what is given beside it.
  public init(seedsPath: String? = nil, strippedPrefix: String? = nil) {
    self.seedsPath = seedsPath
    self.strippedPrefix = strippedPrefix
  }
}
