import BoltFormat
import Cryptography
import EtcdStorage
import KubernetesStorage

/// One row that a report is about, or an object where no row is, and where it lies.
package struct StoredRow: Hashable, Sendable {
  /// The etcd key; of an object without its row, that under which an API server would store it. nil where neither is known,
  /// and where it is longer than keys are kept.
  package var key: EtcdKey?
  /// nil of an object without its row.
  package var revision: Revision?
  /// nil of what lies in a part of the file that belongs to no layer.
  package let layer: Layer?
  package let valueClass: ValueClass
  /// The group resource, such as `secrets`; nil where it is not known.
  package var resource: String?
  /// nil where it lies below no prefix that counts.
  package var prefix: EtcdPrefix?
  /// The first byte of the value, from the start of the bbolt image.
  package let offset: ByteOffset
  package let valueBytes: Int
  /// Of an encrypted value: what it names as its key.
  package var encryption: Encryption?
  /// What keys tell of it.
  package var authenticity = Authenticity.notJudged
  /// A keyed digest of the contents of the object that it holds, decrypted where keys open it: equal for equal contents, be
  /// they encrypted or not, and however they are written. nil where nobody asks for it, or it can't be had.
  package var contents: SHA256Digest?
  /// What was found about it.
  package var rules: [Rule] = []

  /// The key that an envelope names.
  package struct Encryption: Hashable, Sendable {
    package let provider: Provider
    /// The name of the key, or of the KMS plugin.
    package let keyName: String?
    /// KMS v2: the key-encryption key.
    package let keyID: String?

    /// The key of `provider` by these names.
    package init(provider: Provider, keyName: String?, keyID: String?) {
      self.provider = provider
      self.keyName = keyName
      self.keyID = keyID
    }
  }

  /// A row of which nothing more is known.
  package init(layer: Layer?, valueClass: ValueClass, offset: ByteOffset, valueBytes: Int) {
    self.layer = layer
    self.valueClass = valueClass
    self.offset = offset
    self.valueBytes = valueBytes
  }
}
