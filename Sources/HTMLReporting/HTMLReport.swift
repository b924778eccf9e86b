public import Reporting
public import VerificationModel

/// The report as one page of HTML: for a browser, for paper, and for the folder of an auditor.
///
/// The page holds all it needs. It has no script and refers to nothing outside itself, and its own content security policy
/// allows the style sheet that stands in it and nothing else. Whatever text comes from a file or from the call is printable
/// and escaped. It is well-formed XML as well.
public struct HTMLReport: Sendable {
  /// The format.
  public init() {}

  /// The page.
  ///
  /// - Parameter duration: how long the call took.
  public static func render(_ report: Report, invocation: Invocation, duration: Duration) throws -> String {
    var page = ""
    try HTMLReport().end(report, invocation: invocation, duration: duration) { page += $0 }
    return page
  }
}

extension HTMLReport: ReportFormat {
  /// See `ReportFormat`: the verdict on all snapshots comes first, so nothing is written before it is known.
  public func start(policy: Policy, invocation: Invocation) -> String { "" }

  /// See `ReportFormat`: nothing is written before the verdict on all snapshots is known.
  public func next(_ snapshot: SnapshotReport, after report: Report, to write: (String) throws -> Void) {}

  /// See `ReportFormat`. O(page), with memory for some hundred rows.
  public func end(
    _ report: Report, invocation: Invocation, duration: Duration, to write: (String) throws -> Void
  ) throws {
    try withoutActuallyEscaping(write) { write in
      var page = try PageWriter(to: write)
      let parts = report.snapshots.enumerated().map { place, snapshot in
        SnapshotPart(snapshot, of: report, number: report.snapshots.count == 1 ? nil : place + 1, invocation)
      }
      try Self.writeHead(report, parts, invocation, to: &page)
      if parts.count != 1 { try Self.writeOverview(report, parts, invocation, to: &page) }
      for part in parts { try part.write(to: &page) }
      try CallPart(report: report, invocation: invocation, duration: duration).write(to: &page)
      try page.write(.foot, ["version": .text(invocation.toolVersion), "moment": .text(invocation.moment)])
      try page.flush()
    }
  }

  private static func writeHead(
    _ report: Report, _ parts: [SnapshotPart], _ invocation: Invocation, to page: inout PageWriter
  ) throws {
    let subject = parts.count == 1 ? parts[0].statement.path(columns: 80) : CallStatement(report, invocation).outcomes
    try page.write(
      .head,
      [
        "styleHash": .text(StyleSheet.digest), "style": .markup(HTMLText(markup: StyleSheet.text)),
        "version": .text(invocation.toolVersion),
        "title": .text("\(report.verdict.rawValue.uppercased()): \(subject)"),
        "program": .text("atrest \(invocation.toolVersion)"),
      ])
  }

  private static func writeOverview(
    _ report: Report, _ parts: [SnapshotPart], _ invocation: Invocation, to page: inout PageWriter
  ) throws {
    let call = CallStatement(report, invocation)
    let rows: [Filling] = parts.map { part in
      let notes = part.statement.notes
      return [
        "id": .text(part.id("verdict")), "path": .text(part.statement.path(columns: SnapshotPart.pathColumns)),
        "verdict": .text(part.snapshot.verdict.rawValue), "label": .text(part.statement.label),
        "statement": .text(part.statement.sentence + (notes.isEmpty ? "" : " " + notes)),
      ]
    }
    try page.write(
      .overview,
      [
        "verdict": .text(report.verdict.rawValue), "label": .text(report.verdict.rawValue.uppercased()),
        "statement": .text(parts.isEmpty ? "no snapshots: nothing was verified" : call.outcomes),
        "made": .text("Verified \(invocation.moment) by atrest \(invocation.toolVersion)."), "rows": .list(rows),
        "hasRows": .flag(!rows.isEmpty),
      ])
  }
}
