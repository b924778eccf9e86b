import CaseStore
import Cryptography
import Reporting
import SnapshotInput
import ValueAuthentication
import VerificationModel

/// Takes what a call of `case add` has verified into the case, in the order of its inputs.
final class EvidenceIntake {
  private var writer: CaseWriter
  /// The cluster that the caller names.
  private let cluster: String?
  private let origin: CaseOriginOptions
  private let policy: Policy
  private var entries: [TakenEvidence.Entry] = []
  private var heard: [HeardSnapshot] = []
  /// The SHA-256 and size of the input that is being taken in.
  private var file: FileDigest?
  /// Files that were not taken in.
  var passedOver: [PassedOver] = []

  init(_ writer: consuming CaseWriter, cluster: String?, _ origin: CaseOriginOptions, _ policy: Policy) {
    self.writer = writer
    self.cluster = cluster
    self.origin = origin
    self.policy = policy
  }

  /// The digests by which the case recognises equal contents.
  var digests: ContentDigests { ContentDigests(key: writer.digestKey) }

  var isEmpty: Bool { entries.isEmpty }

  /// Begins with the next input, of whose snapshots these were heard.
  func begin(_ input: InputReport, _ heard: [HeardSnapshot]) {
    self.heard = heard
    passedOver += input.passedOver
    file = FileDigest(of: input)
  }

  /// Takes the snapshot in that `report`, a part of `input`, is about; or notes why it can't be.
  func take(_ report: SnapshotReport, of input: InputReport) throws(CaseError) {
    guard !report.isAboutCompanion else { return }
    let evidence = CaseAct.Evidence(
      path: report.path, member: report.file.member, digest: file?.digest, bytes: file?.bytes)
    guard report.bboltDigest != nil else {
      return try note(report.reason ?? "it could not be read", evidence)
    }
    let rows = heard.firstIndex { $0.isOf(report) }.map { heard.remove(at: $0).rows } ?? CaseIntake()
    do throws(CaseError) {
      let act = try writer.add(
        rows, report, takenAt: origin.takenAt ?? SnapshotTime(of: report, in: input), cluster: cluster,
        causes: report.causes(policy), evidence: evidence, .ofThisProcess("add"))
      if case .known = act.outcome, report.verdict == .error {
        // The case has the same image, but this file is not whole, or has more in it.
        return try note(report.reason ?? "it could not be verified", evidence)
      }
      if case .known(let id) = act.outcome { tellOfUnusedOptions(report.path, id) }
      entries.append(TakenEvidence.Entry(report, act.outcome))
    } catch {
      // Snapshots of one cluster may stand among those of others.
      guard error.isAboutCluster else { throw error }
      _ = try writer.recordFailure(error.description, evidence: evidence, .ofThisProcess("add"))
      entries.append(TakenEvidence.Entry(evidence, refusal: error.description))
    }
  }

  /// What a case has of a snapshot stays: an option that says otherwise changes nothing about it.
  private func tellOfUnusedOptions(_ path: String, _ known: CaseSnapshot.ID) {
    let options = [
      cluster.flatMap { $0 == known.cluster ? nil : "--cluster" }, origin.takenAt.map { _ in "--taken-at" },
    ].compactMap(\.self)
    guard !options.isEmpty else { return }
    let sentence = "the case has this snapshot already, and leaves it as it was taken in"
    StandardOutput.sendError(
      WrongCall.line("\(path): \(sentence), whatever \(options.joined(separator: " and ")) says"))
  }

  private func note(_ reason: String, _ evidence: CaseAct.Evidence) throws(CaseError) {
    _ = try writer.recordFailure(reason, evidence: evidence, .ofThisProcess("add"))
    entries.append(TakenEvidence.Entry(evidence, failure: reason))
  }

  /// What came of all of it.
  func taken(_ statistics: RunStatistics?) -> TakenEvidence {
    TakenEvidence(entries: entries, passedOver: passedOver, statistics: statistics)
  }
}

extension CaseError {
  /// Whether it is not known to which cluster a snapshot belongs.
  fileprivate var isAboutCluster: Bool {
    switch self {
    case .otherCluster, .ambiguousCluster: true
    default: false
    }
  }
}
