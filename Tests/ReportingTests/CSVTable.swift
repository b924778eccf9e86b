/// A strict reader of RFC 4180: records end with CRLF, and quotes stand only around whole fields.
struct CSVTable {
  /// Why a text is no table.
  struct Malformed: Error {
    let offset: Int
  }

  let records: [[String]]

  /// Reads `text`, all of it.
  init(parsing text: String) throws(Malformed) {
    let bytes = Array(text.utf8)
    var records: [[String]] = []
    var record: [String] = []
    var place = 0
    while place < bytes.count {
      record.append(try Self.field(bytes, &place))
      guard place < bytes.count else { throw Malformed(offset: place) }
      if bytes[place] == UInt8(ascii: ",") {
        place += 1
      } else {
        guard bytes[place...].starts(with: "\r\n".utf8) else { throw Malformed(offset: place) }
        place += 2
        records.append(record)
        record = []
      }
    }
    guard record.isEmpty else { throw Malformed(offset: place) }
    self.records = records
  }

  /// The records after the first, by the names in the first.
  var rows: [[String: String]] {
    guard let names = records.first else { return [] }
    return records.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(names, $0)) }
  }

  private static func field(_ bytes: [UInt8], _ place: inout Int) throws(Malformed) -> String {
    var field: [UInt8] = []
    guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else {
      while place < bytes.count, !",\r\n\"".utf8.contains(bytes[place]) {
        field.append(bytes[place])
        place += 1
      }
      return String(decoding: field, as: UTF8.self)
    }
    place += 1
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "\"") {
        place += 1
        guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else {
          return String(decoding: field, as: UTF8.self)
        }
      }
      field.append(bytes[place])
      place += 1
    }
    throw Malformed(offset: place)
  }
}
