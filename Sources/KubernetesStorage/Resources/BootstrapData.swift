import ByteViews

/// Rows in which K3s and RKE2 keep what a new server needs to join, the keys of the cluster's authorities among it.
///
/// k3s pkg/cluster/storage.go and encrypt.go: the key is `/bootstrap/` and a hash of the server token in hexadecimal
/// digits; the value is `<salt>:<base64>`, of a nonce, the data sealed with AES-256-GCM, and a tag. The key comes from
/// the token by PBKDF2, so that the data is as safe as the token is strong.
public enum BootstrapData {
  /// The nonce and the tag of AES-GCM.
  private static let leastBytes = 12 + 16
  /// A salt is 16 hexadecimal digits.
  private static let longestSalt = 64

  /// Whether a row is one of these. O(length), and of other keys O(1).
  public static func isPresent(key: RawSpan, value: RawSpan) -> Bool {
    isKey(key) && isSealed(value)
  }

  /// Whether `key` is that of such a row. O(1) for most others.
  public static func isKey(_ key: RawSpan) -> Bool {
    guard key.peek(at: 1) == UInt8(ascii: "b") else { return false }
    let directory: StaticString = "/bootstrap/"
    let start = directory.utf8CodeUnitCount
    guard key.holds(directory, at: 0), key.byteCount > start else { return false }
    for offset in start..<key.byteCount where !key.byte(at: offset).isHexDigit { return false }
    return true
  }

  private static func isSealed(_ value: RawSpan) -> Bool {
    var salt = 0
    while let byte = value.peek(at: salt), byte.isLetter || byte.isDigit, salt < longestSalt { salt += 1 }
    guard salt > 0, value.peek(at: salt) == UInt8(ascii: ":") else { return false }
    var sealed = Base64Count()
    for offset in (salt + 1)..<value.byteCount { sealed.append(value.byte(at: offset)) }
    return sealed.isWellFormed && sealed.decoded >= leastBytes
  }
}
