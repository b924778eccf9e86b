import BoltFormat
import Cryptography
import EtcdStorage
import KubernetesStorage
import VerificationModel

/// Who listens to the rows of a store: to each that a report is about, in whatever layer, without a cap.
package protocol RowSink {
  /// Takes the next row.
  mutating func take(_ row: StoredRow)
}

/// One row that a report is about, or an object where no row is, and where it lies.
package struct StoredRow: Hashable, Sendable {
  /// The etcd key; nil where it is gone, was not kept, or has more than ``EtcdKey/maximumNamedBytes``.
  package var key: EtcdKey?
  /// nil of an object whose row is gone.
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
  /// A keyed digest of the object that it holds, decrypted where keys open it: equal for equal objects, whether they are
  /// encrypted or not. nil where nobody asks for it, or it can't be had.
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
