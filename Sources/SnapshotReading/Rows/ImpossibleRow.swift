import EtcdStorage

/// A row of bucket `key` of which some bytes must be searched, since no reader of rows looks at them: one that no etcd wrote,
/// or one that no API server did.
package struct ImpossibleRow: Hashable, Sendable {
  /// Whether it is what etcd writes of its fields.
  let isAsWritten: Bool
  /// The revision by its key.
  package let revision: Revision
  package let isTombstone: Bool
  /// Where in the file its message begins.
  package let offset: UInt64
  /// Where the bytes to be searched lie.
  let margins: [Range<UInt64>]
  /// What these are part of.
  let part: Part

  /// A part of a row.
  enum Part: Hashable, Sendable {
    /// Bytes that none of its fields has, but for a few that are tags and numbers.
    case margin
    /// The etcd key.
    case key
    case value
  }

  /// nil when `keyValue`, the message of `row` at `offset` of the file, is what etcd writes.
  init?(_ keyValue: borrowing KeyValue, _ row: RevisionKey, at offset: UInt64) {
    guard !keyValue.isAsWritten(isTombstone: row.isTombstone) else { return nil }
    isAsWritten = false
    part = .margin
    revision = row.revision
    isTombstone = row.isTombstone
    self.offset = offset
    margins = keyValue.margins(isTombstone: row.isTombstone, at: offset)
  }

  /// The row at `offset` of the file that etcd wrote, but with a Secret in `doubt`, which lies in this part of its message.
  init(doubting doubt: Range<Int>, _ part: Part, _ row: RevisionKey, at offset: UInt64) {
    isAsWritten = true
    self.part = part
    revision = row.revision
    isTombstone = row.isTombstone
    self.offset = offset
    margins = [(offset + UInt64(doubt.lowerBound))..<(offset + UInt64(doubt.upperBound))]
  }

  /// Bytes of the row with this message that none of its fields has, if no etcd wrote it.
  package static func marginBytes(of message: RawSpan, _ row: RevisionKey) -> UInt64 {
    guard let keyValue = try? KeyValue(decoding: message) else { return 0 }
    return ImpossibleRow(keyValue, row, at: 0)?.marginBytes ?? 0
  }

  /// Bytes of ``margins``.
  var marginBytes: UInt64 { margins.reduce(0) { $0 + UInt64($1.count) } }
}

extension KeyValue {
  /// Where in the file bytes lie that none of the fields has; of a tombstone, the key is its only field. The message begins
  /// at `offset`.
  fileprivate func margins(isTombstone: Bool, at offset: UInt64) -> [Range<UInt64>] {
    let fields = (isTombstone ? [keyRange] : [keyRange, valueRange]).sorted { $0.lowerBound < $1.lowerBound }
    var margins: [Range<UInt64>] = []
    var next = 0
    for field in fields where field.lowerBound >= next {
      margins.append((offset + UInt64(next))..<(offset + UInt64(field.lowerBound)))
      next = field.upperBound
    }
    margins.append((offset + UInt64(next))..<(offset + UInt64(message.byteCount)))
    // A tag and a length, or a number, is nothing that could be searched.
    return margins.filter { $0.count > 11 }
  }
}
