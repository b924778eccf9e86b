/// JSON that is written member by member, byte by byte as `JSONText` has it, for what there may be very much of: an
/// encoder takes some fifty microseconds for a finding, this one or two.
///
/// Members come out in the order in which they are written.
struct JSONBuffer {
  /// What was written so far, in UTF-8.
  private(set) var bytes: [UInt8] = []
  private let layout: JSONText.Layout
  /// How many objects and arrays are open around what comes next, those of the caller included.
  private var depth: Int
  /// Whether something stands before what comes next in the innermost object or array.
  private var hasSibling = false
  /// Whether an object or array that was begun here is open.
  private var isOpen = false

  /// Nothing.
  ///
  /// - Parameter depth: how many objects and arrays are open around what is written.
  init(_ layout: JSONText.Layout, depth: Int = 0) {
    self.layout = layout
    self.depth = depth
  }

  /// Takes out all that was written, and keeps the memory.
  mutating func drain(_ body: (String) throws -> Void) rethrows {
    try body(String(decoding: bytes, as: UTF8.self))
    bytes.removeAll(keepingCapacity: true)
  }

  /// Whether enough was written to hand it on.
  var isFull: Bool { bytes.count >= Self.pieceBytes }

  private static let pieceBytes = 64 << 10

  /// Ends the line: what comes next has nothing to do with what was written.
  mutating func endLine() {
    bytes.append(UInt8(ascii: "\n"))
    hasSibling = false
  }

  // MARK: Values

  /// Adds what is JSON already, as it stands.
  mutating func raw(_ text: some Sequence<UInt8>) { bytes.append(contentsOf: text) }

  /// An element of an array, or the whole.
  mutating func value(_ text: String) {
    separate()
    quote(text)
  }

  /// An element that is an object.
  mutating func object(_ body: (inout JSONBuffer) throws -> Void) rethrows {
    separate()
    try enclose("{", "}", body)
  }

  // MARK: Members

  /// A member that is a string; none where there is no value.
  mutating func member(_ name: String, _ text: String?) {
    guard let text else { return }
    begin(name)
    quote(text)
  }

  /// A member that is text made printable; none where there is no value.
  mutating func member(_ name: String, _ text: PrintableText?) { member(name, text?.description) }

  /// A member that is a number; none where there is no value.
  mutating func member(_ name: String, _ number: (some BinaryInteger)?) {
    guard let number else { return }
    begin(name)
    bytes.append(contentsOf: String(number).utf8)
  }

  /// A member that is a truth; none where there is no value.
  mutating func member(_ name: String, _ truth: Bool?) {
    guard let truth else { return }
    begin(name)
    bytes.append(contentsOf: (truth ? "true" : "false").utf8)
  }

  /// A member that is a list of strings; none where there is no value.
  mutating func member(_ name: String, _ texts: [String]?) {
    guard let texts else { return }
    array(name) { json in for text in texts { json.value(text) } }
  }

  /// A member that is an object.
  mutating func object(_ name: String, _ body: (inout JSONBuffer) throws -> Void) rethrows {
    begin(name)
    try enclose("{", "}", body)
  }

  /// A member that is an array.
  mutating func array(_ name: String, _ body: (inout JSONBuffer) throws -> Void) rethrows {
    begin(name)
    try enclose("[", "]", body)
  }

  // MARK: Text

  private mutating func begin(_ name: String) {
    separate()
    quote(name)
    if layout == .indented { bytes.append(UInt8(ascii: " ")) }
    bytes.append(UInt8(ascii: ":"))
    if layout == .indented { bytes.append(UInt8(ascii: " ")) }
  }

  /// What stands between an element or member and what is before it.
  private mutating func separate() {
    if hasSibling { bytes.append(UInt8(ascii: ",")) }
    if isOpen || hasSibling { breakLine() }
    hasSibling = true
  }

  /// Begins a line, where there are lines.
  private mutating func breakLine() {
    guard layout == .indented else { return }
    bytes.append(UInt8(ascii: "\n"))
    for _ in 0..<2 * depth { bytes.append(UInt8(ascii: " ")) }
  }

  private mutating func enclose(
    _ opening: Unicode.Scalar, _ closing: Unicode.Scalar, _ body: (inout JSONBuffer) throws -> Void
  ) rethrows {
    let wasOpen = isOpen
    bytes.append(UInt8(ascii: opening))
    depth += 1
    (isOpen, hasSibling) = (true, false)
    try body(&self)
    // What is empty has an empty line in it, as encoders have it.
    if !hasSibling, layout == .indented { bytes.append(UInt8(ascii: "\n")) }
    depth -= 1
    (isOpen, hasSibling) = (wasOpen, true)
    breakLine()
    bytes.append(UInt8(ascii: closing))
  }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    // Sound: the buffer is read inside the call that lends it.
    let isPlain = unsafe text.utf8.withContiguousStorageIfAvailable { buffer in
      guard unsafe !buffer.contains(where: Self.isEscaped) else { return false }
      unsafe bytes.append(contentsOf: buffer)
      return true
    }
    if isPlain != true { for byte in text.utf8 { escape(byte) } }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
    case 0x08: bytes += "\\b".utf8
    case 0x09: bytes += "\\t".utf8
    case 0x0A: bytes += "\\n".utf8
    case 0x0C: bytes += "\\f".utf8
    case 0x0D: bytes += "\\r".utf8
    case ..<0x20: bytes += "\\u00\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16))".utf8
    default: bytes.append(byte)
    }
  }
}
