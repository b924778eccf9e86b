import Reporting
import VerificationModel

/// What was found and is accepted: why, by whom, and until when.
struct WaivedPart {
  private let part: SnapshotPart

  init(of part: SnapshotPart) { self.part = part }

  /// Writes the part.
  func write(to page: inout PageWriter) throws {
    let findings = part.snapshot.waived
    let count = part.snapshot.waivedCounts.values.reduce(0, +)
    try page.write(
      .findings,
      part.filling(
        "waived",
        [
          "title": .text("Waived findings"),
          "lead": .part(
            "lead",
            "The policy accepts \(count.counted("finding")): the verdict and the counts leave \(count == 1 ? "it" : "them") "
              + "out."),
        ]))
    let rows = FoldedRows(
      noun: "waived findings", columns: ["Object", "Rule", "Where", "What is known, and why it is accepted"],
      count: findings.count, omitted: count - findings.count)
    try rows.write(to: &page) { number, buffer in
      var row = FindingRow(finding: findings[number])
      row.namesRule = true
      row.write(to: &buffer)
    }
    try page.write { $0.append(markup: "</div>\n") }
  }
}
