import Cryptography
import EtcdStorage
import KubernetesStorage

/// The keys with which stored values may be opened.
public struct KeyRing: Sendable {
  /// A key of a local provider.
  public struct Key: Sendable {
    /// Who encrypts with it.
    public let provider: Provider
    /// What the values name, as bytes.
    public let name: [UInt8]
    /// The key itself.
    public let secret: SecretBytes

    /// A key by its provider and name.
    public init(provider: Provider, name: String, secret: SecretBytes) {
      self.provider = provider
      self.name = Array(name.utf8)
      self.secret = secret
    }
  }

  /// Keys of local providers, in the order in which they are tried. Several may have one name.
  public let keys: [Key]
  /// Data keys and seeds of KMS plugins.
  public let seeds: DEKSeeds
  /// What stands before the keys in etcd that the API server knows nothing of, because a gateway put it there; empty:
  /// nothing.
  public let strippedPrefix: [UInt8]
  /// Makes the digests of etcd keys that were decrypted.
  package let digests = KeyDigest.Maker()
  /// Which keys read the values of a resource; indices of ``keys``.
  package let readers: @Sendable (GroupResource?) -> [Int]

  /// Keys of which each may open the values of every resource.
  public init(keys: [Key], seeds: DEKSeeds = DEKSeeds(), strippedPrefix: [UInt8] = []) {
    let all = Array(keys.indices)
    self.init(keys: keys, seeds: seeds, strippedPrefix: strippedPrefix) { _ in all }
  }

  /// Keys of which `readers` says which may open the values of a resource, in order; of an unknown one it is asked for nil.
  package init(
    keys: [Key], seeds: DEKSeeds, strippedPrefix: [UInt8], readers: @escaping @Sendable (GroupResource?) -> [Int]
  ) {
    self.keys = keys
    self.seeds = seeds
    self.strippedPrefix = strippedPrefix
    self.readers = readers
  }
}
