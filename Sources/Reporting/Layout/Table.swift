/// Rows in aligned columns. The first column is set to the left, the others as asked; two spaces part them, or one
/// where two would make the table wider than the report.
struct Table {
  /// One line.
  enum Row {
    /// Cells in the columns, emphasized.
    case heading([String])
    /// Cells in the columns, some of them, by column, in a tone.
    case cells([String], tones: [Int: Style.Tone] = [:])
    /// A line by itself, by which no column is measured.
    case text(String)
    /// A line by itself, emphasized.
    case title(String)
    /// A line by itself, of less weight.
    case note(String)
  }

  /// To which side of its column a cell is set.
  enum Alignment {
    case left
    case right
  }

  /// That of all columns but the first.
  let alignment: Alignment
  var rows: [Row] = []

  /// One line for each row.
  func lines(_ style: Style) -> [String] {
    let widths = rows.reduce(into: [], Self.widen)
    return rows.map { row in
      switch row {
      case .heading(let cells): style.bold(line(cells, widths, style.width))
      case .cells(let cells, let tones): line(cells, widths, style.width) { style.tone(tones[$0], $1) }
      case .text(let text): text
      case .title(let text): style.bold(text)
      case .note(let text): style.dim(text)
      }
    }
  }

  private static func widen(_ widths: inout [Int], for row: Row) {
    switch row {
    case .heading(let cells), .cells(let cells, _):
      widths += repeatElement(0, count: max(0, cells.count - widths.count))
      for (column, cell) in cells.enumerated() { widths[column] = max(widths[column], cell.columns) }
    case .text, .title, .note:
      break
    }
  }

  /// The cells at their places, each drawn by `emphasis` without the spaces around it.
  private func line(
    _ cells: [String], _ widths: [Int], _ maximum: Int, emphasis: (_ column: Int, _ cell: String) -> String = { $1 }
  ) -> String {
    let padded = zip(cells, widths).enumerated().map { column, cell in
      let (text, spaces) = (emphasis(column, cell.0), String(repeating: " ", count: cell.1 - cell.0.columns))
      return column == 0 || alignment == .left ? text + spaces : spaces + text
    }
    let width = widths.reduce(2 * (widths.count - 1), +)
    return padded.joined(separator: width > maximum ? " " : "  ").trimmedAtEnd
  }
}
