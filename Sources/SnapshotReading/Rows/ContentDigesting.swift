import Cryptography

/// Tells whether two objects have the same contents without telling these: by digests that whoever listens to rows keeps.
///
/// One belongs to one thread.
package protocol ContentDigesting: Sendable {
  /// The digest of the contents of `object`, which is in the clear. O(n log n) at most.
  func digest(of object: RawSpan) -> SHA256Digest

  /// Makes the same digests on another thread.
  func forAnotherThread() -> Self
}
