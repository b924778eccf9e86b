/// A label, and beside it one or more texts, each wrapped and beginning on a line of its own.
struct LabelledText {
  let label: String
  let texts: [String]

  /// The lines, the label drawn by `emphasis`.
  func lines(_ emphasis: (String) -> String) -> [String] {
    let indent = label.columns + 2
    let margin = String(repeating: " ", count: indent)
    return texts.enumerated().flatMap { index, text in
      let lines = text.words.wrapped(after: indent, indent: indent)
      return [(index == 0 ? emphasis(label) + "  " : margin) + lines[0]] + lines.dropFirst()
    }
  }
}
