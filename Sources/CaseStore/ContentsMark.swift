import Cryptography
import VerificationModel

/// By what the contents of objects are compared, without what they are: part of a digest under the key of the case.
struct ContentsMark: Hashable, Comparable {
  /// A byte that is 1, and 15 bytes of the digest, in two words, the first byte highest; or zeros.
  let high: UInt64
  let low: UInt64

  /// That of contents that are not known.
  static let none = ContentsMark(high: 0, low: 0)

  private static let known: UInt64 = 1

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// That of the contents that have this digest.
  init(_ digest: SHA256Digest) {
    var words: (UInt64, UInt64) = (0, 0)
    for place in 0..<8 {
      words.0 = words.0 << 8 | UInt64(digest.bytes[place])
      words.1 = words.1 << 8 | UInt64(digest.bytes[place + 8])
    }
    self.init(high: words.0 & (~0 >> 8) | Self.known << 56, low: words.1)
  }

  /// Whether both are of equal contents; nil where that can't be told.
  func isSame(as other: ContentsMark) -> Bool? { self == .none || other == .none ? nil : self == other }

  static func < (left: ContentsMark, right: ContentsMark) -> Bool { (left.high, left.low) < (right.high, right.low) }
}
