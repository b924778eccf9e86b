import VerificationModel

/// Whether a case is as it was left, and whether files at hand are those that were taken in.
struct CaseCheckAnswer: CaseAnswer {
  let path: String
  let check: CaseCheck

  var headline: CaseHeadline {
    let verdict = check.verdict
    let label = hasFaults ? "DAMAGED" : verdict == .pass ? "SOUND" : "DIFFERENT"
    return CaseHeadline(verdict, label, path, statement)
  }

  private var hasFaults: Bool { !check.faults.isEmpty || check.faultsOmitted > 0 }

  private var statement: String {
    let extent =
      "\(check.snapshots.counted("snapshot")), \(check.acts.counted("act")) and \(check.rows.counted("row")) checked"
    let others = check.evidence.filter { !$0.isSame }
    let evidence =
      check.evidence.isEmpty
      ? nil
      : others.isEmpty
        ? "\(check.evidence.count.counted("file")) at hand \(check.evidence.count == 1 ? "is what was" : "are what was") taken in"
        : "\(others.count) of \(check.evidence.count.counted("file")) at hand "
          + "\(others.count == 1 ? "is" : "are") not what was taken in"
    let first = check.faults.first.map { PrintableText($0.message).description }
    let more = check.faults.count + check.faultsOmitted - 1
    let fault = first.map { $0 + (more > 0 ? ", and \(more.counted("more fault"))" : "") }
    return [fault, evidence, extent].compactMap(\.self).joined(separator: "; ")
  }

  func sections(_ style: Style) -> [[String]] { [faults(style), evidence(style), head(style)] }

  private func faults(_ style: Style) -> [String] {
    guard hasFaults else { return [] }
    let total = check.faults.count + check.faultsOmitted
    let listed = check.faults.prefix(style.limit())
    let rest = total - listed.count
    return [style.verdict(.error, "Faults (\(total))")]
      + listed.flatMap { fault in
        "\(PrintableText(fault.code)): \(place(of: fault))\(PrintableText(fault.message))".words
          .paragraph(indent: 2, hanging: 4, width: style.width)
      } + (rest > 0 ? [style.dim("  … and \(rest) more")] : [])
  }

  private func place(of fault: CaseCheck.Fault) -> String {
    switch fault.place {
    case .store: ""
    case .act(let number): "act \(number): "
    case .snapshot(let id): "snapshot \(PrintableText(id.cluster))/\(id.number): "
    case .object(let object): "\(PrintableText(object.cluster)): \(CaseNames().name(of: object)): "
    }
  }

  private func evidence(_ style: Style) -> [String] {
    guard !check.evidence.isEmpty else { return [] }
    let listed = check.evidence.prefix(style.limit())
    let rest = check.evidence.count - listed.count
    return [style.bold("Files at hand (\(check.evidence.count))")]
      + listed.flatMap { file in
        "\(CaseNames.path(file.path, file.member)): \(file.words)".words
          .paragraph(indent: 2, hanging: 4, width: style.width)
      } + (rest > 0 ? [style.cut("\(rest) more")] : [])
  }

  private func head(_ style: Style) -> [String] {
    LabelledText(
      label: "Log",
      texts: check.head.map {
        ["head digest \($0)", "The log is the one that was left only if you noted this digest outside of the case."]
      } ?? ["can't be followed to its end"]
    ).lines(style)
  }

  // MARK: Documents

  struct Summary: Encodable {
    let `case`: PrintableText
    let head: String?
    let verdict: String
    let acts: Int
    let snapshots: Int
    let rows: Int
    let faultsOmitted: Int
  }

  var summary: Summary {
    Summary(
      case: PrintableText(path), head: check.head?.description, verdict: check.verdict.rawValue, acts: check.acts,
      snapshots: check.snapshots, rows: check.rows, faultsOmitted: check.faultsOmitted)
  }

  var lists: [CaseRecordList] {
    [
      CaseRecordList("faults", of: "fault", check.faults.map(CaseFaultRecord.init)),
      CaseRecordList("evidence", of: "evidence", check.evidence.map(CaseEvidenceRecord.init)),
    ]
  }
}

extension CaseCheck {
  /// The answer of the command: error where the case is damaged or a file could not be read, fail where a file is not one
  /// that was taken in.
  package var verdict: Verdict {
    let isUnreadable = evidence.contains { if case .unreadable = $0.outcome { true } else { false } }
    if !faults.isEmpty || faultsOmitted > 0 || isUnreadable { return .error }
    return isSound ? .pass : .fail
  }
}

extension CaseCheck.Evidence {
  /// Whether it is what was taken in.
  var isSame: Bool { if case .same = outcome { true } else { false } }

  /// What texts say of it.
  fileprivate var words: String {
    switch outcome {
    case .same(let id): "snapshot \(PrintableText(id.cluster))/\(id.number), as it was taken in"
    case .altered(let id):
      "not what was taken in from this path as snapshot \(PrintableText(id.cluster))/\(id.number)"
    case .unknown: "not in the case"
    case .unreadable(let reason): PrintableText(reason).description
    }
  }
}

extension CaseReport {
  /// Whether the case at `path` is as it was left.
  package init(of check: CaseCheck, at path: String) { self.init(CaseCheckAnswer(path: path, check: check)) }
}
