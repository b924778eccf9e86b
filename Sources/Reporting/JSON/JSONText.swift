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
    let document = [UInt8](try encoder(layout).encode(value))
    var rest = document[...]
    while let place = rest.firstRange(of: LongLists.Place.encodedMark),
      let end = rest[place.upperBound...].firstIndex(of: quote),
      let number = Int(String(decoding: rest[place.upperBound..<end], as: UTF8.self))
    {
      let before = rest[..<place.lowerBound]
      // An element stands where its list's place does: each of its lines as far to the right.
      let indentation = before.reversed().prefix { $0 == space }.count
      var piece = JSONBuffer(layout, depth: indentation / 2)
      piece.raw(before)
      try lists.write(number, to: &piece) { piece in
        if piece.isFull { try piece.drain(write) }
      }
      try piece.drain(write)
      rest = rest[(end + 1)...]
    }
    try write(String(decoding: rest, as: UTF8.self) + "\n")
  }

  private static let space = UInt8(ascii: " ")
  private static let quote = UInt8(ascii: "\"")

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
