extension [String] {
  /// The words, parted by spaces, in lines of at most `width` columns, broken between words, and inside a word only
  /// when it is longer than a line. O(length).
  ///
  /// - Parameters:
  ///   - used: columns already taken on the first line, which is returned without them.
  ///   - indent: spaces before each line but the first.
  func wrapped(to width: Int = Style.defaultWidth, after used: Int = 0, indent: Int = 0) -> [String] {
    var lines = [""]
    var room = width - used
    func breakLine() {
      lines.append(String(repeating: " ", count: indent))
      room = width - indent
    }
    for (index, word) in enumerated() {
      var rest = index == 0 ? word : " " + word
      if rest.columns > room, index > 0 {
        breakLine()
        rest = word
      }
      guard rest.columns > room else {
        lines[lines.count - 1] += rest
        room -= rest.columns
        continue
      }
      for piece in rest.pieces {
        if piece.columns > room { breakLine() }
        lines[lines.count - 1].append(piece)
        room -= piece.columns
      }
    }
    return lines.map(\.trimmedAtEnd)
  }

  /// The words in lines of `width` columns, `indent` spaces before the first and `hanging` before the others.
  func paragraph(indent: Int, hanging: Int, width: Int) -> [String] {
    var lines = wrapped(to: width, after: indent, indent: hanging)
    lines[0] = String(repeating: " ", count: indent) + lines[0]
    return lines
  }
}
