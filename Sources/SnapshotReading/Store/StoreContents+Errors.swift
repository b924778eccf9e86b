import BoltFormat
import KubernetesStorage
import VerificationModel

extension StoreContents {
  /// What to say when bucket `key` was not met in the tree under the page `root`.
  package func missingKeyBucket(root: PageID) -> VerificationError {
    VerificationError(
      code: "missing-key-bucket",
      message: "bucket `key`, which holds etcd's rows, "
        + (errors.count == 0 ? "is missing: not an etcd database" : "could not be reached"),
      page: root)
  }

  /// What to say when rows may have gone by unnoticed, because the keys suggest more etcd prefixes than are kept.
  package var tooManyPrefixes: VerificationError? {
    guard list.prefixes.overflowed else { return nil }
    return VerificationError(
      code: "too-many-prefixes",
      message: "the keys suggest more than \(PrefixTable.capacity) etcd prefixes: name the right one"
        + " with --etcd-prefix")
  }
}
