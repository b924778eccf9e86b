import VerificationModel

/// What was found in one snapshot of a case.
struct CaseSnapshotAnswer: CaseAnswer {
  let path: String
  let snapshot: CaseSnapshot
  let list: CaseList

  var headline: CaseHeadline {
    CaseHeadline(snapshot.verdict, snapshot.verdict.rawValue.uppercased(), CaseNames.path(of: snapshot), statement)
  }

  private var statement: String {
    let live = snapshot.counts[.live].map { "\($0.encrypted) of \($0.total.counted("value")) in use encrypted" }
    let errors = snapshot.errorCodes.map { PrintableText($0).description }
    let causes = snapshot.causes.map(\.rawValue)
    return ([live ?? "no values were read"] + errors + causes).joined(separator: ", ")
  }

  func sections(_ style: Style) -> [[String]] {
    [facts(style), counts(style), found(style), errors(style), next(style)]
  }

  private func facts(_ style: Style) -> [String] {
    let revisions = snapshot.revisions.map {
      "revision \($0.greatest), " + ($0.compacted > 0 ? "compacted up to \($0.compacted)" : "never compacted")
    }
    let texts = [
      ("Snapshot", CaseNames(list).name(of: snapshot.id) + " of cluster \(PrintableText(snapshot.id.cluster))"),
      ("Taken at", CaseTimeText(snapshot.takenAt).sentence),
      ("File", "\(CaseNames.path(of: snapshot)), \(snapshot.bytes.counted("byte"))"),
      ("SHA-256", "\(snapshot.digest), of the database without what follows it"),
      ("Store", revisions ?? "could not be read"),
      ("Taken in", "by atrest \(PrintableText(snapshot.release))"),
    ]
    return texts.flatMap { label, text in
      LabelledText(label: label.padded(to: "Snapshot".columns), texts: [text]).lines(style)
    }
  }

  private func counts(_ style: Style) -> [String] {
    guard !snapshot.counts.isEmpty else { return [] }
    let columns: [CountColumn] =
      [.total, .encrypted, .plaintext]
      + CountColumn.rare.filter { column in snapshot.counts.values.contains { column.count($0) > 0 } }
    let rows = Layer.allCases.compactMap { layer -> Table.Row? in
      guard let counts = snapshot.counts[layer] else { return nil }
      guard layer == .residue else { return .figures("  \(layer.rawValue)", columns.map { ($0, counts) }) }
      // Of what is left over, only plaintext is counted.
      return .cells(
        ["  residue"] + columns.map { $0 == .plaintext ? "\(counts.plaintext)" : "-" },
        tones: counts.plaintext > 0 ? [3: .bad] : [:])
    }
    return Table(alignment: .right, rows: [.heading(["Values in scope"] + columns.map(\.heading))] + rows).lines(style)
  }

  private func found(_ style: Style) -> [String] {
    let rules = Rule.allCases.filter { snapshot.findingCounts[$0, default: 0] > 0 }
    guard !rules.isEmpty else { return [] }
    let rows = rules.map { rule in
      Table.Row.cells(["  \(rule.rawValue)", "\(rule.severity.rawValue)", "\(snapshot.findingCounts[rule] ?? 0)"])
    }
    return Table(alignment: .left, rows: [.heading(["Findings", "severity", "count"])] + rows).lines(style)
  }

  private func errors(_ style: Style) -> [String] {
    guard !snapshot.errorCodes.isEmpty else { return [] }
    let codes = snapshot.errorCodes.map { PrintableText($0).description }.joined(separator: ", ")
    return LabelledText(label: "Errors", texts: [codes + ": what could be read was taken in"]).lines(style)
  }

  private func next(_ style: Style) -> [String] {
    guard let rule = snapshot.causes.first else { return [] }
    return NextStep(
      "What a finding means, and how it is repaired:", command: "atrest explain \(rule.rawValue)"
    ).lines(style)
  }

  // MARK: Documents

  struct Summary: Encodable {
    let `case`: PrintableText
    let head: String
    let snapshot: CaseSnapshotRecord
  }

  var summary: Summary {
    Summary(case: PrintableText(path), head: list.head.description, snapshot: CaseSnapshotRecord(snapshot))
  }

  var lists: [CaseRecordList] { [] }
}

extension CaseReport {
  /// What was found in one snapshot of the case at `path`, which holds those of `list`.
  package init(of snapshot: CaseSnapshot, _ list: CaseList, at path: String) {
    self.init(CaseSnapshotAnswer(path: path, snapshot: snapshot, list: list))
  }
}
