import Foundation

/// A Markdown file of the repository.
struct Document: Sendable, CustomStringConvertible {
  /// Where it is, from the repository's directory.
  let path: String
  /// Its lines, without line breaks.
  var lines: [String]

  /// Fenced lines.
  struct Block: Sendable {
    /// What the opening fence names, such as `console`.
    let language: String
    /// The lines between the fences.
    let lines: Range<Int>
  }

  /// The document at `path`; without lines when it can't be read.
  init(_ path: String) {
    self.path = path
    let text = try? String(contentsOf: Program.repository.appending(path: path), encoding: .utf8)
    lines = text.map { $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) } ?? []
  }

  /// The directory of the chapters.
  static let catalog = "Sources/atrest/Documentation.docc"

  /// The chapters, by name.
  static let chapters: [Document] = {
    let directory = Program.repository.appending(path: catalog).path(percentEncoded: false)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return names.filter { $0.hasSuffix(".md") }.sorted().map { Document("\(catalog)/\($0)") }
  }()

  /// What people read: the pages beside what they are about, and the chapters.
  static let all =
    ["README.md", "samples/README.md", "samples/fleet/README.md", "Benchmarks/README.md"].map(Document.init) + chapters

  var description: String { path }

  /// The file's name without its extension: what links between chapters name.
  var name: String { URL(filePath: path).deletingPathExtension().lastPathComponent }

  var text: String { lines.joined(separator: "\n") }

  /// Its fenced blocks, in order.
  var blocks: [Block] {
    var blocks: [Block] = []
    var open: (language: String, start: Int)?
    for (number, line) in lines.enumerated() where line.hasPrefix("```") {
      if let block = open {
        blocks.append(Block(language: block.language, lines: block.start..<number))
        open = nil
      } else {
        open = (String(line.dropFirst(3)), number + 1)
      }
    }
    return blocks
  }

  /// The chapters that it links to.
  var chapterLinks: [String] { text.matches(of: /<doc:([A-Za-z]+)(?:#[^>]*)?>/).map { String($0.output.1) } }

  /// The files that it links to, from its own directory.
  var fileLinks: [String] {
    text.matches(of: /\]\(([^)#]+)\)/).map { String($0.output.1) }.filter { !$0.contains("://") }
  }

  /// Writes the lines to the file.
  func save() throws {
    try text.write(to: Program.repository.appending(path: path), atomically: true, encoding: .utf8)
  }
}
