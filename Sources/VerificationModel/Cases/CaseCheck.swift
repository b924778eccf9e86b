import Cryptography

/// Whether a case is as it was left, and whether files at hand are those that were taken in.
package struct CaseCheck: Hashable, Sendable {
  /// Something in a case that is not as it was left.
  package struct Fault: Hashable, Sendable {
    /// Where it is.
    package enum Place: Hashable, Sendable {
      /// The store as a whole.
      case store
      /// An entry of the log.
      case act(Int)
      case snapshot(CaseSnapshot.ID)
      /// What is kept of an object.
      case object(CaseObject)
    }

    /// Machine-readable: it says what is wrong.
    package let code: String
    /// A sentence.
    package let message: String
    package let place: Place

    /// The given fault.
    package init(code: String, message: String, place: Place) {
      self.code = code
      self.message = message
      self.place = place
    }
  }

  /// A file that was held against the case, or one of the case that was looked for.
  package struct Evidence: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
      /// It is what was taken in.
      case same(CaseSnapshot.ID)
      /// A file of this path was taken in, and was another one.
      case altered(CaseSnapshot.ID)
      /// The case holds no such snapshot.
      case unknown
      /// It is not there, or can't be read: a sentence says why.
      case unreadable(String)
    }

    package let path: String
    /// Its name in an archive.
    package let member: String?
    /// The SHA-256 of its bbolt image; nil where it can't be read.
    package let digest: SHA256Digest?
    package let outcome: Outcome

    /// A file by what came of it.
    package init(path: String, member: String?, digest: SHA256Digest?, outcome: Outcome) {
      self.path = path
      self.member = member
      self.digest = digest
      self.outcome = outcome
    }
  }

  /// The last digest of the log; nil where the log can't be followed to its end.
  package let head: SHA256Digest?
  /// Acts, snapshots and rows that were checked.
  package let acts: Int
  package let snapshots: Int
  package let rows: Int
  /// In the order of the store, the log first.
  package let faults: [Fault]
  /// Faults beyond those.
  package let faultsOmitted: Int
  /// In the order in which the files were named.
  package let evidence: [Evidence]

  /// The given outcome.
  package init(
    head: SHA256Digest?, acts: Int, snapshots: Int, rows: Int, faults: [Fault] = [], faultsOmitted: Int = 0,
    evidence: [Evidence] = []
  ) {
    self.head = head
    self.acts = acts
    self.snapshots = snapshots
    self.rows = rows
    self.faults = faults
    self.faultsOmitted = faultsOmitted
    self.evidence = evidence
  }

  /// Whether nothing is wrong with the case, and each file at hand is one that was taken in.
  package var isSound: Bool {
    faults.isEmpty && faultsOmitted == 0
      && evidence.allSatisfy { if case .same = $0.outcome { true } else { false } }
  }
}
