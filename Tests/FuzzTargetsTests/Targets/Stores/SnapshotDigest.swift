import Cryptography

/// The SHA-256 behind a snapshot.
enum SnapshotDigest {
  /// That of `bytes`.
  static func of(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var sum = SHA256()
    let bytes = Array(bytes)
    // Sound: a byte is initialized memory of any pattern.
    sum.update(unsafe bytes.span.bytes)
    return sum.digest().bytes
  }
}
