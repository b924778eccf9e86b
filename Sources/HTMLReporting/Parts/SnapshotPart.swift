import Reporting
import VerificationModel

/// One snapshot, and what is common to all parts of the report on it.
struct SnapshotPart {
  let snapshot: SnapshotReport
  let policy: Policy
  let statement: SnapshotStatement
  /// The call, in the words of the text report.
  let call: CallStatement
  let invocation: Invocation
  /// The number of the snapshot in the report, from 1; nil where it is the only one.
  let number: Int?

  init(_ snapshot: SnapshotReport, of report: Report, number: Int?, _ invocation: Invocation) {
    self.snapshot = snapshot
    self.policy = report.policy
    self.number = number
    self.invocation = invocation
    statement = SnapshotStatement(snapshot, policy: report.policy)
    call = CallStatement(report, invocation)
  }

  /// The level of the heading that has the verdict; the parts' headings are one below it.
  var level: Int { number == nil ? 1 : 2 }

  /// The identifier of a part, which no other part of the page has.
  func id(_ part: String) -> String { number.map { "s\($0)-\(part)" } ?? part }

  /// What every part's template asks for, and what `others` add.
  func filling(_ part: String, _ others: [String: Filling.Value]) -> Filling {
    Filling(
      others.merging(["id": .text(id(part)), "level": .number(level + 1)]) { value, _ in value })
  }

  /// Columns of a path on the first screen; the evidence has it whole.
  static let pathColumns = 160

  // MARK: Writing

  /// Writes all parts.
  func write(to page: inout PageWriter) throws {
    if number != nil { try page.write { $0.append(markup: "<section class=\"snapshot\">\n") } }
    try writeVerdict(to: &page)
    if hasErrors { try writeErrors(to: &page) }
    if snapshot.etcd != nil { try LayerPart(of: self).write(to: &page) }
    if let next = NextStep.after(snapshot, policy: policy) { try writeNext(next, to: &page) }
    if hasFindings { try FindingPart(of: self).write(to: &page) }
    if hasWaived { try WaivedPart(of: self).write(to: &page) }
    if hasExposed { try ExposedPart(of: self).write(to: &page) }
    if hasKeys { try KeyPart(of: self).write(to: &page) }
    if let picture { try page.write(.pages, filling("pages", picture.filling)) }
    try EvidencePart(of: self).write(to: &page)
    if number != nil { try page.write { $0.append(markup: "</section>\n") } }
  }

  var hasErrors: Bool { !snapshot.errors.isEmpty || snapshot.errorsOmitted > 0 }
  var hasFindings: Bool { !snapshot.findingCounts.isEmpty }
  var hasWaived: Bool { !snapshot.waivedCounts.isEmpty }
  var hasExposed: Bool { snapshot.exposed.count > 0 || snapshot.exposed.fragments > 0 }
  var hasKeys: Bool { !snapshot.encryption.isEmpty }

  private var picture: PageMapPicture? {
    guard let map = snapshot.pageMap, map.pages > 0, let pageSize = snapshot.bolt?.pageSize else { return nil }
    return PageMapPicture(map: map, pageSize: pageSize)
  }

  private func writeVerdict(to page: inout PageWriter) throws {
    let titles: [(part: String, title: String, isThere: Bool)] = [
      ("errors", "Errors", hasErrors), ("layers", "Layers", snapshot.etcd != nil),
      ("next", "What to do next", NextStep.after(snapshot, policy: policy) != nil),
      ("findings", "Findings (\(snapshot.findingCounts.values.reduce(0, +)))", hasFindings),
      ("waived", "Waived (\(snapshot.waivedCounts.values.reduce(0, +)))", hasWaived),
      ("exposed", "Readable objects (\(snapshot.exposed.count))", hasExposed), ("keys", "Keys", hasKeys),
      ("pages", "Pages", picture != nil), ("evidence", "Evidence", true),
    ]
    let limit =
      policy.failOn == nil ? "No finding fails a snapshot" : "Findings of severity \(call.failOn) or above fail"
    try page.write(
      .verdict,
      [
        "tag": .text(level == 1 ? "header" : "div"), "level": .number(level), "id": .text(id("verdict")),
        "verdict": .text(snapshot.verdict.rawValue), "label": .text(statement.label),
        "statement": .text(statement.sentence),
        "notes": .part("notes", statement.notes.isEmpty ? nil : statement.notes),
        "path": .text(statement.path(columns: Self.pathColumns)),
        "made": .text("Verified \(invocation.moment) by atrest \(invocation.toolVersion). \(limit)."),
        "navigation": .text(number.map { "Parts of the report on snapshot \($0)" } ?? "Parts of this report"),
        "parts": .list(titles.filter(\.isThere).map { ["id": .text(id($0.part)), "title": .text($0.title)] }),
      ])
  }

  private func writeErrors(to page: inout PageWriter) throws {
    let count = snapshot.errors.count + snapshot.errorsOmitted
    let omitted = snapshot.errorsOmitted > 0 ? " \(snapshot.errorsOmitted) of them were counted alone." : ""
    try page.write(
      .errors,
      filling(
        "errors",
        [
          "lead": .text("\(count.counted("error")): what could not be read does not count as encrypted.\(omitted)"),
          "errors": .list(snapshot.errors.map { ["code": .text($0.code), "message": .text($0.message)] }),
        ]))
  }

  private func writeNext(_ next: NextStep, to page: inout PageWriter) throws {
    let isList = next.steps.count > 1 || next.steps.first?.text.isEmpty == false
    let steps: [Filling] = next.steps.map { step in
      ["state": .text(step.state.rawValue), "text": .text(step.text), "command": .part("command", step.command)]
    }
    try page.write(
      .next,
      filling(
        "next",
        [
          "advice": .text(next.advice), "command": .part("command", isList ? nil : next.steps.first?.command),
          "list": isList ? .part(["steps": .list(steps)]) : .absent,
        ]))
  }
}
