/// Text as a SARIF message has it: braces and brackets stand for themselves, where they would make a placeholder or a link
/// (SARIF 2.1.0, 3.11.5 and 3.11.6).
struct SARIFText: CustomStringConvertible {
  let description: String

  init(_ text: String) {
    let text = PrintableText(text).description.boundedName
    guard text.utf8.contains(where: Self.isSpecial) else {
      description = text
      return
    }
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\\"), UInt8(ascii: "["), UInt8(ascii: "]"): bytes += [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "{"), UInt8(ascii: "}"): bytes += [byte, byte]
      default: bytes.append(byte)
      }
    }
    description = String(decoding: bytes, as: UTF8.self)
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\\"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"): true
    default: false
    }
  }
}
