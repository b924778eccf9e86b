extension Unicode.Scalar {
  /// Columns a terminal takes for the scalar: two for wide East Asian characters (Unicode East_Asian_Width W and F) and
  /// emoji, else one. A mark that joins the character before it counts too, so that no text is wider, or longer, than
  /// it is counted.
  var columns: Int {
    switch value {
    case 0..<0x1100: 1
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x1B2FF,
      0x1D300...0x1D35F, 0x1F200...0x1F265, 0x20000...0x3FFFD:
      2
    default: properties.isEmojiPresentation ? 2 : 1
    }
  }
}

extension String {
  /// Columns a terminal takes for the text.
  var columns: Int { unicodeScalars.reduce(0) { $0 + $1.columns } }

  /// The text, followed by spaces up to `width` columns.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - columns)) }

  /// The text, preceded by spaces up to `width` columns.
  func aligned(to width: Int) -> String { String(repeating: " ", count: max(0, width - columns)) + self }

  /// The text in at most `width` columns: where it is too long, its beginning gives way to `…`.
  func elidedAtStart(to width: Int) -> String {
    columns <= width ? self : "…" + suffix(columns: width - 1)
  }

  /// The text in at most `width` columns: where it is too long, its middle gives way to `…`.
  func elidedInMiddle(to width: Int) -> String {
    columns <= width ? self : prefix(columns: width / 2) + "…" + suffix(columns: width - 1 - width / 2)
  }

  /// The longest beginning of at most `width` columns.
  func prefix(columns width: Int) -> String { String(unicodeScalars[..<end(of: width, in: unicodeScalars)]) }

  /// The longest end of at most `width` columns.
  func suffix(columns width: Int) -> String {
    String(unicodeScalars[end(of: width, in: unicodeScalars.reversed()).base...])
  }

  private func end<Scalars: Collection<Unicode.Scalar>>(of width: Int, in scalars: Scalars) -> Scalars.Index {
    var room = width
    return scalars.firstIndex { scalar in
      room -= scalar.columns
      return room < 0
    } ?? scalars.endIndex
  }
}
