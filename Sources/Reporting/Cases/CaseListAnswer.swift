import VerificationModel

/// What a case holds: a line for each snapshot, and the head of the log.
struct CaseListAnswer: CaseAnswer {
  let path: String
  let list: CaseList

  var headline: CaseHeadline {
    let verdicts: [(Verdict, String)] = [(.pass, "passed"), (.fail, "failed"), (.error, "could not be read whole")]
    let counts = verdicts.compactMap { verdict, words in
      let count = list.snapshots.count { $0.verdict == verdict }
      return count > 0 ? "\(count) \(words)" : nil
    }
    let clusters = list.clusters.count > 1 ? " of \(list.clusters.count) clusters" : ""
    let statement =
      counts.isEmpty
      ? "no snapshots yet" : list.snapshots.count.counted("snapshot") + clusters + ": " + counts.joined(separator: ", ")
    let failures = list.failures.isEmpty ? "" : "; \(list.failures.count.counted("file")) could not be taken in"
    let verdict = list.failures.isEmpty ? list.snapshots.map(\.verdict).max() ?? .pass : .error
    return CaseHeadline(verdict, "CASE", path, statement + failures)
  }

  /// What could not be taken in, and why.
  private var failures: [String] {
    guard !list.failures.isEmpty else { return [] }
    let lines = list.failures.map { failure in
      let place = [failure.path, failure.member].compactMap(\.self).map { "\(PrintableText($0))" }
      return "  \(place.joined(separator: ": ")): \(PrintableText(failure.reason))"
    }
    return ["Not taken in (\(lines.count))"] + lines
  }

  func sections(_ style: Style) -> [[String]] {
    [
      CaseSnapshotTable(snapshots: list.snapshots, names: CaseNames(list)).lines(style), failures,
      CaseLogText(list).lines(style),
    ]
  }

  var summary: CaseSummaryRecord { CaseSummaryRecord(path, list) }

  var lists: [CaseRecordList] {
    [
      CaseRecordList("clusters", of: "cluster", list.clusters.map(CaseClusterRecord.init)),
      CaseRecordList("snapshots", of: "snapshot", list.snapshots.map(CaseSnapshotRecord.init)),
      CaseRecordList("failures", of: "failure", list.failures.map(CaseFailureRecord.init)),
    ]
  }
}

extension CaseReport {
  /// What the case at `path` holds.
  package init(of list: CaseList, at path: String) { self.init(CaseListAnswer(path: path, list: list)) }
}
