import Cryptography
import KubernetesStorage
import Synchronization

/// Tells whether two objects have the same contents without telling them: HMAC-SHA256, under a key of whoever keeps the
/// digests, of their ``ObjectContents``.
///
/// What a value was decrypted to is digested inside ``ValueJudge``, so that an object in the clear and the same one encrypted
/// have one digest.
package final class ContentDigests: Sendable {
  private let key: SecretBytes
  // Nobody waits for it where each thread has its own.
  private let code: Mutex<HMACSHA256>

  /// Digests under `key`, which has at least one byte.
  package init(key: SecretBytes) {
    self.key = key
    code = Mutex(key.withBytes { HMACSHA256(key: $0) })
  }

  /// The same digests, for another thread.
  package func forAnotherThread() -> ContentDigests { ContentDigests(key: key) }

  /// The digest of the contents of `object`, which is all of a value in the clear, or the part of it that
  /// ``Classification/object`` names. O(n log n), for the names of a Secret's data.
  package func digest(of object: RawSpan) -> SHA256Digest {
    code.withLock { code in code.code(ofPieces: { ObjectContents.forEachPiece(of: object, $0) }) }
  }
}
