import Reporting

/// The rows of a long table: the first in sight, the others in tables that fold out.
struct FoldedRows {
  /// What all rows together are, such as `findings`.
  let noun: String
  /// What stands above the columns.
  let columns: [String]
  /// Rows that there are to list.
  let count: Int
  /// Entries beyond these of which no details were kept.
  let omitted: Int

  /// Rows in sight. Browsers print those that are folded away only where they are folded out.
  private static let inSight = 100
  /// Rows of a table that folds out.
  private static let perFold = 1000

  /// Writes the tables; `row` adds the row of a number, from 0.
  func write(to page: inout PageWriter, row: (Int, inout MarkupBuffer) -> Void) throws {
    if count > 0 {
      let first = min(count, Self.inSight)
      try writeTable(0..<first, caption: count > first ? "The first \(first) of \(count) \(noun)" : nil, &page, row)
      for start in stride(from: first, to: count, by: Self.perFold) {
        let range = start..<min(start + Self.perFold, count)
        try page.write {
          $0.append(
            markup: "<details class=\"more\"><summary>\(range.lowerBound + 1) to \(range.upperBound)</summary>\n")
        }
        try writeTable(range, caption: "The \(noun) from \(range.lowerBound + 1) to \(range.upperBound)", &page, row)
        try page.write { $0.append(markup: "</details>\n") }
      }
    }
    guard omitted > 0 else { return }
    try page.write {
      $0.append(markup: "<p class=\"quiet small\">… and \(omitted) more: verify with a greater --max-findings.</p>\n")
    }
  }

  private func writeTable(
    _ range: Range<Int>, caption: String?, _ page: inout PageWriter, _ row: (Int, inout MarkupBuffer) -> Void
  ) throws {
    try page.write(
      .rows,
      [
        "caption": .text(caption ?? (count == 1 ? "One alone" : "All \(count) \(noun)")),
        "columns": .list(columns.map { ["title": .text($0)] }),
      ])
    for number in range { try page.write { row(number, &$0) } }
    try page.write { $0.append(markup: "</tbody>\n</table>\n") }
  }
}
