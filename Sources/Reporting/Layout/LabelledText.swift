/// A label, and beside it one or more texts, each wrapped and beginning on a line of its own.
struct LabelledText {
  let label: String
  let texts: [String]

  /// The lines, the label in bold.
  func lines(_ style: Style) -> [String] {
    let indent = label.columns + 2
    let margin = String(repeating: " ", count: indent)
    return texts.enumerated().flatMap { index, text in
      let lines = text.words.wrapped(to: style.width, after: indent, indent: indent)
      return [(index == 0 ? style.bold(label) + "  " : margin) + lines[0]] + lines.dropFirst()
    }
  }
}
