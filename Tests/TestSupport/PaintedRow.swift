/// A row of bucket `key`: a revision (etcd mvcc/revision.go), and a KeyValue (etcd api/mvccpb/kv.proto).
struct PaintedRow {
  let main: Int64
  let sub: Int64
  let isTombstone: Bool
  /// The etcd key.
  let key: [UInt8]
  /// Where in the file the value lies; empty in a tombstone.
  let value: Range<Int>
  /// Where bytes lie that none of the fields has.
  let margins: [Range<Int>]
  /// Whether it lies on a page that is painted as damage.
  var isLost = false

  /// Whether the key lies in one of these directories.
  func lies(in directories: [[UInt8]]) -> Bool {
    directories.contains { key.count > $0.count && key.starts(with: $0) }
  }

  /// The row whose revision and message lie at these places of `bytes`; nil where they are none.
  init?(_ bytes: [UInt8], revision: Range<Int>, message: Range<Int>) {
    let revision = Array(bytes[revision])
    guard revision.count == 17 || revision.count == 18 && revision[17] == UInt8(ascii: "t"),
      revision[8] == UInt8(ascii: "_"), revision[0] < 0x80, revision[9] < 0x80
    else { return nil }
    main = revision[0..<8].reduce(0) { $0 << 8 | Int64($1) }
    sub = revision[9..<17].reduce(0) { $0 << 8 | Int64($1) }
    isTombstone = revision.count == 18
    var fields = Fields()
    guard fields.read(bytes, message) else { return nil }
    key = Array(bytes[fields.ranges[1] ?? 0..<0])
    value = isTombstone ? 0..<0 : fields.ranges[5] ?? 0..<0
    let written = isTombstone ? fields.written(bytes, [1]) : fields.written(bytes, [1, 2, 3, 4, 5, 6])
    guard written != Array(bytes[message]) else {
      margins = []
      return
    }
    let kept = [fields.ranges[1], isTombstone ? nil : fields.ranges[5]].compactMap(\.self).filter { !$0.isEmpty }
      .sorted { $0.lowerBound < $1.lowerBound }
    let starts = [message.lowerBound] + kept.map(\.upperBound)
    let ends = kept.map(\.lowerBound) + [message.upperBound]
    // Up to eleven bytes are a tag and a number, or the length of a field.
    margins = zip(starts, ends).map { $0..<$1 }.filter { $0.count > 11 }
  }

  /// Of each field of a message the last.
  private struct Fields {
    var ranges: [UInt64: Range<Int>] = [:]
    var numbers: [UInt64: UInt64] = [:]

    /// Reads the fields in `message`; answers whether they are those of a KeyValue.
    mutating func read(_ bytes: [UInt8], _ message: Range<Int>) -> Bool {
      var position = message.lowerBound
      func varint() -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 63, by: 7) where position < message.upperBound {
          let byte = bytes[position]
          position += 1
          if shift == 63, byte > 1 { return nil }
          value |= UInt64(byte & 0x7F) << shift
          if byte < 0x80 { return value }
        }
        return nil
      }
      while position < message.upperBound {
        guard let tag = varint(), tag >> 3 >= 1, tag >> 3 < 1 << 29 else { return false }
        let isText = [1, 5].contains(tag >> 3)
        if (1...6).contains(tag >> 3), tag & 7 != (isText ? 2 : 0) { return false }
        switch tag & 7 {
        case 0:
          guard let number = varint() else { return false }
          numbers[tag >> 3] = number
        case 2:
          guard let count = varint(), count <= UInt64(message.upperBound - position) else { return false }
          ranges[tag >> 3] = position..<position + Int(count)
          position += Int(count)
        case 1, 5:
          position += tag & 7 == 1 ? 8 : 4
          guard position <= message.upperBound else { return false }
        default: return false
        }
      }
      return true
    }

    /// What etcd writes of these fields.
    func written(_ bytes: [UInt8], _ fields: [UInt64]) -> [UInt8] {
      func varint(_ value: UInt64) -> [UInt8] {
        value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F) | 0x80] + varint(value >> 7)
      }
      return fields.flatMap { field -> [UInt8] in
        if let range = ranges[field], field == 1 || field == 5 {
          return range.isEmpty ? [] : varint(field << 3 | 2) + varint(UInt64(range.count)) + bytes[range]
        }
        let number = numbers[field] ?? 0
        return number == 0 ? [] : varint(field << 3) + varint(number)
      }
    }
  }
}
