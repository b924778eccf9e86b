import Foundation

/// A Swift file of `Sources`, as far as names tell of it.
struct SourceFile: Sendable {
  /// Where it is, from `Sources`.
  let path: String
  /// The words of each line, without comments and what stands in quotation marks.
  let lines: [[Substring]]
  /// The modules that it imports.
  let imports: Set<Substring>
  /// The types that it declares outside of all others.
  let types: Set<Substring>
  /// All that it declares, and the types that it extends.
  let declarations: Set<Substring>

  /// All of them, by path.
  static let all: [SourceFile] = {
    let sources = Program.repository.appending(path: "Sources").path(percentEncoded: false)
    let files = FileManager.default.enumerator(atPath: sources)?.compactMap { $0 as? String } ?? []
    return files.filter { $0.hasSuffix(".swift") }.sorted().map(SourceFile.init)
  }()

  /// Those of one target.
  static func all(of target: String) -> [SourceFile] { all.filter { $0.path.hasPrefix("\(target)/") } }

  private static let typeWords: Set<Substring> = ["struct", "class", "enum", "actor", "protocol"]
  private static let declaringWords = typeWords.union(["extension", "func", "var", "let", "case", "typealias"])

  /// What may stand before the word `import`.
  private static let importingWords: Set<Substring> = ["public", "package", "internal", "private", "testable"]

  private init(_ path: String) {
    self.path = path
    var lines: [[Substring]] = []
    var imports: Set<Substring> = []
    var types: Set<Substring> = []
    var declarations: Set<Substring> = []
    for line in Document("Sources/\(path)").lines {
      let words = Self.words(of: line)
      lines.append(words)
      if Set(words.prefix { $0 != "import" }).isSubset(of: Self.importingWords), words.contains("import"),
        let name = words.last
      {
        imports.insert(name)
      }
      for (word, name) in zip(words, words.dropFirst()) where Self.declaringWords.contains(word) {
        declarations.insert(name)
        if Self.typeWords.contains(word), !line.hasPrefix(" ") { types.insert(name) }
      }
    }
    (self.lines, self.imports, self.types, self.declarations) = (lines, imports, types, declarations)
  }

  private static func words(of line: String) -> [Substring] {
    guard !line.utf8.drop(while: { $0 == UInt8(ascii: " ") }).starts(with: "//".utf8) else { return [] }
    let unquoted = line.utf8.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
    return unquoted.enumerated().filter { $0.offset % 2 == 0 }.flatMap { part in
      part.element.split { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): false
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): false
        default: true
        }
      }.map(Substring.init)
    }
  }

  /// The folder in its target; empty where it lies in none.
  var folder: String {
    let parts = path.split(separator: "/")
    return parts.count > 2 ? String(parts[1]) : ""
  }
}
