import VerificationModel

/// What is different in two snapshots.
struct CaseDifferenceAnswer: CaseAnswer {
  let difference: CaseDifference

  var headline: CaseHeadline {
    let isSame = difference.changes.isEmpty
    return CaseHeadline(
      isSame ? .pass : .fail, isSame ? "SAME" : "DIFFERENT",
      "\(Self.path(difference.before)) → \(Self.path(difference.after))", statement)
  }

  private static func path(_ side: CaseDifference.Side) -> String { CaseNames.path(side.path, side.member) }

  private var statement: String {
    let counts = difference.counts
    let parts = CaseDifference.Kind.allCases.compactMap { kind in
      counts[kind].map { "\($0) \(kind.words)" }
    }
    let same = "\(difference.unchanged) the same"
    let doubt = difference.mayBeOneCluster == false ? "; these are snapshots of two clusters" : ""
    return (parts + [same]).joined(separator: ", ") + doubt
  }

  func sections(_ style: Style) -> [[String]] {
    [sides(style)]
      + CaseDifference.Kind.allCases.map { kind in
        lines(of: difference.changes.filter { $0.kind == kind }, kind, style)
      }
  }

  private func sides(_ style: Style) -> [String] {
    [("Before", difference.before), ("After", difference.after)].flatMap { label, side in
      let revision = side.revision.map { "revision \($0)" } ?? "could not be read"
      let number = side.id.map { "snapshot \($0.number) of \(PrintableText($0.cluster)), " } ?? ""
      return LabelledText(
        label: label.padded(to: "Before".columns),
        texts: [Self.path(side), "\(number)\(revision), taken at: \(CaseTimeText(side.takenAt).sentence)"]
      ).lines(style)
    }
  }

  private func lines(of changes: [CaseDifference.Change], _ kind: CaseDifference.Kind, _ style: Style) -> [String] {
    guard !changes.isEmpty else { return [] }
    let listed = changes.prefix(style.limit())
    let rest = changes.count - listed.count
    let names = CaseNames()
    let rows = listed.map { change in
      let name = "  " + names.name(of: change.object)
      let states = [change.before, change.after].map { Self.state($0, kind, isWhole: style.width == .max) }
      return Table.Row.cells([
        style.width == .max ? name : name.elidedInMiddle(to: Self.nameColumns), states[0], "→", states[1],
        Self.contents(change),
      ])
    }
    let title = "\(kind.words.prefix(1).uppercased() + kind.words.dropFirst()) (\(changes.count))"
    return [style.bold(title)] + Table(alignment: .left, rows: rows).lines(style)
      + (rest > 0 ? [style.cut("\(rest) more")] : [])
  }

  private static let nameColumns = 28
  private static let stateColumns = 15

  /// The value in use; where lines are whole, or nothing else differs, also where plaintext can be read.
  private static func state(_ state: CaseDifference.State?, _ kind: CaseDifference.Kind, isWhole: Bool) -> String {
    guard let state else { return "-" }
    let live = state.live.map { CaseNames.state($0.valueClass, $0.encryption) } ?? "-"
    let layers = state.exposedIn.map(\.rawValue).joined(separator: ", ")
    if isWhole { return live + (layers.isEmpty ? "" : ", plaintext in \(layers)") }
    guard kind == .exposedElsewhere else { return live.elidedInMiddle(to: stateColumns) }
    return layers.isEmpty ? "nowhere" : layers
  }

  private static func contents(_ change: CaseDifference.Change) -> String {
    switch change.hasSameContents {
    case true?: "same value"
    case false?: "another value"
    case nil: ""
    }
  }

  // MARK: Documents

  struct Summary: Encodable {
    let before: CaseSideRecord
    let after: CaseSideRecord
    let mayBeOneCluster: Bool?
    let counts: [String: Int]
    let unchanged: Int
  }

  var summary: Summary {
    Summary(
      before: CaseSideRecord(difference.before), after: CaseSideRecord(difference.after),
      mayBeOneCluster: difference.mayBeOneCluster,
      counts: Dictionary(uniqueKeysWithValues: difference.counts.map { ($0.key.rawValue, $0.value) }),
      unchanged: difference.unchanged)
  }

  var lists: [CaseRecordList] {
    [CaseRecordList("changes", of: "change", difference.changes.map(CaseChangeRecord.init))]
  }
}

extension CaseDifference.Kind {
  /// What texts say of the objects that differ so.
  var words: String {
    switch self {
    case .came: "came"
    case .went: "went"
    case .changedClass: "changed class"
    case .changedKey: "changed key"
    case .rewritten: "rewritten"
    case .exposedElsewhere: "exposed elsewhere"
    }
  }
}

extension CaseReport {
  /// What is different in two snapshots.
  package init(of difference: CaseDifference) { self.init(CaseDifferenceAnswer(difference: difference)) }
}
