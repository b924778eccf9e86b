/// A text from a file as a message may show it: never one that may be a key, whatever member it stands in.
public struct QuotableText: CustomStringConvertible, Hashable, Sendable {
  /// The text in single quotes, or words that stand for it.
  public let description: String
  /// The text itself, or the same words in parentheses.
  public let bare: String
  /// Whether it is the text itself.
  package let isQuoted: Bool

  /// The text, or the reason why it is not shown. It may hold control characters, so a report escapes it.
  public init(_ text: String) {
    let fault: String? =
      if Self.mayBeKey(text) {
        "a text that looks like a key and is not shown"
      } else if text.utf8.count > Self.maximumByteCount {
        "a text of \(text.utf8.count) bytes"
      } else {
        nil
      }
    description = fault ?? "'\(text)'"
    bare = fault.map { "(\($0))" } ?? text
    isQuoted = fault == nil
  }

  private static let maximumByteCount = 256

  /// Whether some part of `text` could be 15 bytes or more of random data in base64, or 10 in hex.
  private static func mayBeKey(_ text: String) -> Bool {
    text.utf8.split { !$0.isKeyDigit }.contains { run in
      guard run.count >= 20 else { return false }
      let digits = run.count { (0x30...0x39).contains($0) }
      return isMixed(run) && !isOfWords(run) || digits > 4 && run.allSatisfy(\.isHexDigit)
    }
  }

  /// Whether some part of `text` could be 15 bytes or more of random data in base64, and is neither a path of words nor
  /// hexadecimal.
  package static func mayBeRandom(_ text: String) -> Bool {
    text.utf8.split { !$0.isKeyDigit }.contains { run in
      guard run.count >= 20, isMixed(run) else { return false }
      if run.count.isMultiple(of: 4), run.last == UInt8(ascii: "=") { return true }
      // Of random letters half are capitals, of words put together one in four at most.
      let capitals = run.count { (0x41...0x5A).contains($0) }
      if 3 * capitals > run.count(where: \.isLetter) { return true }
      guard !isOfWords(run) else { return false }
      // Random digits of base64 differ in their kind from the one before in two of three cases, those of words seldom.
      let kinds = run.compactMap(\.keyDigitKind)
      let changes = zip(kinds, kinds.dropFirst()).count { $0 != $1 }
      return 3 * changes >= kinds.count
    }
  }

  /// Names of kinds are words put together, each with a capital letter; in base64 every other letter is one.
  private static func isOfWords(_ run: Substring.UTF8View) -> Bool {
    run.allSatisfy(\.isLetter) && run.count { (0x41...0x5A).contains($0) } * 4 <= run.count
  }

  /// Base64 mixes letters of both cases, hex letters of one with digits.
  private static func isMixed(_ run: Substring.UTF8View) -> Bool {
    let digits = run.count { (0x30...0x39).contains($0) }
    let capitals = run.count { (0x41...0x5A).contains($0) }
    return capitals > 1 && capitals < run.count - digits
  }
}

extension UInt8 {
  fileprivate var isKeyDigit: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="): true
    default: false
    }
  }

  /// Whether it is a digit, a capital or another letter; nil of what stands between words too.
  fileprivate var keyDigitKind: Int? {
    switch self {
    case 0x30...0x39: 0
    case 0x41...0x5A: 1
    case 0x61...0x7A: 2
    default: nil
    }
  }

  fileprivate var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }

  fileprivate var isHexDigit: Bool { (0x30...0x39).contains(self) || (0x61...0x66).contains(self | 0x20) }
}
