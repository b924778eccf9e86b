import VerificationModel

/// The first line of a text: the answer. Whoever reads nothing else has it.
protocol TextHeadline {
  /// What colors the label.
  var verdict: Verdict { get }
  /// What the line begins with, in capitals.
  var label: String { get }
  /// The path of the file that it is about, printable and whole.
  var path: String { get }
  /// What is the case, printable.
  var statement: String { get }
  /// What else is to be known, each kept on one line.
  var notes: [String] { get }
}

/// Columns by which a path is still recognised: those of a short file name.
private let leastPathColumns = 12
/// Columns for the path where the sentence is wrapped anyway.
private let leisurelyPathColumns = 32

extension TextHeadline {
  var notes: [String] { [] }

  /// On one line, however long, with the whole path.
  func line(_ style: Style) -> String { "\(style.verdict(verdict, label))  \(path)  \(sentence)" }

  /// On a terminal: the path elided as far as needed, the rest wrapped.
  func lines(_ style: Style) -> [String] {
    let margin = label.columns + 2
    let lines = ("\(shownPath(in: style.width))  \(statement)".words + notes).wrapped(
      to: style.width, after: margin, indent: margin)
    return ["\(style.verdict(verdict, label))  \(lines[0])"] + lines.dropFirst()
  }

  /// Whether ``lines(_:)`` does not show the whole path.
  func elidesPath(_ style: Style) -> Bool { shownPath(in: style.width) != path }

  private var sentence: String { ([statement] + notes).joined(separator: " ") }

  /// The path gives way until all fits one line; where it would not be recognised then, until the statement does, with
  /// the notes on the next.
  private func shownPath(in width: Int) -> String {
    let room = width - label.columns - 4
    let rooms = [room - sentence.columns, room - statement.columns]
    return path.elidedAtStart(to: rooms.first { $0 >= leastPathColumns } ?? leisurelyPathColumns)
  }
}
