import EtcdStorage

/// A row of bucket `key` that no etcd wrote: it could be read, but is not what etcd writes of its fields.
package struct ImpossibleRow: Hashable, Sendable {
  /// The revision by its key.
  package let revision: Revision
  package let isTombstone: Bool
  /// Where in the file its message begins.
  package let offset: UInt64
  /// Where bytes of it lie that none of its fields has, but for a few that are tags and numbers.
  let margins: [Range<UInt64>]

  /// nil when `keyValue`, the message of `row` at `offset` of the file, is what etcd writes.
  init?(_ keyValue: borrowing KeyValue, _ row: RevisionKey, at offset: UInt64) {
    guard !keyValue.isAsWritten(isTombstone: row.isTombstone) else { return nil }
    revision = row.revision
    isTombstone = row.isTombstone
    self.offset = offset
    margins = keyValue.margins(isTombstone: row.isTombstone, at: offset)
  }
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
