/// Walks one CBOR data item (RFC 8949) token by token and checks it on the way. Nothing is copied.
///
/// Tags are passed over, but for the one of `CBORString.expectsLaterEncoding`. Keys are strings, as they are in JSON;
/// text need not be UTF-8. Open containers are kept in an array of at most `maximumDepth` elements, so that no value can
/// exhaust the stack, and no length that a value states is allocated.
struct CBORReader: ~Escapable {
  /// How many arrays and maps may lie inside each other.
  static let maximumDepth = 128

  private let bytes: RawSpan
  /// Offset of the next unread byte.
  private(set) var position = 0
  private var containers: [Container] = []
  private var isDone = false

  private struct Container {
    let isMap: Bool
    /// How many items are to come, keys and values each counted; nil up to a break.
    var remaining: UInt64?
    /// Whether the next item of a map is a key.
    var expectsKey: Bool
  }

  /// A reader at the start of `bytes`.
  @_lifetime(copy bytes)
  init(_ bytes: RawSpan) {
    self.bytes = bytes
  }

  /// How many arrays and maps are open.
  var depth: Int { containers.count }

  /// The next token; nil after the top-level item, whatever follows it. Amortized O(1), but for tags and chunks.
  mutating func next() throws(SyntaxError) -> CBORToken? {
    guard !isDone else { return nil }
    if let container = containers.last, container.remaining == 0 { return close(container) }
    var head = try CBORHead(in: bytes, at: position)
    if head.isBreak { return try closeIndefinite(at: head) }
    var expectsLaterEncoding = false
    while head.major == 6 {
      // 21, 22, 23: base64url, base64, base16.
      expectsLaterEncoding = expectsLaterEncoding || (21...23).contains(head.argument)
      head = try CBORHead(in: bytes, at: head.end)
    }
    if let container = containers.last, container.expectsKey {
      guard head.major == 2 || head.major == 3 else { throw SyntaxError(.invalidKey, at: head.start) }
    }
    return try read(head, expectsLaterEncoding: expectsLaterEncoding)
  }

  private mutating func read(_ head: CBORHead, expectsLaterEncoding: Bool) throws(SyntaxError) -> CBORToken {
    switch head.major {
    case 2, 3:
      let string = try readString(head, expectsLaterEncoding: expectsLaterEncoding)
      let isKey = containers.last?.expectsKey ?? false
      itemEnds()
      return isKey ? .key(string) : .string(string)
    case 4:
      return try open(head, isMap: false)
    case 5:
      return try open(head, isMap: true)
    case 7:
      try checkSimpleValue(head)
    default:
      break
    }
    position = head.end
    itemEnds()
    return head.major == 7 && head.information == 22 ? .null : .other
  }

  /// RFC 8949 §3.3: a simple value below 32 has no byte of its own; 25 … 27 are floats.
  private func checkSimpleValue(_ head: CBORHead) throws(SyntaxError) {
    guard !head.isBreak, head.information != 24 || head.argument >= 32 else {
      throw SyntaxError(.unexpectedByte, at: head.start)
    }
  }

  private mutating func open(_ head: CBORHead, isMap: Bool) throws(SyntaxError) -> CBORToken {
    guard depth < Self.maximumDepth else { throw SyntaxError(.tooDeep, at: head.start) }
    var remaining: UInt64?
    if !head.isIndefinite {
      // Every item has at least one byte; with that, doubling can't overflow either.
      let room = UInt64(bytes.byteCount - head.end)
      guard head.argument <= (isMap ? room / 2 : room) else { throw SyntaxError(.truncated, at: head.start) }
      remaining = isMap ? head.argument * 2 : head.argument
    }
    position = head.end
    containers.append(Container(isMap: isMap, remaining: remaining, expectsKey: isMap))
    return isMap ? .mapStart : .arrayStart
  }

  private mutating func closeIndefinite(at head: CBORHead) throws(SyntaxError) -> CBORToken {
    guard let container = containers.last, container.remaining == nil, !container.isMap || container.expectsKey else {
      throw SyntaxError(.unexpectedByte, at: head.start)
    }
    position = head.end
    return close(container)
  }

  private mutating func close(_ container: Container) -> CBORToken {
    containers.removeLast()
    itemEnds()
    return container.isMap ? .mapEnd : .arrayEnd
  }

  /// Counts an item in its container.
  private mutating func itemEnds() {
    guard var container = containers.popLast() else {
      isDone = true
      return
    }
    if let remaining = container.remaining { container.remaining = remaining - 1 }
    if container.isMap { container.expectsKey.toggle() }
    containers.append(container)
  }

  private mutating func readString(_ head: CBORHead, expectsLaterEncoding: Bool) throws(SyntaxError) -> CBORString {
    let content: Range<Int>
    if head.isIndefinite {
      content = head.end..<(try endOfChunks(head))
      position = content.upperBound + 1
    } else {
      content = try head.content(in: bytes)
      position = content.upperBound
    }
    return CBORString(
      content: content, isChunked: head.isIndefinite, isText: head.major == 3,
      expectsLaterEncoding: expectsLaterEncoding)
  }

  /// Offset of the break behind the chunks, each a string of the same major type and definite length (RFC 8949 §3.2.3).
  private func endOfChunks(_ head: CBORHead) throws(SyntaxError) -> Int {
    var chunk = try CBORHead(in: bytes, at: head.end)
    while !chunk.isBreak {
      guard chunk.major == head.major, !chunk.isIndefinite else {
        throw SyntaxError(.unexpectedByte, at: chunk.start)
      }
      chunk = try CBORHead(in: bytes, at: chunk.content(in: bytes).upperBound)
    }
    return chunk.start
  }
}
