/// Names etcd keys, of which parts may be left open.
///
/// `*` stands for any bytes but `/`, `**` for any bytes, `?` for one byte that is not `/`; everything else stands for itself.
/// As in reports, `%XX` stands for the byte of this number: a key can be copied from there. The whole key must fit.
struct KeyGlob: Hashable, Sendable {
  /// A part of a glob.
  enum Token: Hashable, Sendable {
    /// This byte.
    case byte(UInt8)
    /// One byte that is not `/`.
    case one
    /// Any bytes but `/`.
    case segment
    /// Any bytes.
    case any
  }

  /// What the key begins with.
  let head: [UInt8]
  /// What comes then, from the first part that leaves something open; empty where `head` is the whole key.
  let rest: [Token]

  /// The longest text of a glob, in bytes: as long as the longest key of which reports tell.
  static let maximumBytes = 2048

  /// The globs that `text` stands for; nil where it is longer than any may be. O(length).
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count <= Self.maximumBytes else { return nil }
    var tokens: [Token] = []
    var position = 0
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "*"):
        var count = 0
        while position < bytes.count, bytes[position] == UInt8(ascii: "*") {
          count += 1
          position += 1
        }
        tokens.append(count == 1 ? .segment : .any)
        continue
      case UInt8(ascii: "?"): tokens.append(.one)
      case UInt8(ascii: "%") where position + 2 < bytes.count:
        if let byte = Self.byte(bytes[position + 1], bytes[position + 2]) {
          tokens.append(.byte(byte))
          position += 2
        } else {
          tokens.append(.byte(bytes[position]))
        }
      default: tokens.append(.byte(bytes[position]))
      }
      position += 1
    }
    head = tokens.prefix { Self.literal($0) != nil }.compactMap(Self.literal)
    rest = Array(tokens[head.count...])
  }

  private static func literal(_ token: Token) -> UInt8? { if case .byte(let byte) = token { byte } else { nil } }

  private static func byte(_ high: UInt8, _ low: UInt8) -> UInt8? {
    let digits = [high, low].compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    return digits.count == 2 ? UInt8(digits[0] << 4 | digits[1]) : nil
  }
}
