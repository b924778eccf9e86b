import Foundation

/// A call of `atrest` in a `console` block of a document, and what stands below it.
struct ConsoleExample: Sendable, CustomStringConvertible {
  /// The document's path.
  let document: String
  /// What follows `$ `.
  let command: String
  /// Where in the document the output stands.
  let outputLines: Range<Int>
  let output: Excerpt
  /// What `echo $?` prints after it, where the document shows that, and on which line.
  let status: (value: Int32, line: Int)?

  var description: String { "\(document): \(command)" }

  /// Whether it needs what the examples before it have left behind.
  var isAboutCase: Bool { command.hasPrefix("atrest case ") }

  /// Whether the times that it prints are those of snapshots, and not that of the call.
  private var hasTimesOfSnapshots: Bool { isAboutCase || command.hasPrefix("atrest diff ") }

  /// Makes the call in `directory`. Text is printed as for a terminal of 80 columns, and the time of a report as a fixed
  /// one.
  func call(in directory: URL = Program.repository) async throws -> Call {
    guard !arguments.contains("json"), !arguments.contains("ndjson") else {
      return try await Call.atrest(arguments, in: directory)
    }
    let call = try await Call.atrest(
      arguments, environment: ["NO_COLOR": "1"], in: directory, on: Terminal(columns: 80))
    return Call(
      status: call.status, output: (hasTimesOfSnapshots ? call.output : call.timeless).replacing("\r\n", with: "\n"),
      errors: call.errors)
  }

  /// The words after `atrest`.
  var arguments: [String] {
    command.split(separator: " ").dropFirst().map { $0.trimmingCharacters(in: ["'"]) }
  }

  /// The examples of `document`, in order.
  static func all(in document: Document) -> [ConsoleExample] {
    document.blocks.filter { $0.language == "console" }.flatMap { block in
      let starts = block.lines.filter { document.lines[$0].hasPrefix("$ ") }
      let ends = starts.dropFirst() + [block.lines.upperBound]
      let calls = zip(starts, ends).map { (command: document.lines[$0].dropFirst(2), output: $0 + 1..<$1) }
      return calls.indices.filter { calls[$0].command.hasPrefix("atrest ") }.map { index in
        let next = calls.dropFirst(index + 1).first.flatMap { $0.command == "echo $?" ? $0.output.first : nil }
        return ConsoleExample(
          document: document.path, command: String(calls[index].command), outputLines: calls[index].output,
          output: Excerpt(lines: Array(document.lines[calls[index].output])),
          status: next.flatMap { line in Int32(document.lines[line]).map { ($0, line) } })
      }
    }
  }
}
