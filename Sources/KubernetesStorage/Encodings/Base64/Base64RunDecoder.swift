/// Decodes base64 (RFC 4648 §4) wherever it stands in other text: each run of digits, line breaks in it passed over, be
/// they escaped (`\n`), and the indentation behind them.
struct Base64RunDecoder {
  /// What a byte of the text brings.
  enum Step {
    case nothing
    case byte(UInt8)
    /// The run is over.
    case end
  }

  private var bits: UInt32 = 0
  private var bitCount = 0
  private var isInRun = false
  private var isBehindLineBreak = false
  private var escape = EscapeFilter()

  /// Takes the text's next byte.
  mutating func append(_ byte: UInt8) -> Step {
    guard let byte = escape.filter(byte) else { return .nothing }
    guard byte.isBase64Digit else { return passOver(byte) }
    isInRun = true
    isBehindLineBreak = false
    bits = bits << 6 | UInt32(byte.sextet)
    bitCount += 6
    guard bitCount >= 8 else { return .nothing }
    bitCount -= 8
    return .byte(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
  }

  private mutating func passOver(_ byte: UInt8) -> Step {
    if byte == 0x0A || byte == 0x0D {
      isBehindLineBreak = true
      return .nothing
    }
    if byte == 0x20, isBehindLineBreak { return .nothing }
    isBehindLineBreak = false
    guard isInRun else { return .nothing }
    isInRun = false
    bits = 0
    bitCount = 0
    return .end
  }
}
