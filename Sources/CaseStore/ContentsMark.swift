import Cryptography
import VerificationModel

/// By what the contents of objects are compared, without what they are: part of a keyed digest.
struct ContentsMark: Hashable, Comparable {
  /// Who made it.
  enum Origin: UInt8 {
    /// None: the contents are not known.
    case none
    /// This case, with its own key.
    case own
    /// The case that this one was imported from: it has the number of the contents there.
    case imported
  }

  /// The byte of the origin and 15 bytes of the digest, in two words, the first byte highest.
  let high: UInt64
  let low: UInt64

  static let none = ContentsMark(high: 0, low: 0)

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  init(_ origin: Origin, _ digest: SHA256Digest) {
    var words: (UInt64, UInt64) = (0, 0)
    for place in 0..<8 {
      words.0 = words.0 << 8 | UInt64(digest.bytes[place])
      words.1 = words.1 << 8 | UInt64(digest.bytes[place + 8])
    }
    self.init(high: words.0 & (~0 >> 8) | UInt64(origin.rawValue) << 56, low: words.1)
  }

  var origin: Origin { Origin(rawValue: UInt8(high >> 56)) ?? .none }

  /// Whether both are of equal contents; nil where that can't be told.
  func isSame(as other: ContentsMark) -> Bool? { origin == .none || origin != other.origin ? nil : self == other }

  static func < (left: ContentsMark, right: ContentsMark) -> Bool { (left.high, left.low) < (right.high, right.low) }
}
