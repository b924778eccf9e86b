import VerificationModel

/// The pages of a file by what they are for, and how full they are.
struct InspectionTextPages {
  let pages: PageCensus

  func lines(_ style: Style) -> [String] {
    let rows =
      [.heading(["Pages", "count", "bytes", "used", "fill"])] + PageCensus.Kind.allCases.compactMap(row)
      + map + notes.map { .note("  " + $0) }
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

  /// All pages of the file: those in use, and the others by whether anything lies in them.
  private var map: [Table.Row] {
    func row(_ label: String, _ count: UInt64) -> Table.Row {
      .cells(["  " + label, "\(count)", pages.bytes(count).inBinaryUnits, "", ""])
    }
    guard pages.unreachable > 0 else { return [row("live", pages.live)] }
    return [
      row("live", pages.live), row("free", pages.unreachable), row("  zero", pages.zero),
      row("  residue", pages.unreachable - min(pages.zero, pages.unreachable)),
    ]
  }

  private var notes: [String] {
    let beyond = pages.beyondHighWaterMark
    return [
      beyond > 0 ? "\(beyond) of the free pages lie beyond the high-water mark" : nil,
      pages.freelistEntries.map { "the stored freelist names \($0.counted("page"))" } ?? "no freelist is stored",
    ].compactMap(\.self)
  }
}
