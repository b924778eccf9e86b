import VerificationModel

/// How wide text is, and its emphasis by ANSI escape sequences, or none at all: then the text holds no escape byte.
///
/// Applied to whole pieces of lines that are already laid out, so that sequences never count as columns.
struct Style: Sendable {
  /// Columns of a line unless told otherwise.
  static let defaultWidth = 80
  /// The most entries of a list on a terminal.
  static let listLimit = 20

  /// What a piece of text tells by its color.
  enum Tone {
    /// As it must be: green.
    case good
    /// As it must not be: red.
    case bad
  }

  /// Whether sequences are written.
  let color: Bool
  /// Columns of a line; `Int.max` where lines are whole, however long.
  let width: Int

  /// An emphasis for lines of so many columns.
  init(color: Bool, width: Int = Self.defaultWidth) {
    self.color = color
    self.width = max(width, Self.leastWidth)
  }

  /// The most entries of a list, however many of its limit a terminal shows: a pipe or a file gets all.
  func limit(_ limit: Int = Self.listLimit) -> Int { width == .max ? .max : limit }

  /// The line below a list that was cut on a terminal: what it leaves out, and how to see that.
  func cut(_ rest: String) -> String { "  … and \(rest): add '| less' to see all" }

  /// On narrower terminals tables can't be read, and are left to be wrapped by the terminal.
  private static let leastWidth = 60

  /// A heading.
  func bold(_ text: String) -> String { sgr("1", text) }

  /// What matters less than its surroundings.
  func dim(_ text: String) -> String { sgr("2", text) }

  /// The answer: green for a pass, red for all else.
  func verdict(_ verdict: Verdict, _ text: String) -> String { sgr(verdict == .pass ? "1;32" : "1;31", text) }

  /// A severity, or a heading of its findings: red, bold or not, then yellow, then blue, then dim.
  func severity(_ severity: Severity, _ text: String) -> String {
    switch severity {
    case .critical: sgr("1;31", text)
    case .high: sgr("31", text)
    case .medium: sgr("33", text)
    case .low: sgr("34", text)
    case .info: dim(text)
    }
  }

  /// A piece of text in its tone.
  func tone(_ tone: Tone?, _ text: String) -> String {
    switch tone {
    case .good: sgr("32", text)
    case .bad: sgr("31", text)
    case nil: text
    }
  }

  private func sgr(_ parameters: String, _ text: String) -> String {
    color ? "\u{1B}[\(parameters)m\(text)\u{1B}[0m" : text
  }
}
