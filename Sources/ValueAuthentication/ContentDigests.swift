import Cryptography
import Synchronization

/// Tells whether two values are the same without telling either: HMAC-SHA256 under a key of whoever keeps the digests.
///
/// What a value was decrypted to is digested inside ``ValueJudge``, so that a value in the clear and the same one encrypted
/// have one digest.
package final class ContentDigests: Sendable {
  private let code: Mutex<HMACSHA256>

  /// Digests under `key`, which has at least one byte.
  package init(key: SecretBytes) {
    code = Mutex(key.withBytes { HMACSHA256(key: $0) })
  }

  /// The digest of `bytes`. O(n).
  package func digest(of bytes: RawSpan) -> SHA256Digest {
    code.withLock { $0.code(of: bytes) }
  }
}
