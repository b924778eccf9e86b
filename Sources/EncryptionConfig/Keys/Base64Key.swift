import Cryptography

/// Decodes keys as Go does (encoding/base64, StdEncoding): padding is needed, line breaks are passed over, and bits left
/// over at the end may have any value.
enum Base64Key {
  /// The key that `text` stands for; nil when it is no base64. What is decoded on the way is wiped. O(n).
  static func decode(_ text: String) -> SecretBytes? {
    guard var bytes = Self.bytes(of: text) else { return nil }
    return SecretBytes(wiping: &bytes)
  }

  /// The bytes that `text` stands for, which the caller is to wipe; nil, with what was decoded wiped, when it is no
  /// base64. O(n).
  static func bytes(of text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    // Growing would leave copies behind.
    bytes.reserveCapacity(text.utf8.count / 4 * 3 + 3)
    var isWhole = false
    defer { if !isWhole { bytes.wipe() } }
    var bits: UInt32 = 0
    var digits = 0
    var padding = 0
    for byte in text.utf8 where byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "\r") {
      if byte == UInt8(ascii: "=") {
        padding += 1
        continue
      }
      guard padding == 0, let value = byte.base64Value else { return nil }
      bits = bits << 6 | UInt32(value)
      digits += 1
      if digits % 4 > 1 || digits % 4 == 0 {
        let rest = UInt32((4 - digits % 4) % 4 * 2)
        bytes.append(UInt8(truncatingIfNeeded: bits >> rest))
      }
    }
    guard (digits + padding) % 4 == 0, padding <= 2, padding == 0 || digits % 4 + padding == 4 else { return nil }
    isWhole = true
    return bytes
  }
}
