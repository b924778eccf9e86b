import SnapshotVerification

/// The pages of a file by what they are for, and how full they are.
struct InspectionTextPages {
  let pages: PageCensus

  func lines(_ style: Style) -> [String] {
    let rows =
      [.heading(["Pages", "count", "bytes", "used", "fill"])] + PageCensus.Kind.allCases.compactMap(row)
      + unreachable + notes.map { .note("  " + $0) }
    return Table(alignment: .right, rows: rows).lines(style)
  }

  private func row(_ kind: PageCensus.Kind) -> Table.Row? {
    let usage = pages[kind]
    guard let fill = pages.fill(kind) else { return nil }
    return .cells([
      "  \(kind.rawValue)", "\(usage.count)", pages.bytes(usage.count).inBinaryUnits, usage.usedBytes.inBinaryUnits,
      "\(Int(fill * 100)) %",
    ])
  }

  private var unreachable: [Table.Row] {
    pages.unreachable == 0
      ? [] : [.cells(["  unreachable", "\(pages.unreachable)", pages.bytes(pages.unreachable).inBinaryUnits, "", ""])]
  }

  private var notes: [String] {
    let beyond = pages.beyondHighWaterMark
    return [
      beyond > 0 ? "\(beyond) of the unreachable pages lie beyond the high-water mark" : nil,
      pages.freelistEntries.map { "the stored freelist names \($0.counted("page"))" } ?? "no freelist is stored",
    ].compactMap(\.self)
  }
}
