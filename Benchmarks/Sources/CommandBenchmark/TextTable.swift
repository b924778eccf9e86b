/// Rows of text under headings, aligned by spaces or written as Markdown.
package struct TextTable {
  private var rows: [[String]]

  /// A table of these columns.
  package init(_ headings: [String]) { rows = [headings] }

  /// Adds a row; columns that it lacks stay empty.
  package mutating func append(_ row: [String]) { rows.append(row) }

  /// The table in aligned columns, the first flush left, the others flush right.
  package var text: String {
    let widths = rows[0].indices.map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(row, widths).enumerated().map { column, cell in
        let padding = String(repeating: " ", count: cell.1 - cell.0.count)
        return column == 0 ? cell.0 + padding : padding + cell.0
      }
      return cells.joined(separator: "  ").trimmingSuffix(while: \.isWhitespace) + "\n"
    }.joined()
  }

  /// The table in Markdown, the first column flush left, the others flush right.
  package var markdown: String {
    let count = rows[0].count
    let rule = ["---"] + Array(repeating: "--:", count: count - 1)
    let padded = rows.map { $0 + Array(repeating: "", count: count - $0.count) }
    let lines = [padded[0].map(Self.escaped), rule] + padded.dropFirst().map { $0.map(Self.escaped) }
    return lines.map { "| \($0.joined(separator: " | ")) |\n" }.joined()
  }

  private static func escaped(_ cell: String) -> String { cell.replacing("|", with: "\\|") }
}

extension String {
  fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
    String(self[..<(lastIndex { !predicate($0) }.map { index(after: $0) } ?? startIndex)])
  }
}
