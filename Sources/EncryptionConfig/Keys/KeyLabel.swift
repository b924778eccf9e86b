import Cryptography

/// The name of a key or KMS plugin, or the id of a KMS key, as every report may show it: the text itself where it looks
/// like a name, else a digest that stands for it.
///
/// Such texts come from files whose writer may have put there what must not be shown: a key, a Secret, any value. A name
/// is at most ``maximumBytes`` long; has letters, digits and the punctuation of paths, URLs, ARNs and time stamps; and no
/// part of it looks like random data in base64. Digests in hexadecimal are names: ids of keys are often such.
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
    // Sound: a byte is initialized memory of any pattern.
    hash.update(unsafe bytes.span.bytes)
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
      && !QuotableText.mayBeRandom(text)
  }

  private static func isInName(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": true
    case "-", ".", "_", ":", "/", "@", "+", "=", ",", "#", "?", "&", "%", "~", "*", "(", ")", "!", "$", ";", "|": true
    default: !scalar.isASCII && scalar.properties.isAlphabetic
    }
  }
}
