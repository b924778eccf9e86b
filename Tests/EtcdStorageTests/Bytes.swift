import EtcdStorage
import TestSupport

extension RevisionKey {
  init(_ bytes: [UInt8]) throws(EtcdError) { try self.init(decoding: unsafe bytes.span.bytes) }
}

extension StorageVersion {
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    self.init(decoding: unsafe bytes.span.bytes)
  }
}

extension MetaBucket {
  mutating func read(_ name: String, _ value: [UInt8]) {
    let name = Array(name.utf8)
    unsafe read(key: name.span.bytes, value: value.span.bytes)
  }
}

extension KeyDigest.Maker {
  func digest(of bytes: [UInt8]) -> KeyDigest { digest(of: unsafe bytes.span.bytes) }
  func digest(of text: String) -> KeyDigest { digest(of: Array(text.utf8)) }
}

/// The fields of a message, as the reader sees them.
func fields(of message: [UInt8]) throws(EtcdError) -> EtcdWriter.KeyValue {
  let read = try KeyValue(decoding: unsafe message.span.bytes)
  return EtcdWriter.KeyValue(
    key: Array(message[read.keyRange]), createRevision: read.createRevision, modRevision: read.modRevision,
    version: read.version, value: Array(message[read.valueRange]), lease: read.lease)
}
