/// The lists of a document that may have very many elements, which are written one at a time when their place is reached.
///
/// An encoder keeps a tree of all that it was given, some seven kilobytes for a finding, until the last is encoded.
struct LongLists {
  private var lists: [(count: Int, write: (Int, inout JSONBuffer) -> Void)] = []

  /// What stands for a list in its document: an array of one string, which tells the list's number.
  struct Place: Encodable {
    /// nil of an empty list, which stands for itself.
    let number: Int?

    /// No text that is printed has this character: see ``PrintableText``.
    private static let mark = "\u{0}"

    /// How the document begins the string.
    static let encodedMark = Array(#""\u0000"#.utf8)

    func encode(to encoder: any Encoder) throws {
      var container = encoder.unkeyedContainer()
      if let number { try container.encode(Self.mark + String(number)) }
    }
  }

  /// Adds the list of what `record` makes of each of `values`, and answers its place.
  mutating func add<Value, Record: JSONElement>(_ values: [Value], as record: @escaping (Value) -> Record) -> Place {
    guard !values.isEmpty else { return Place(number: nil) }
    lists.append((values.count, { record(values[$0]).write(to: &$1) }))
    return Place(number: lists.count - 1)
  }

  /// Writes each element of the list of this number, and calls `body` behind each.
  func write(_ number: Int, to json: inout JSONBuffer, _ body: (inout JSONBuffer) throws -> Void) rethrows {
    let list = lists[number]
    for index in 0..<list.count {
      list.write(index, &json)
      try body(&json)
    }
  }
}
