import ByteViews
import Cryptography

extension SecretBytes {
  /// SHA-256 of the bytes, by which equal secrets are found.
  var digest: SHA256Digest {
    var hash = SHA256()
    withBytes { hash.update($0) }
    return hash.digest()
  }

  /// Whether it is one of the secrets that stand in Kubernetes' documentation and in comments of its types.
  var isPublished: Bool { Self.published.contains(digest) }

  /// Whether no source of random bytes makes such: all of it printable, or a sequence, or a pattern repeated. Of 16
  /// random bytes, one in seven million is.
  var isPredictable: Bool {
    withBytes { bytes in
      let indices = 0..<bytes.byteCount
      if indices.allSatisfy({ (0x20...0x7E).contains(bytes.byte(at: $0)) }) { return true }
      let step = bytes.byteCount > 1 ? bytes.byte(at: 1) &- bytes.byte(at: 0) : 0
      if indices.dropFirst().allSatisfy({ bytes.byte(at: $0) &- bytes.byte(at: $0 - 1) == step }) { return true }
      return (1...max(1, bytes.byteCount / 2)).contains { period in
        indices.dropFirst(period).allSatisfy { bytes.byte(at: $0) == bytes.byte(at: $0 - period) }
      }
    }
  }

  private static let published = Set(
    ["secret is secure", "this is password", "abcdefghijklmnopqrstuvwxyz123456"].map { text in
      let bytes = Array(text.utf8)
      var hash = SHA256()
      hash.update(bytes.rawSpan)
      return hash.digest()
    })
}
