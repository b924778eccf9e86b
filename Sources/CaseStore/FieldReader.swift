import ByteViews

/// Takes the fields of a record apart that ``FieldWriter`` put together. Throws ``CaseError/damaged(_:)`` where they are not
/// whole, with what the record is.
struct FieldReader: ~Escapable {
  private let bytes: RawSpan
  private var position = 0
  private let what: String

  /// The fields of `bytes`, which are `what`.
  @_lifetime(copy bytes)
  init(_ bytes: RawSpan, _ what: String) {
    self.bytes = bytes
    self.what = what
  }

  var damage: CaseError { .damaged("\(what) can't be read") }

  mutating func integer<Integer: FixedWidthInteger>(_ type: Integer.Type = Integer.self) throws(CaseError) -> Integer {
    let size = Integer.bitWidth / 8
    guard bytes.byteCount - position >= size else { throw damage }
    let value = bytes.bigEndian(at: position, as: type)
    position += size
    return value
  }

  mutating func flag() throws(CaseError) -> Bool {
    switch try integer(UInt8.self) {
    case 0: false
    case 1: true
    default: throw damage
    }
  }

  mutating func piece() throws(CaseError) -> [UInt8] { try piece(of: Int(integer(UInt32.self))) }

  mutating func piece(of count: Int) throws(CaseError) -> [UInt8] {
    guard bytes.byteCount - position >= count else { throw damage }
    defer { position += count }
    return [UInt8](copying: bytes.extracting(position..<position + count))
  }

  mutating func text() throws(CaseError) -> String {
    guard let text = String(validating: try piece(), as: UTF8.self) else { throw damage }
    return text
  }

  mutating func optional<Value>(
    _ read: (inout FieldReader) throws(CaseError) -> Value
  ) throws(CaseError) -> Value? {
    try flag() ? try read(&self) : nil
  }

  mutating func list<Element>(
    _ read: (inout FieldReader) throws(CaseError) -> Element
  ) throws(CaseError) -> [Element] {
    let count = Int(try integer(UInt32.self))
    // Each has at least a byte.
    guard count <= bytes.byteCount - position else { throw damage }
    var list: [Element] = []
    list.reserveCapacity(count)
    for _ in 0..<count { list.append(try read(&self)) }
    return list
  }

  /// Throws unless all was taken.
  func end() throws(CaseError) {
    guard position == bytes.byteCount else { throw damage }
  }
}

extension RawSpan {
  /// The integer at `offset`, which lies inside, its highest byte first.
  func bigEndian<Integer: FixedWidthInteger>(at offset: Int, as type: Integer.Type = Integer.self) -> Integer {
    var value: Integer = 0
    for place in 0..<Integer.bitWidth / 8 {
      value = (Integer.bitWidth == 8 ? 0 : value << 8) | Integer(truncatingIfNeeded: byte(at: offset + place))
    }
    return value
  }
}
