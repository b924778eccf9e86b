/// Names etcd keys, of which parts may be left open.
///
/// `*` stands for any bytes but `/`, `**` for any bytes, `?` for one byte that is not `/`; everything else stands for itself.
/// As in reports, `%XX` stands for the byte of this number: a key can be copied from there. The whole key must fit.
struct KeyGlob: Hashable, Sendable {
  private enum Token: Hashable, Sendable {
    case byte(UInt8)
    case one
    case segment
    case any
  }

  /// What the key begins with.
  let head: [UInt8]
  /// What the key ends with, behind what `middle` stands for.
  private let tail: [UInt8]
  /// What stands between; empty where `head` is the whole key.
  private let middle: [Token]

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
    let head = tokens.prefix { Self.literal($0) != nil }
    let rest = tokens.dropFirst(head.count)
    let tailStart = rest.lastIndex { Self.literal($0) == nil }.map { $0 + 1 } ?? rest.endIndex
    self.head = head.compactMap(Self.literal)
    self.tail = rest[tailStart...].compactMap(Self.literal)
    self.middle = Array(rest[..<tailStart])
  }

  /// Whether `key` fits. O(length of key × length of glob) at most, without going back; of keys that begin otherwise, and
  /// of globs with one `*`, O(length).
  func matches(_ key: [UInt8]) -> Bool {
    guard key.starts(with: head) else { return false }
    guard !middle.isEmpty else { return key.count == head.count }
    guard key.count >= head.count + tail.count, key[(key.count - tail.count)...].elementsEqual(tail) else {
      return false
    }
    let open = key[head.count..<(key.count - tail.count)]
    if middle == [.any] { return true }
    if middle == [.segment] { return !open.contains(UInt8(ascii: "/")) }
    return fits(open)
  }

  /// Holds all places of `middle` that may come next against one byte after the other.
  private func fits(_ bytes: ArraySlice<UInt8>) -> Bool {
    var places = [Bool](repeating: false, count: middle.count + 1)
    places[0] = true
    passOver(&places)
    for byte in bytes {
      var next = [Bool](repeating: false, count: places.count)
      var isOpen = false
      for (number, token) in middle.enumerated() where places[number] {
        switch token {
        case .byte(byte): next[number + 1] = true
        case .one where byte != UInt8(ascii: "/"): next[number + 1] = true
        case .segment where byte != UInt8(ascii: "/"), .any: next[number] = true
        default: continue
        }
        isOpen = true
      }
      guard isOpen else { return false }
      passOver(&next)
      places = next
    }
    return places[middle.count]
  }

  /// Adds the places behind those that may stand for nothing.
  private func passOver(_ places: inout [Bool]) {
    for (number, token) in middle.enumerated() where places[number] && (token == .segment || token == .any) {
      places[number + 1] = true
    }
  }

  private static func literal(_ token: Token) -> UInt8? { if case .byte(let byte) = token { byte } else { nil } }

  private static func byte(_ high: UInt8, _ low: UInt8) -> UInt8? {
    let digits = [high, low].compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    return digits.count == 2 ? UInt8(digits[0] << 4 | digits[1]) : nil
  }
}
