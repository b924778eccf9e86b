import SnapshotVerification

/// Emphasis by ANSI escape sequences, or none at all: then the text holds no escape byte.
///
/// Applied to whole pieces of lines that are already laid out, so that sequences never count as columns.
struct Style: Sendable {
  /// Whether sequences are written.
  let color: Bool

  /// A heading.
  func bold(_ text: String) -> String { sgr("1", text) }

  /// What matters less than its surroundings.
  func dim(_ text: String) -> String { sgr("2", text) }

  /// The answer: green for a pass, red for all else.
  func verdict(_ verdict: Verdict, _ text: String) -> String { sgr(verdict == .pass ? "1;32" : "1;31", text) }

  private func sgr(_ parameters: String, _ text: String) -> String {
    color ? "\u{1B}[\(parameters)m\(text)\u{1B}[0m" : text
  }
}
