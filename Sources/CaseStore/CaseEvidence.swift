import Cryptography

/// A file at hand that is held against a case.
package struct CaseEvidence: Hashable, Sendable {
  /// Its path, as it was given; and its name in an archive.
  package let path: String
  package let member: String?
  /// The SHA-256 of its bbolt image; nil where it can't be read.
  package let digest: SHA256Digest?
  /// Why it can't be read: a sentence.
  package let problem: String?

  /// A file by what was read of it.
  package init(path: String, member: String? = nil, digest: SHA256Digest?, problem: String? = nil) {
    self.path = path
    self.member = member
    self.digest = digest
    self.problem = problem
  }
}
