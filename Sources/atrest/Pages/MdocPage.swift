/// A manual page while it is written, in mdoc(7): what man(1) of Linux, the BSDs and macOS reads.
struct MdocPage {
  /// The source so far.
  private(set) var source = ""

  /// The widest line of source.
  private static let width = 78

  /// Writes the macro `name` with `words`, each one argument.
  mutating func macro(_ name: String, _ words: String...) { line(([".\(name)"] + words).joined(separator: " ")) }

  /// Writes `text` as it stands; it must be escaped.
  mutating func line(_ text: String) { source += text + "\n" }

  /// Writes prose: each sentence begins a line, and lines are broken where they are too long.
  mutating func prose(_ text: String) {
    for sentence in Self.sentences(of: text) {
      var row = ""
      for word in sentence.split(separator: " ").map({ Self.escaped(String($0)) }) {
        if !row.isEmpty, row.utf8.count + 1 + word.utf8.count > Self.width {
          line(Self.guarded(row))
          row = ""
        }
        row += row.isEmpty ? word : " " + word
      }
      if !row.isEmpty { line(Self.guarded(row)) }
    }
  }

  /// Writes lines that are shown as they stand.
  mutating func literal(_ lines: [String]) {
    macro("Bd", "-literal", "-offset", "indent")
    for text in lines { line(Self.guarded(Self.escaped(text))) }
    macro("Ed")
  }

  /// Writes what the lines of `text` are: paragraphs, lists of a term and what it means, and lines that are shown as
  /// they stand.
  mutating func blocks(_ text: String) {
    var isFirst = true
    for block in Self.paragraphs(of: text) {
      if let rows = Self.terms(in: block) {
        list(of: rows)
      } else if block.contains(where: { $0.hasPrefix(" ") }) {
        literal(Self.dedented(block))
      } else {
        if !isFirst { macro("Pp") }
        prose(block.joined(separator: " "))
      }
      isFirst = false
    }
  }

  /// Writes a list of terms and what they mean.
  private mutating func list(of rows: [(term: String, meaning: String)]) {
    macro("Bl", "-tag", "-width", "Ds")
    for row in rows {
      macro("It", Self.argument(row.term))
      prose(row.meaning)
    }
    macro("El")
  }

  /// `text` as arguments of a macro: what could be taken for another macro or for punctuation is not.
  static func argument(_ text: String) -> String {
    text.split(separator: " ").map { word in
      let isSpecial = word.wholeMatch(of: /[A-Z][A-Za-z]{0,2}|[.,:;()\[\]?!|]/) != nil
      return (isSpecial ? "\\&" : "") + escaped(String(word))
    }.joined(separator: " ")
  }

  /// `text` with each character meaning itself: dashes and quotation marks are those that a shell reads.
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "\\": "\\e"
      case "-": "\\-"
      case "'": "\\(aq"
      case "`": "\\(ga"
      case "^": "\\(ha"
      case "~": "\\(ti"
      case "\"": "\\(dq"
      default: scalar.isASCII ? String(scalar) : "\\[u\(Self.hex(scalar))]"
      }
    }.joined()
  }

  private static func hex(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// A line that begins with a period is not a macro.
  private static func guarded(_ line: String) -> String { line.hasPrefix(".") ? "\\&\(line)" : line }

  /// The sentences of `text`: each ends with a mark that is followed by a space and a capital letter.
  private static func sentences(of text: String) -> [String] {
    var sentences = [""]
    var words = text.split(separator: " ")[...]
    while let word = words.popFirst() {
      let isFirst = sentences[sentences.count - 1].isEmpty
      sentences[sentences.count - 1] += (isFirst ? "" : " ") + word
      let isEnd = [".", "?", "!", ".)"].contains { word.hasSuffix($0) }
      if isEnd, words.first?.first(where: \.isLetter)?.isUppercase == true { sentences.append("") }
    }
    return sentences.filter { !$0.isEmpty }
  }

  /// Lines without an empty one between them.
  private static func paragraphs(of text: String) -> [[String]] {
    text.split(separator: "\n", omittingEmptySubsequences: false).split { $0.isEmpty }.map { $0.map(String.init) }
  }

  /// The lines without the indentation that all of them have.
  private static func dedented(_ lines: [String]) -> [String] {
    let indentation = lines.map { $0.prefix { $0 == " " }.count }.min() ?? 0
    return lines.map { String($0.dropFirst(indentation)) }
  }

  /// The terms at the beginning of lines, and what stands two spaces or more behind them; nil where it isn't so.
  private static func terms(in lines: [String]) -> [(term: String, meaning: String)]? {
    var rows: [(term: String, meaning: String)] = []
    for line in dedented(lines) {
      if line.hasPrefix(" ") {
        guard !rows.isEmpty else { return nil }
        rows[rows.count - 1].meaning += " " + line.drop { $0 == " " }
      } else {
        guard let match = line.wholeMatch(of: /(\S+(?: \S+)*)  +(\S.*)/) else { return nil }
        rows.append((String(match.1), String(match.2)))
      }
    }
    return rows
  }
}
