/// Counts the bytes that base64 text (RFC 4648 §4) stands for, without decoding it.
struct Base64Count {
  private var digits = 0
  private var padding = 0
  private var hasOtherBytes = false

  /// Takes the text's next byte. Line breaks are passed over, as Go's encoding/base64 does.
  mutating func append(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "="):
      padding += 1
    case _ where byte.isBase64Digit:
      digits += 1
      hasOtherBytes = hasOtherBytes || padding > 0
    case 0x0A, 0x0D:
      break
    default:
      hasOtherBytes = true
    }
  }

  /// The bytes that the digits so far stand for.
  var decoded: Int { Self.decoded(digits: digits) }

  /// Three bytes for four digits; bits that are no whole byte at the end are dropped.
  static func decoded(digits: Int) -> Int { digits / 4 * 3 + digits % 4 * 3 / 4 }

  /// Whether Go's `base64.StdEncoding` takes the text.
  var isWellFormed: Bool {
    !hasOtherBytes && padding <= 2 && (digits + padding) % 4 == 0
  }
}
