import VerificationModel

/// What a command answers about a case, in each format.
///
/// The first line of the text has the answer. Values, and digests of them, never appear; names only as ``PrintableText``,
/// or lossless in a form of their own.
package struct CaseReport: Sendable {
  private let answer: any CaseAnswer

  init(_ answer: any CaseAnswer) { self.answer = answer }

  /// The text for people.
  ///
  /// - Parameters:
  ///   - color: whether ANSI escape sequences mark the answer and headings; without them there is no escape byte.
  ///   - isQuiet: whether only the first line is written: then on one line, the path in full.
  ///   - width: columns of a line; `Int.max`: lines are whole, however long, as pipes and files get them.
  package func text(color: Bool = false, isQuiet: Bool = false, width: Int = 80) -> String {
    let style = Style(color: color, width: width)
    guard !isQuiet else { return answer.headline.line(style) + "\n" }
    let sections = [answer.headline.lines(style)] + answer.sections(style)
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  /// One JSON document, indented, its members in alphabetical order, with a newline at the end.
  ///
  /// - Parameter duration: how long the call took.
  /// - Throws: `EncodingError`.
  package func json(invocation: Invocation, duration: Duration) throws -> String {
    try Self.document(answer, invocation, duration)
  }

  /// One JSON object per line, each with a `type`: one `start`; one for each entry of the answer's lists; one `end`, which
  /// has the members of the document that are no lists.
  ///
  /// - Parameter duration: how long the call took.
  /// - Throws: `EncodingError`.
  package func ndjson(invocation: Invocation, duration: Duration) throws -> String {
    let start = try Self.line("start", CaseStartRecord(invocation))
    let entries = try answer.lists.flatMap { list in try list.records.map { try Self.line(list.type, $0) } }
    return start + entries.joined() + (try Self.end(answer, duration))
  }

  private static func document(
    _ answer: some CaseAnswer, _ invocation: Invocation, _ duration: Duration
  ) throws -> String {
    try JSONText.document(of: CaseDocumentRecord(answer, invocation: invocation, duration: duration)) + "\n"
  }

  private static func end(_ answer: some CaseAnswer, _ duration: Duration) throws -> String {
    try line("end", CaseEndRecord(answer, duration: duration))
  }

  private static func line(_ type: String, _ record: some Encodable) throws -> String {
    try JSONText.line(of: TypedRecord(type: type, record: record)) + "\n"
  }
}
