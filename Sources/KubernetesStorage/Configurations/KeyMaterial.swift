import ByteViews

/// Encryption keys that lie in etcd themselves: an EncryptionConfiguration in the value of a ConfigMap or Secret.
public enum KeyMaterial {
  /// Whether `value`, an object in the clear, holds an EncryptionConfiguration with a key of a local provider in it.
  ///
  /// The configuration may be YAML or JSON, as it is (protobuf), in a JSON string, in one in another (the annotation
  /// `kubectl.kubernetes.io/last-applied-configuration`), or base64 in any of these (the data of a Secret). It counts
  /// when its kind is stated, `EncryptionConfiguration` or the older `EncryptionConfig`, and a key of aescbc, aesgcm or
  /// secretbox is there, that is, base64 of 16, 24 or 32 bytes. So one of kms or identity alone is none, nor is text
  /// that speaks of the kind, nor a template without its keys. Nothing is told apart from comments.
  ///
  /// O(length), some bytes of memory; of a value in which the kind's name does not occur, one word in eight bytes is
  /// looked at.
  public static func isPresent(in value: RawSpan) -> Bool {
    guard ConfigurationKind.mayOccur(in: value) else { return false }
    var plain = ConfigurationText()
    var decoded = ConfigurationText()
    var decoder = Base64RunDecoder()
    for offset in 0..<value.byteCount {
      let byte = value.byte(at: offset)
      plain.append(byte)
      switch decoder.append(byte) {
      case .nothing:
        break
      case .byte(let byte):
        decoded.append(byte)
      case .end:
        decoded.end()
        if decoded.holdsKey { return true }
        decoded = ConfigurationText()
      }
    }
    plain.end()
    decoded.end()
    return plain.holdsKey || decoded.holdsKey
  }
}
