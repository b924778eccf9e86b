/// Puts fields together to a record: integers big-endian, texts and bytes behind their length of 4 bytes, what may be missing
/// behind a byte that is 1 or 0.
struct FieldWriter {
  private(set) var bytes: [UInt8] = []

  mutating func put(_ integer: some FixedWidthInteger) { bytes.append(bigEndian: integer) }

  mutating func put(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

  mutating func put(_ text: String) { put(Array(text.utf8)) }

  mutating func put(_ piece: [UInt8]) {
    put(UInt32(piece.count))
    bytes += piece
  }

  mutating func put<Value>(_ value: Value?, _ put: (inout FieldWriter, Value) -> Void) {
    self.put(value != nil)
    if let value { put(&self, value) }
  }

  mutating func put<Element>(each list: [Element], _ put: (inout FieldWriter, Element) -> Void) {
    self.put(UInt32(list.count))
    for element in list { put(&self, element) }
  }
}

extension [UInt8] {
  /// Adds the bytes of an integer, the highest first.
  mutating func append<Integer: FixedWidthInteger>(bigEndian integer: Integer) {
    // Sound: the bytes of an integer are read inside the call that lends them.
    unsafe Swift.withUnsafeBytes(of: integer.bigEndian) { unsafe append(contentsOf: $0) }
  }

  /// Writes the bytes of an integer over those from `offset` on, which are there.
  mutating func replace(at offset: Int, bigEndian integer: some FixedWidthInteger) {
    for place in 0..<integer.bitWidth / 8 {
      self[offset + place] = UInt8(truncatingIfNeeded: integer >> (integer.bitWidth - 8 - 8 * place))
    }
  }
}
