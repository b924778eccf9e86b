/// How the lines of a text that is read count in the file.
package enum LineNumbering {
  /// The text is the file, or stands in it line for line, behind so many lines.
  case behind(Int)
  /// The text was decoded from one line of the file.
  case decoded(line: Int)

  /// The text is the file.
  package static let file = LineNumbering.behind(0)

  /// The place in the file of what stands in `line` of the text.
  package func place(_ line: Int, path: String = "") -> YAMLPlace {
    switch self {
    case .behind(let count): YAMLPlace(line: count + line, path: path)
    case .decoded(let fileLine): YAMLPlace(line: fileLine, decodedLine: line, path: path)
    }
  }
}
