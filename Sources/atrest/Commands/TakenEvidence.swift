import CaseStore
import Cryptography
import Reporting
import SnapshotInput
import VerificationModel

/// What a call of `case add` did, before the numbers of the snapshots are known.
struct TakenEvidence {
  let entries: [Entry]
  let passedOver: [PassedOver]
  let statistics: RunStatistics?

  /// What came of one snapshot or file.
  struct Entry {
    fileprivate let path: String
    fileprivate let member: String?
    fileprivate let outcome: Outcome

    fileprivate enum Outcome {
      case taken(SHA256Digest, isNew: Bool)
      case refused(String)
      case failed(String)
    }

    /// The snapshot that `report` is about, by the entry of the log.
    init(_ report: SnapshotReport, _ act: CaseAct.Outcome?) {
      (path, member) = (report.path, report.file.member)
      outcome =
        switch (act, report.bboltDigest) {
        case (.added, let digest?): .taken(digest, isNew: true)
        case (.known, let digest?): .taken(digest, isNew: false)
        case (.failed(let reason), _): .failed(reason)
        default: .failed("it could not be read")
        }
    }

    /// A file that could not be taken in.
    init(_ evidence: CaseAct.Evidence, failure reason: String) {
      (path, member, outcome) = (evidence.path, evidence.member, .failed(reason))
    }

    /// A snapshot of which the call does not say to which cluster it belongs.
    init(_ evidence: CaseAct.Evidence, refusal reason: String) {
      (path, member, outcome) = (evidence.path, evidence.member, .refused(reason))
    }
  }

  /// How the call ends. Of several statuses the highest wins.
  func status(_ additions: [CaseAddition]) -> ExitStatus {
    let isRefused = entries.map { if case .refused = $0.outcome { true } else { false } }
    let others = zip(additions, isRefused).filter { !$0.1 }.map(\.0)
    if !others.isEmpty, others.verdict == .error { return .unreadable }
    return isRefused.contains(true) ? .usage : .success
  }

  /// All of it, the snapshots as `list` has them.
  func additions(in list: CaseList) -> [CaseAddition] {
    let snapshots = Dictionary(list.snapshots.map { ($0.digest, $0) }) { first, _ in first }
    return entries.map { entry in
      switch entry.outcome {
      case .failed(let reason), .refused(let reason):
        return CaseAddition(path: entry.path, member: entry.member, .failed(reason))
      case .taken(let digest, let isNew):
        guard let snapshot = snapshots[digest] else {
          return CaseAddition(path: entry.path, member: entry.member, .failed("the case does not list it"))
        }
        return CaseAddition(path: entry.path, member: entry.member, isNew ? .added(snapshot) : .known(snapshot))
      }
    }
  }
}
