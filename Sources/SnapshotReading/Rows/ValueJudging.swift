import KubernetesStorage
import VerificationModel

/// Judges encrypted values as they are read: whoever has keys.
///
/// One judge belongs to one thread.
package protocol ValueJudging: Sendable {
  /// What the keys at hand tell of `value`. O(length) for each key that may open it.
  func judge(_ value: EncryptedValue) -> Judgement

  /// A judge with the same keys, for another thread.
  func forAnotherThread() -> Self
}
