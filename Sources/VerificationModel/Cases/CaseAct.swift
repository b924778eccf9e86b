import Cryptography

/// Something that was done to a case: an entry of its log, which is only ever added to.
package struct CaseAct: Hashable, Sendable {
  /// What came of a file that was to be taken in.
  package enum Outcome: Hashable, Sendable {
    /// It was taken in.
    case added(CaseSnapshot.ID)
    /// The case holds the same snapshot already.
    case known(CaseSnapshot.ID)
    /// It was not taken in: a sentence says why.
    case failed(String)
  }

  /// Its place in the log, from 1.
  package let sequence: Int
  /// The digest of the log up to here: of the one before, and of this entry.
  package let digest: SHA256Digest
  /// When it was done, in seconds from the start of 1970, by the clock of the host.
  package let time: Int64
  /// Who did it: the name of the user, and of the host.
  package let user: String
  package let host: String
  /// The release that was used.
  package let release: String
  /// What was done, such as `init`, `add` or `import`, and the arguments of the call.
  package let act: String
  package let arguments: [String]
  /// What it was done with, if that was a file.
  package var evidence: Evidence?
  /// What came of that.
  package var outcome: Outcome?

  /// A file that was to be taken in.
  package struct Evidence: Hashable, Sendable {
    /// Its path, as it was given; and its name, where it lies in an archive.
    package let path: String
    package let member: String?
    /// The SHA-256 of all of the input, and its bytes; nil where it could not be read.
    package let digest: SHA256Digest?
    package let bytes: UInt64?

    /// A file by its path.
    package init(path: String, member: String?, digest: SHA256Digest?, bytes: UInt64?) {
      self.path = path
      self.member = member
      self.digest = digest
      self.bytes = bytes
    }
  }

  /// An entry of the log.
  package init(
    sequence: Int, digest: SHA256Digest, time: Int64, user: String, host: String, release: String, act: String,
    arguments: [String], evidence: Evidence? = nil, outcome: Outcome? = nil
  ) {
    self.sequence = sequence
    self.digest = digest
    self.time = time
    self.user = user
    self.host = host
    self.release = release
    self.act = act
    self.arguments = arguments
    self.evidence = evidence
    self.outcome = outcome
  }
}
