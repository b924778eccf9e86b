import EtcdStorage
import KubernetesStorage

/// A row that may be in scope: whether it is, and in which layer, is known only when all rows have been seen.
struct Candidate: Sendable {
  let digest: KeyDigest
  let revision: Revision
  /// Where the row's KeyValue message starts in the file.
  let messageOffset: UInt64
  let messageBytes: UInt32
  /// Where the value starts in the message.
  let valueStart: UInt32
  let valueBytes: UInt32
  /// Changes since the key was created; the greatest number of 32 bits stands for more.
  let version: UInt32
  let kind: KindTable.ID
  let prefix: PrefixTable.ID

  /// Where the value starts in the file.
  var valueOffset: UInt64 { messageOffset + UInt64(valueStart) }
}
