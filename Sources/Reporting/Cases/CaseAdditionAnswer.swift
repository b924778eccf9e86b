import SnapshotInput
import VerificationModel

/// What came of the files that were to be taken into a case.
struct CaseAdditionAnswer: CaseAnswer {
  let path: String
  let additions: [CaseAddition]
  let passedOver: [PassedOver]
  let list: CaseList

  var verdict: Verdict { additions.verdict }

  var headline: CaseHeadline {
    let added = additions.compactMap { if case .added(let snapshot) = $0.outcome { snapshot } else { nil } }
    let known = additions.count { if case .known = $0.outcome { true } else { false } }
    let failed = additions.count - added.count - known
    let incomplete = added.count { !$0.isComplete }
    let parts = [
      added.isEmpty ? nil : "\(added.count.counted("snapshot")) taken in",
      known > 0 ? "\(known) known already" : nil,
      incomplete > 0 ? "\(incomplete) of them could not be read whole" : nil,
      failed > 0 ? "\(failed.counted("file")) could not be taken in" : nil,
    ].compactMap(\.self)
    let label = !added.isEmpty ? "ADDED" : known > 0 ? "KNOWN" : "FAILED"
    return CaseHeadline(verdict, label, path, parts.isEmpty ? "no snapshots" : parts.joined(separator: ", "))
  }

  func sections(_ style: Style) -> [[String]] {
    let passedOver = PassedOverList(files: passedOver, verb: "taken in")
    return [
      taken(style), failures(style), passedOver.count.map { ["\($0):"] + passedOver.lines(style) } ?? [],
      CaseLogText(list).lines(style),
    ]
  }

  private func taken(_ style: Style) -> [String] {
    let snapshots = additions.compactMap { addition -> CaseSnapshot? in
      switch addition.outcome {
      case .added(let snapshot), .known(let snapshot): snapshot
      case .failed: nil
      }
    }
    return CaseSnapshotTable(snapshots: snapshots.sorted { $0.id < $1.id }, names: CaseNames(list)).lines(style)
  }

  private func failures(_ style: Style) -> [String] {
    let failures = additions.compactMap { addition -> (String, String)? in
      guard case .failed(let reason) = addition.outcome else { return nil }
      return (CaseNames.path(addition.path, addition.member), PrintableText(reason).description)
    }
    guard !failures.isEmpty else { return [] }
    let listed = failures.prefix(style.limit())
    let rest = failures.count - listed.count
    return [style.verdict(.error, "Not taken in (\(failures.count))")]
      + listed.flatMap { path, reason in
        "\(path): \(reason)".words.paragraph(indent: 2, hanging: 4, width: style.width)
      } + (rest > 0 ? [style.cut("\(rest) more")] : [])
  }

  // MARK: Documents

  struct Summary: Encodable {
    let `case`: PrintableText
    let head: String
    let acts: Int
    let verdict: String
    let passedOver: [PassedOverRecord]
  }

  var summary: Summary {
    Summary(
      case: PrintableText(path), head: list.head.description, acts: list.acts, verdict: verdict.rawValue,
      passedOver: passedOver.map(PassedOverRecord.init))
  }

  var lists: [CaseRecordList] {
    [CaseRecordList("additions", of: "addition", additions.map(CaseAdditionRecord.init))]
  }
}

extension CaseReport {
  /// What came of files that were to be taken into the case at `path`, which holds the snapshots of `list` now.
  package init(of additions: [CaseAddition], passedOver: [PassedOver], _ list: CaseList, at path: String) {
    self.init(CaseAdditionAnswer(path: path, additions: additions, passedOver: passedOver, list: list))
  }
}

extension [CaseAddition] {
  /// The answer of the command: error where something could not be taken in, or not whole.
  package var verdict: Verdict { map(\.verdict).max() ?? .error }
}
