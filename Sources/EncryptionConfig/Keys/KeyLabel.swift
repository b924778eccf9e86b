import ByteViews
import Cryptography
import StrictYAML

/// The name of a key or KMS plugin, or the id of a KMS key, as every report may show it: the text itself where it looks
/// like a name, else a digest that stands for it.
///
/// Such texts come from files whose writer may have put there what must not be shown: a key, a Secret, any value. A name
/// is at most ``maximumBytes`` long; has letters, digits and the punctuation of paths, URLs, ARNs and time stamps; and no
/// part of it looks like random data in base64. Digests in hexadecimal are names: ids of keys are often such. Digits that
/// stand for text, and more of them than any digest has, are none.
///
/// The digest is `sha256:` and the SHA-256 of the text in hexadecimal, which is a name itself: a label of a label's text is
/// the same label. For the id of a KMS v2 key it is what the API server's metrics have.
public struct KeyLabel: CustomStringConvertible, Hashable, Sendable {
  /// The longest text that is shown. Ids of cloud providers have up to some 300 bytes.
  public static let maximumBytes = 512

  /// What may be shown.
  public let description: String

  /// The label of a text of these bytes. O(length).
  public init(bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    guard !Self.isName(text, of: bytes) else {
      description = text
      return
    }
    var hash = SHA256()
    hash.update(bytes.rawSpan)
    description = "\(Self.digestPrefix)\(hash.digest())"
  }

  /// The label of `text`. O(length).
  public init(_ text: String) { self.init(bytes: Array(text.utf8)) }

  /// The same about a configuration: there, a text in hexadecimal may be a key too, and is not shown either.
  public var inConfiguration: String {
    Self.isDigest(description) ? description : QuotableText(description).bare
  }

  /// The same in single quotes.
  var quoted: String { Self.isDigest(description) ? "'\(description)'" : QuotableText(description).description }

  /// Whether `text` has the form of a digest that stands for another text.
  public static func isDigest(_ text: String) -> Bool {
    let digits = text.utf8.dropFirst(digestPrefix.utf8.count)
    return text.hasPrefix(digestPrefix) && digits.count == 64
      && digits.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  private static let digestPrefix = "sha256:"

  private static func isName(_ text: String, of bytes: [UInt8]) -> Bool {
    bytes.count <= maximumBytes && text.utf8.count == bytes.count && text.unicodeScalars.allSatisfy(isInName)
      && !QuotableText.mayBeRandom(text) && !hasHexadecimalContent(bytes)
  }

  /// Digits of the longest digest in use, twice as many as SHA-512 has bytes.
  private static let longestDigest = 128
  /// Fewer digits that happen to stand for text are no content.
  private static let leastContent = 16

  /// Whether a run of hexadecimal digits stands for text, or is longer than any digest.
  private static func hasHexadecimalContent(_ bytes: [UInt8]) -> Bool {
    bytes.split(whereSeparator: { $0.hexadecimalDigit == nil }).contains { run in
      guard run.count >= leastContent else { return false }
      guard run.count <= longestDigest else { return true }
      let digits = run.compactMap(\.hexadecimalDigit)
      return standForText(digits[...]) || !digits.count.isMultiple(of: 2) && standForText(digits.dropFirst())
    }
  }

  /// Whether each two of `digits` are a byte of printable ASCII, a tab or the end of a line; one that is left over at the
  /// end does not count.
  private static func standForText(_ digits: ArraySlice<UInt8>) -> Bool {
    stride(from: digits.startIndex, to: digits.endIndex - 1, by: 2).allSatisfy { index in
      let byte = digits[index] << 4 | digits[index + 1]
      return (0x20..<0x7F).contains(byte) || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
  }

  private static func isInName(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": true
    case "-", ".", "_", ":", "/", "@", "+", "=", ",", "#", "?", "&", "%", "~", "*", "(", ")", "!", "$", ";", "|": true
    default: !scalar.isASCII && scalar.properties.isAlphabetic
    }
  }
}

extension UInt8 {
  /// What it stands for as a hexadecimal digit; nil where it is none.
  fileprivate var hexadecimalDigit: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x41 + 10
    case 0x61...0x66: self - 0x61 + 10
    default: nil
    }
  }
}
