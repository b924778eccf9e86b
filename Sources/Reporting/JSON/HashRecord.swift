import VerificationModel

/// A file's `sha256`.
struct HashRecord: Encodable {
  let status: String
  let computed: String?
  let embedded: String?

  init(_ check: SnapshotReport.HashCheck) {
    switch check {
    case .match(let digest): (status, computed, embedded) = ("match", digest, digest)
    case .mismatch(let found, let expected): (status, computed, embedded) = ("mismatch", found, expected)
    case .missing(let found): (status, computed, embedded) = ("missing", found, nil)
    case .skipped: (status, computed, embedded) = ("skipped", nil, nil)
    }
  }
}
