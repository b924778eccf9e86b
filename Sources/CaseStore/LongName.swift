import ByteViews
import Cryptography

/// Etcd keys that are too long for the keys of rows: table ``CaseTable/names`` has them by number (4), and table
/// ``CaseTable/longnames`` their numbers by their SHA-256.
enum LongName {
  /// The key in table `longnames`.
  static func digest(of key: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    hash.update(key.rawSpan)
    return hash.digest().bytes
  }

  /// The key in table `names`.
  static func key(of number: UInt32) -> [UInt8] {
    var key: [UInt8] = []
    key.append(bigEndian: number)
    return key
  }
}
