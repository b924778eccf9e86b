/// The objects in a YAML text, each by its lines: those of a document, and the elements of a list in it.
///
/// No parser: an object is a block of lines with a line `apiVersion:` in it, up to the first line that is indented less.
struct YAMLLines {
  private let text: [UInt8]
  private var position = 0
  /// Where the current document begins.
  private var documentStart = 0
  /// Whether the current document was taken already, and what follows are elements of its list.
  private var isInList = false

  init(_ text: [UInt8]) {
    self.text = text
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { (position, documentStart) = (3, 3) }
  }

  /// The lines of the next object, without the indentation that they share; nil when there is none. O(length) for all.
  mutating func nextObject() -> [UInt8]? {
    while position < text.count {
      let start = position
      let line = line(from: start)
      position = next(after: line)
      if isDocumentMark(line) { (documentStart, isInList) = (position, false) }
      guard let column = column(of: "apiVersion:", in: line), column > 0 || !isInList else { continue }
      let (block, end) = block(from: column == 0 ? documentStart : start, column)
      isInList = isInList || column == 0 && Self.hasLine(in: block, "items:")
      if column > 0 || !isInList { position = max(position, end) }
      return block
    }
    return nil
  }

  /// Whether `block` says in plain words that it is a Secret with data.
  static func isSecret(_ block: [UInt8]) -> Bool {
    hasLine(in: block, "kind: Secret", "kind: \"Secret\"", "kind: 'Secret'")
      && hasLine(in: block, "data:", "stringData:") && !hasLine(in: block, "data: {}")
  }

  private static func hasLine(in block: [UInt8], _ beginnings: String...) -> Bool {
    block.split(separator: 0x0A).contains { line in beginnings.contains { line.starts(with: $0.utf8) } }
  }

  /// The lines from `start` on that are indented by `column` at least, comments and empty lines among them, and where
  /// they end.
  private func block(from start: Int, _ column: Int) -> (lines: [UInt8], end: Int) {
    var block: [UInt8] = []
    var offset = start
    while offset < text.count {
      let line = line(from: offset)
      // The first line of a list's element begins with its dash.
      let isInside = offset == start || line.isEmpty || indent(of: line) >= column
      guard isInside, offset == start || !isDocumentMark(line) else { break }
      block += line.dropFirst(column)
      block.append(0x0A)
      offset = next(after: line)
    }
    return (block, offset)
  }

  /// The line that begins at `start`, without what ends it.
  private func line(from start: Int) -> ArraySlice<UInt8> {
    text[start...].prefix { $0 != 0x0A && $0 != 0x0D }
  }

  private func next(after line: ArraySlice<UInt8>) -> Int {
    let isPair = text[line.endIndex...].starts(with: [0x0D, 0x0A])
    return line.endIndex + (isPair ? 2 : 1)
  }

  private func indent(of line: ArraySlice<UInt8>) -> Int { line.prefix { $0 == 0x20 }.count }

  private func isDocumentMark(_ line: ArraySlice<UInt8>) -> Bool { line.starts(with: "---".utf8) }

  /// Where in `line` the member `name` begins, the dashes of lists before it passed over; nil when it does not.
  private func column(of name: String, in line: ArraySlice<UInt8>) -> Int? {
    let front = line.prefix { $0 == 0x20 || $0 == UInt8(ascii: "-") }
    return line.dropFirst(front.count).starts(with: name.utf8) ? front.count : nil
  }
}
