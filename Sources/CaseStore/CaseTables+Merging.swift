import ByteViews
import LMDB

extension CaseTables {
  /// Brings the rows of snapshot `ordinal`, which are in the order of their keys, together with those of its cluster. Values that
  /// were in the snapshot before in the same layers are read and not written. O(rows of both).
  func merge(
    _ rows: IntakeRows, _ cluster: UInt16, _ ordinal: Int, _ transaction: inout Transaction
  ) throws(CaseError) {
    let table = try table(.rows)
    var failure: CaseError?
    do throws(LMDBError) {
      failure = try merge(rows, table, cluster, ordinal, &transaction)
    } catch {
      throw CaseError(error)
    }
    if let failure { throw failure }
  }

  /// Answers what is wrong with an entry that is there.
  private func merge(
    _ rows: IntakeRows, _ table: StoreTable, _ cluster: UInt16, _ ordinal: Int, _ transaction: inout Transaction
  ) throws(LMDBError) -> CaseError? {
    let damage = CaseError.damaged("a row was changed")
    let isEmpty = try transaction.statistics(of: table).entryCount == 0
    var start: [UInt8] = []
    start.append(bigEndian: cluster)
    var cursor = try transaction.writingCursor(over: table)
    var isThere = try cursor.seek(to: start.rawSpan)
    if isThere { isThere = cursor.key.holds(start, at: 0) }
    var value: [UInt8] = []
    var next = 0
    while isThere || next < rows.entries.count {
      let order =
        if !isThere { -1 } else if next == rows.entries.count { 1 } else {
          rows.key(rows.entries[next]).order(with: cursor.key)
        }
      if order < 0 {
        let entry = rows.entries[next]
        value.removeAll(keepingCapacity: true)
        RowRuns.begin(entry.layers, at: ordinal, in: &value)
        value.appendChecksum(of: rows.key(entry))
        if isEmpty {
          try cursor.append(value.rawSpan, for: rows.key(entry))
        } else {
          try cursor.put(value.rawSpan, for: rows.key(entry))
          if isThere { isThere = try cursor.next() }
        }
        next += 1
        continue
      }
      let layers = order == 0 ? rows.entries[next].layers : []
      switch Self.change(cursor.value, of: cursor.key, layers, ordinal, &value) {
      case true?: try cursor.replace(with: value.rawSpan)
      case false?: break
      case nil: return damage
      }
      if order == 0 { next += 1 }
      isThere = try cursor.next()
      if isThere { isThere = cursor.key.holds(start, at: 0) }
    }
    return nil
  }

  /// Makes of the value of `key` what it is with snapshot `ordinal`, which has it in `layers`; answers whether it changes, nil
  /// where it was not what it must be.
  private static func change(
    _ old: RawSpan, of key: RawSpan, _ layers: LayerSet, _ ordinal: Int, _ value: inout [UInt8]
  ) -> Bool? {
    guard let runs = RecordChecksum.checked(old, of: key), let last = RowRuns.lastLayers(runs) else { return nil }
    let isOpen = RowRuns.isOpen(runs)
    guard isOpen ? layers != last : !layers.isEmpty else { return false }
    value.replace(with: runs)
    if isOpen { RowRuns.end(at: ordinal - 1, in: &value) }
    if !layers.isEmpty { RowRuns.begin(layers, at: ordinal, in: &value) }
    value.appendChecksum(of: key)
    return true
  }
}
