/// Whether bytes are well-formed CBOR (RFC 8949, appendix C), by recursive descent: slow, and easy to believe.
struct PlainCBOR {
  private let bytes: [UInt8]
  private var position = 0

  private struct Malformed: Error {}

  /// Where the item ends that `bytes` begin with; nil where they begin with none.
  static func end(of bytes: [UInt8]) -> Int? {
    var reader = PlainCBOR(bytes: bytes)
    do {
      _ = try reader.item(depth: 0, mayBreak: false)
      return reader.position
    } catch {
      return nil
    }
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func byte() throws -> UInt8 {
    guard position < bytes.count else { throw Malformed() }
    position += 1
    return bytes[position - 1]
  }

  /// Takes an item; answers its major type, nil where it was a break.
  private mutating func item(depth: Int, mayBreak: Bool) throws -> UInt8? {
    // Deeper ones are refused for their depth.
    guard depth < 400 else { throw Malformed() }
    let initial = try byte()
    let (major, information) = (initial >> 5, initial & 0x1F)
    var argument = UInt64(information)
    switch information {
    case 0...23: break
    case 24...27:
      argument = 0
      for _ in 0..<(1 << Int(information - 24)) { argument = argument << 8 | UInt64(try byte()) }
    case 31:
      try endless(major, depth, mayBreak)
      return major == 7 ? nil : major
    default: throw Malformed()
    }
    switch major {
    case 2, 3:
      guard argument <= UInt64(bytes.count - position) else { throw Malformed() }
      position += Int(argument)
    case 4, 5:
      guard argument <= UInt64(bytes.count) else { throw Malformed() }
      for _ in 0..<argument * (major == 5 ? 2 : 1) { _ = try item(depth: depth + 1, mayBreak: false) }
    case 6: _ = try item(depth: depth + 1, mayBreak: false)
    case 7: guard information != 24 || argument >= 32 else { throw Malformed() }
    default: break
    }
    return major
  }

  private mutating func endless(_ major: UInt8, _ depth: Int, _ mayBreak: Bool) throws {
    switch major {
    case 2, 3:
      while true {
        let start = position
        guard let chunk = try item(depth: depth + 1, mayBreak: true) else { return }
        guard chunk == major, bytes[start] & 0x1F != 31 else { throw Malformed() }
      }
    case 4: while try item(depth: depth + 1, mayBreak: true) != nil {}
    case 5: while try item(depth: depth + 1, mayBreak: true) != nil { _ = try item(depth: depth + 1, mayBreak: false) }
    case 7: guard mayBreak else { throw Malformed() }
    default: throw Malformed()
    }
  }
}
