import VerificationModel

/// The objects that could be read from any snapshot of a case, and the two lists to act on: credentials to rotate, and
/// snapshots to destroy.
struct CaseExposuresAnswer: CaseAnswer {
  let path: String
  let exposures: CaseExposures
  let list: CaseList

  var headline: CaseHeadline { CaseHeadline(verdict, label, path, statement) }

  /// Nobody can say that nothing was exposed where a snapshot could not be read whole.
  var verdict: Verdict {
    if !list.failures.isEmpty || list.snapshots.contains(where: { !$0.isComplete }) { return .error }
    return isClear && !isEmpty ? .pass : .fail
  }

  /// Whether there was nothing to look at: no snapshot, or one in which nothing was in scope.
  private var isEmpty: Bool {
    list.snapshots.isEmpty || list.snapshots.contains { $0.findingCounts[.nothingInScope] != nil }
  }

  private var isClear: Bool { exposures.leaks.isEmpty && exposures.toBeRotated.isEmpty && exposures.fragments == 0 }

  private var label: String {
    if !isClear { return "EXPOSED" }
    return verdict == .error ? "INCOMPLETE" : isEmpty ? "EMPTY" : "CLEAR"
  }

  private var statement: String {
    let total = list.snapshots.count
    let failures = list.failures.count
    let incomplete = list.snapshots.count { !$0.isComplete }
    let doubts = [
      incomplete > 0 ? "\(incomplete.counted("snapshot")) could not be read whole" : nil,
      failures > 0 ? "\(failures.counted("file")) could not be taken in" : nil,
    ].compactMap(\.self)
    let doubt = doubts.isEmpty ? "" : "; \(doubts.joined(separator: ", and ")), so that there may be more"
    guard total > 0 else { return "no snapshots: nothing was looked at" + doubt }
    let empty = list.snapshots.count { $0.findingCounts[.nothingInScope] != nil }
    if isClear, empty > 0 { return "nothing was in scope in \(empty) of \(total.counted("snapshot"))" + doubt }
    let place = total == 1 ? "the only snapshot" : "\(total) snapshots"
    guard !isClear else { return "nothing in scope can be read from \(place)" + doubt }
    let rotate = exposures.toBeRotated.count.counted("credential") + " to rotate"
    let reencrypted = exposures.reencrypted.count
    let hidden = reencrypted > 0 ? " (\(reencrypted) re-encrypted but never rotated)" : ""
    return "\(rotate)\(hidden), \(exposures.leaks.count) of \(total.counted("snapshot")) to destroy" + doubt
  }

  // MARK: Text

  func sections(_ style: Style) -> [[String]] {
    let table = CaseExposureTable(exposures: exposures, names: CaseNames(list))
    return [
      table.rotation(style), table.changed(style), table.destruction(style), table.remark.map(style.dim),
      isClear || list.snapshots.isEmpty ? [] : nextStep.lines(style),
    ]
  }

  /// Credentials come last: they would be stored in the clear again as long as the newest snapshot does not pass.
  private var nextStep: NextStep {
    let copies = "Guard these snapshots and every copy of them like the credentials in them."
    let isPlain = exposures.objects.contains { $0.standing == .plaintext }
    let word = PrintableText(path).description.shellWord
    let encryption = NextStep.Step(
      .encryptingProvider,
      isPlain
        ? "Let the cluster encrypt what it still has in plaintext; this tells how:"
        : "Let the cluster encrypt what it writes: done, no credential of the newest snapshot is in plaintext.",
      command: isPlain ? newestLeak.map { "atrest verify \($0)" } : nil, state: isPlain ? .open : .done)
    let rotation = NextStep.Step(
      .rotation, "Rotate the credentials listed, those first that were re-encrypted and never rotated.")
    let disposal = NextStep.Step(.disposal, "Destroy the snapshots listed and every copy of them.")
    let again = NextStep.Step(
      .newSnapshot, "Take a new snapshot, add it with the same options as the others, and ask again:",
      command: "etcdctl snapshot save after.db && atrest case add \(word) after.db && atrest case exposures \(word)")
    return NextStep(copies + " Then, in turn:", steps: [encryption, rotation, disposal, again])
  }

  /// The newest snapshot with a plaintext value in use, as a word for a shell; nil where none can be named so.
  private var newestLeak: String? {
    let newest = exposures.objects.filter { $0.standing == .plaintext }.map(\.lastSnapshot).max()
    guard let snapshot = list.snapshots.first(where: { $0.id == newest }),
      PrintableText(snapshot.path).description == snapshot.path, snapshot.path != "-"
    else { return nil }
    return (snapshot.path.hasPrefix("-") ? "./" + snapshot.path : snapshot.path).shellWord
  }

  // MARK: Documents

  struct Summary: Encodable {
    let `case`: PrintableText
    let head: String
    let verdict: String
    let snapshots: Int
    let incompleteSnapshots: Int
    let failedFiles: Int
    let rotate: Int
    let reencryptedNeverRotated: Int
    let destroy: Int
    let fragments: Int
  }

  var summary: Summary {
    Summary(
      case: PrintableText(path), head: list.head.description, verdict: verdict.rawValue,
      snapshots: list.snapshots.count,
      incompleteSnapshots: list.snapshots.count { !$0.isComplete }, failedFiles: list.failures.count,
      rotate: exposures.toBeRotated.count,
      reencryptedNeverRotated: exposures.reencrypted.count, destroy: exposures.leaks.count,
      fragments: exposures.fragments)
  }

  var lists: [CaseRecordList] {
    let paths = Dictionary(list.snapshots.map { ($0.id, $0) }) { first, _ in first }
    return [
      CaseRecordList("exposures", of: "exposure", exposures.objects.map(CaseExposureRecord.init)),
      CaseRecordList("leaks", of: "leak", exposures.leaks.map { CaseLeakRecord($0, paths[$0.snapshot]) }),
    ]
  }
}

extension CaseReport {
  /// What could be read from the snapshots of the case at `path`, which are those of `list`.
  package init(of exposures: CaseExposures, _ list: CaseList, at path: String) {
    self.init(CaseExposuresAnswer(path: path, exposures: exposures, list: list))
  }
}

extension CaseExposures {
  /// The answer of the command about a case that holds the snapshots of `list`.
  package func verdict(_ list: CaseList) -> Verdict {
    CaseExposuresAnswer(path: "", exposures: self, list: list).verdict
  }
}
