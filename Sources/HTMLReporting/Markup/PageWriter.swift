import Mustache

/// Writes a page, piece by piece.
struct PageWriter {
  private let templates: [PageTemplate: MustacheTemplate]
  private let send: (String) throws -> Void
  private var buffer = MarkupBuffer()

  /// Bytes that are handed on at once.
  private static let pieceBytes = 64 << 10

  /// A writer that hands pieces to `send`.
  ///
  /// Throws when a template can't be read.
  init(to send: @escaping (String) throws -> Void) throws {
    templates = try PageTemplate.parsed.get()
    self.send = send
  }

  /// Writes a template with what it is filled with.
  mutating func write(_ template: PageTemplate, _ filling: Filling) throws {
    try write { [templates] in $0.append(markup: templates[template]?.render(filling) ?? "") }
  }

  /// Writes what `body` adds to the buffer.
  mutating func write(_ body: (inout MarkupBuffer) -> Void) throws {
    body(&buffer)
    if buffer.count >= Self.pieceBytes { try flush() }
  }

  /// Hands on what waits.
  mutating func flush() throws {
    if buffer.count > 0 { try send(buffer.take()) }
  }
}
