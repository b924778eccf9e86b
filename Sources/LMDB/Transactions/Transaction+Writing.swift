import CLMDB

extension Transaction {
  /// Stores `value` under `key`, which has 1 to 511 bytes, instead of what it had. O(log n).
  public mutating func put(_ value: RawSpan, for key: RawSpan, in table: StoreTable) throws(LMDBError) {
    try put(value, for: key, in: table, flags: 0)
  }

  /// Stores `value` under `key`, which comes after all others. Sorted entries are written at several times the speed so, and
  /// fill their pages.
  ///
  /// Throws ``LMDBError/keyOrder`` when it does not come after all others; nothing is changed then.
  public mutating func append(_ value: RawSpan, for key: RawSpan, in table: StoreTable) throws(LMDBError) {
    try put(value, for: key, in: table, flags: UInt32(MDB_APPEND))
  }

  private func put(
    _ value: RawSpan, for key: RawSpan, in table: StoreTable, flags: UInt32
  ) throws(LMDBError) {
    try LMDBError.checkKey(key.byteCount)
    // Sound: LMDB copies both, and keeps neither pointer.
    let code = unsafe key.withLMDBValue { key in
      unsafe value.withLMDBValue { value in unsafe mdb_put(handle, table.number, &key, &value, flags) }
    }
    try outcome.check(code)
  }

  /// Stores a value of `byteCount` bytes under `key`, which `fill` writes where it will lie. Bytes that it leaves out are 0.
  public mutating func reserve(
    _ byteCount: Int, for key: RawSpan, in table: StoreTable, _ fill: (inout OutputRawSpan) -> Void
  ) throws(LMDBError) {
    try LMDBError.checkKey(key.byteCount)
    var value = unsafe MDB_val(mv_size: byteCount, mv_data: nil)
    // Sound: LMDB points `value` at as many bytes as were asked for, which nobody else uses until the next change.
    let code = unsafe key.withLMDBValue { key in
      unsafe mdb_put(handle, table.number, &key, &value, UInt32(MDB_RESERVE))
    }
    try outcome.check(code)
    let room = unsafe UnsafeMutableRawBufferPointer(start: value.mv_data, count: byteCount)
    var output = unsafe OutputRawSpan(buffer: room, initializedCount: 0)
    fill(&output)
    let count = unsafe output.finalize(for: room)
    unsafe UnsafeMutableRawBufferPointer(rebasing: room[count...]).initializeMemory(as: UInt8.self, repeating: 0)
  }

  /// Takes `key` and its value out; answers whether it was there. O(log n).
  @discardableResult
  public mutating func delete(_ key: RawSpan, in table: StoreTable) throws(LMDBError) -> Bool {
    guard 1...LMDBError.maximumKeyBytes ~= key.byteCount else { return false }
    // Sound: LMDB reads the key inside the call.
    let code = unsafe key.withLMDBValue { key in unsafe mdb_del(handle, table.number, &key, nil) }
    guard code != MDB_NOTFOUND else { return false }
    try outcome.check(code)
    return true
  }

  /// Takes out all entries of `table`. O(pages).
  public mutating func deleteAll(in table: StoreTable) throws(LMDBError) {
    // Sound: the table itself stays, and with it its number.
    try outcome.check(unsafe mdb_drop(handle, table.number, 0))
  }

  /// A cursor that stands before the first entry of `table`, and can change it. The transaction is reached through it while
  /// there is one.
  @_lifetime(&self)
  public mutating func writingCursor(over table: StoreTable) throws(LMDBError) -> WritingCursor {
    try WritingCursor(&self, table)
  }
}
