#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How JSON is written: members in alphabetical order, slashes as they are, times in RFC 3339, UTC.
enum JSONText {
  /// On how many lines a value stands.
  enum Layout {
    case indented, singleLine

    fileprivate var formatting: JSONEncoder.OutputFormatting {
      self == .indented
        ? [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted] : [.sortedKeys, .withoutEscapingSlashes]
    }
  }

  /// `value` on many lines.
  static func document(of value: some Encodable) throws -> String { try text(of: value, .indented) }

  /// `value` on a single line.
  static func line(of value: some Encodable) throws -> String { try text(of: value, .singleLine) }

  /// Hands `value`, with the elements of `lists` at their places, and a newline to `write`, piece by piece.
  ///
  /// O(text), with memory for `value` without its lists, and for one element.
  static func write(
    _ value: some Encodable, _ lists: LongLists, _ layout: Layout, to write: (String) throws -> Void
  ) throws {
    let encoder = encoder(layout)
    let document = [UInt8](try encoder.encode(value))
    var piece: [UInt8] = []
    func send() throws {
      try write(String(decoding: piece, as: UTF8.self))
      piece.removeAll(keepingCapacity: true)
    }
    var rest = document[...]
    while let place = rest.firstRange(of: LongLists.Place.encodedMark),
      let end = rest[place.upperBound...].firstIndex(of: quote),
      let number = Int(String(decoding: rest[place.upperBound..<end], as: UTF8.self))
    {
      piece += rest[..<place.lowerBound]
      // An element stands where its list's place does: each of its lines as far to the right.
      let indentation = piece.reversed().prefix { $0 == space }
      try lists.forEach(of: number) { record, isFirst in
        if !isFirst { piece += layout == .indented ? [comma, newline] + indentation : [comma] }
        for byte in try encoder.encode(record) {
          piece.append(byte)
          if byte == newline { piece += indentation }
        }
        if piece.count >= pieceBytes { try send() }
      }
      rest = rest[(end + 1)...]
    }
    piece += rest
    piece.append(newline)
    try send()
  }

  private static let space = UInt8(ascii: " ")
  private static let newline = UInt8(ascii: "\n")
  private static let comma = UInt8(ascii: ",")
  private static let quote = UInt8(ascii: "\"")
  private static let pieceBytes = 64 << 10

  private static func encoder(_ layout: Layout) -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = layout.formatting
    encoder.dateEncodingStrategy = .iso8601
    return encoder
  }

  private static func text(of value: some Encodable, _ layout: Layout) throws -> String {
    String(decoding: try encoder(layout).encode(value), as: UTF8.self)
  }
}
