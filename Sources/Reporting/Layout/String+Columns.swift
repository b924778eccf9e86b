extension String {
  /// Columns a terminal takes for the text.
  var columns: Int {
    utf8.allSatisfy { $0 < 0x80 } ? utf8.count : pieces.reduce(0) { $0 + $1.columns }
  }

  /// The text, followed by spaces up to `width` columns.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - columns)) }

  /// The text behind spaces, `width` columns together.
  func rightAligned(to width: Int) -> String { String(repeating: " ", count: max(0, width - columns)) + self }

  /// The text in at most `width` columns: where it is too long, its beginning gives way to `…`.
  func elidedAtStart(to width: Int) -> String {
    columns <= width ? self : "…" + suffix(columns: width - 1)
  }

  /// The text in at most `width` columns: where it is too long, its middle gives way to `…`.
  package func elidedInMiddle(to width: Int) -> String {
    columns <= width ? self : prefix(columns: width / 2) + "…" + suffix(columns: width - 1 - width / 2)
  }

  /// The name or path as texts print it: whole up to 4096 columns, the longest path that Linux takes; of a longer one, as
  /// an archive may hold, `…` stands for the middle. Reports in JSON have it whole.
  package var boundedName: String { utf8.count <= Self.longestName ? self : elidedInMiddle(to: Self.longestName) }

  private static let longestName = 4096

  /// The longest beginning of at most `width` columns.
  func prefix(columns width: Int) -> String { Self.fitting(pieces, in: width).map(String.init).joined() }

  /// The longest end of at most `width` columns.
  func suffix(columns width: Int) -> String {
    Self.fitting(pieces.reversed(), in: width).reversed().map(String.init).joined()
  }

  /// The scalars of a piece: more than any script puts into one character.
  private static let longestPiece = 8

  /// What the text is counted and cut by: its characters, but the scalars one by one of a character that has very many.
  /// So a text takes no more than ``longestPiece`` scalars for each of its columns.
  var pieces: [Character] {
    flatMap { character in
      character.unicodeScalars.count <= Self.longestPiece ? [character] : character.unicodeScalars.map(Character.init)
    }
  }

  private static func fitting(_ pieces: some Sequence<Character>, in width: Int) -> [Character] {
    var room = width
    return pieces.prefix { piece in
      room -= piece.columns
      return room >= 0
    }
  }
}
