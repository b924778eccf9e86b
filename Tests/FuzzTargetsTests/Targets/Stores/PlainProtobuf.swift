/// Protobuf (protobuf.dev, "Encoding") read byte by byte: slow, and easy to believe.
enum PlainProtobuf {
  struct Field {
    let number: UInt64
    let wireType: UInt64
    /// The number, of wire type 0.
    var value: UInt64 = 0
    /// The bytes, of wire type 2.
    var range = 0..<0
  }

  /// The fields of a message; nil where it is none.
  static func fields(_ bytes: [UInt8]) -> [Field]? {
    var fields: [Field] = []
    var position = 0
    while position < bytes.count {
      guard let tag = varint(bytes, &position) else { return nil }
      var field = Field(number: tag / 8, wireType: tag % 8)
      guard (1...0x1FFF_FFFF).contains(field.number) else { return nil }
      switch field.wireType {
      case 0:
        guard let value = varint(bytes, &position) else { return nil }
        field.value = value
      case 1, 5:
        position += field.wireType == 1 ? 8 : 4
        guard position <= bytes.count else { return nil }
      case 2:
        guard let length = varint(bytes, &position), length <= UInt64(bytes.count - position) else { return nil }
        field.range = position..<position + Int(length)
        position += Int(length)
      default: return nil
      }
      fields.append(field)
    }
    return fields
  }

  private static func varint(_ bytes: [UInt8], _ position: inout Int) -> UInt64? {
    var value: UInt64 = 0
    for group in 0..<10 {
      guard position < bytes.count else { return nil }
      let byte = bytes[position]
      position += 1
      if group == 9, byte > 1 { return nil }
      value |= UInt64(byte & 0x7F) << (7 * UInt64(group))
      if byte < 0x80 { return value }
    }
    return nil
  }
}
