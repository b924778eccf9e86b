import ByteViews
import KubernetesStorage
import Yams

/// The documents of a text.
///
/// Yams quotes the text in its errors; from them only positions and the parser's own fixed sentences are taken.
package struct YAMLDocuments {
  /// An EncryptionConfiguration with a thousand keys has a tenth of it, the state file of an RKE cluster a third.
  package static let maximumByteCount = 1 << 20
  /// An alias may stand in what another one repeats; of n aliases, e to the power of n/e copies can be made.
  static let maximumAliases = 16
  /// More documents than these are not looked at.
  static let maximumDocuments = 100

  /// The outermost values of the documents, in order, those that are empty included; never empty itself.
  package private(set) var roots: [YAMLValue] = []
  /// Why the text can't be read to its end, when its first document can.
  package private(set) var fault: YAMLFault?

  /// Reads `text`, whose lines count in the file as `numbering` says. O(n).
  ///
  /// Throws when the first document can't be read: an API server reads no further one.
  package init(_ text: String, _ numbering: LineNumbering) throws(YAMLFault) {
    if text.first(where: { !$0.isWhitespace }) == "{" {
      // The JSON decoder, not the YAML one, gets what begins with a brace (apimachinery pkg/util/yaml, IsJSONBuffer).
      try Self.checkJSON(text, numbering)
    } else {
      try Self.checkAliases(in: text, numbering)
    }
    do {
      let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
      while roots.count < Self.maximumDocuments, let root = try parser.nextRoot() {
        roots.append(YAMLValue(root, numbering))
      }
    } catch let error as YamlError {
      fault = YAMLFault(error, in: text, numbering)
    } catch {
      fault = YAMLFault(.notYAML, at: numbering.place(1), "the text can't be read as YAML")
    }
    guard roots.isEmpty else { return }
    throw fault ?? YAMLFault(.empty, at: numbering.place(1), "the file holds nothing but comments")
  }

  /// The text of a file, without a byte order mark, which YAML parsers pass over.
  ///
  /// - Parameter kind: what the file is meant to be, with its article: `an EncryptionConfiguration`.
  package static func text(of bytes: [UInt8], kind: String) throws(YAMLFault) -> String {
    guard !bytes.isEmpty else { throw YAMLFault(.empty, at: .start, "the file is empty") }
    guard bytes.count <= maximumByteCount else {
      throw YAMLFault(
        .tooLarge, at: .start, "the file is larger than 1 MiB, and \(kind) never is")
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw YAMLFault(.notUTF8, at: .start, "the text is UTF-16: save it as UTF-8")
    }
    guard !bytes.prefix(4096).contains(0) else {
      throw YAMLFault(.notUTF8, at: .start, "the file is binary: \(kind) is YAML or JSON")
    }
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    guard let text = String(validating: content, as: UTF8.self) else {
      let lines = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let line = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
      throw YAMLFault(.notUTF8, at: LineNumbering.file.place(line + 1), "the text is not UTF-8")
    }
    return text
  }

  private static func checkJSON(_ text: String, _ numbering: LineNumbering) throws(YAMLFault) {
    let bytes = Array(text.utf8)
    guard let offset = JSONSyntax.firstFault(in: bytes.rawSpan) else { return }
    let line = bytes.prefix(offset).count { $0 == UInt8(ascii: "\n") } + 1
    throw YAMLFault(
      .notJSON, at: numbering.place(line),
      "a text that begins with '{' is read as JSON, and what stands here is not JSON: look for a comma too many or too "
        + "few, single quotes, missing quotes, a comment, or more text behind the last '}'")
  }

  private static func checkAliases(in text: String, _ numbering: LineNumbering) throws(YAMLFault) {
    let aliases = YAMLAliases(in: text)
    if let line = aliases.compoundMemberLine, !aliases.lines.isEmpty {
      throw YAMLFault(
        .tooManyAliases, at: numbering.place(line),
        "the file has aliases ('*name'), and the name of a member here is not plain text: write out what the aliases "
          + "stand for")
    }
    if aliases.lines.count > maximumAliases {
      throw YAMLFault(
        .tooManyAliases, at: numbering.place(aliases.lines[maximumAliases]),
        "the file has more than \(maximumAliases) aliases ('*name'): write out what they stand for")
    }
  }
}

extension YAMLFault {
  /// What a parser's error says without the text it quotes. The problems of libyaml are fixed sentences.
  fileprivate init(_ error: YamlError, in text: String, _ numbering: LineNumbering) {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let line = Self.line(context, mark)
      self.init(line == mark.line ? problem : "\(problem) by line \(mark.line)", at: numbering.place(line))
    case .reader(let problem, let offset, _, _):
      // The offset counts characters, of which a carriage return and a line feed are one.
      let line = offset.map { text.prefix($0).count(where: \.isNewline) + 1 } ?? 1
      self.init(.notYAML, at: numbering.place(line), problem)
    case .duplicatedKeysInMapping(let names, let context):
      let name = names.first.map { QuotableText($0).description } ?? "a member"
      self.init(
        .duplicateMember, at: numbering.place(context.mark.line),
        "\(name), which begins here, stands in its mapping twice")
    default:
      self.init(.notYAML, at: numbering.place(1), "the text can't be read as YAML")
    }
  }

  /// What libyaml's `problem` says, and what most often is behind it.
  private init(_ problem: String, at place: YAMLPlace) {
    if problem.hasPrefix("Maximum nesting level") {
      self.init(.tooDeep, at: place, "collections lie more than a thousand deep in one another")
      return
    }
    let advice = Self.advice.first { problem.hasPrefix($0.problem) }.map { ": \($0.advice)" } ?? ""
    self.init(.notYAML, at: place, "this is not YAML: \(problem)\(advice)")
  }

  private static let advice = [
    (problem: "did not find expected alphabetic", advice: "put a name that begins with '*', '&' or '!' in quotes"),
    (problem: "found character that cannot start any token", advice: "is there a tab? Indent with spaces"),
    (problem: "could not find expected ':'", advice: "a name takes a colon and a space behind it"),
    (problem: "did not find expected key", advice: "look at the indentation of this line and of those before"),
    (problem: "mapping values are not allowed", advice: "look at the indentation of this line and of those before"),
    (problem: "did not find expected '-'", advice: "look at the indentation of this line and of those before"),
    (problem: "found unexpected end of stream", advice: "a quote that begins here is not closed"),
    (problem: "did not find expected ','", advice: "a bracket that begins here is not closed, or a comma is missing"),
  ]

  /// The line of what is wrong: where a name, a quoted text, or a list or mapping in brackets begins that does not end as
  /// it must; else where the parser stopped (libyaml, scanner.c and parser.c: contexts).
  private static func line(_ context: YamlError.Context?, _ mark: Mark) -> Int {
    let beginnings = [
      "while scanning a simple key", "while scanning a quoted scalar", "while parsing a flow sequence",
      "while parsing a flow mapping",
    ]
    guard let context, beginnings.contains(context.text) else { return mark.line }
    return context.mark.line
  }
}
