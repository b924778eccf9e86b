import CLMDB

/// A state of the store that stays as it is while it is read, or one that is being made.
///
/// It is lent to the closure of ``Environment/read(_:)``, where it can only be read, or of ``Environment/write(_:)``. What it
/// answers are the bytes in the store, not copies: they can't be kept beyond the closure, nor beyond the next change.
@safe public struct Transaction: ~Copyable, ~Escapable {
  let handle: OpaquePointer
  let outcome: TransactionOutcome

  /// The transaction that `handle` is, which outlives this value: ``Environment`` ends it after the closure.
  @_lifetime(immortal)
  init(_ handle: OpaquePointer, _ outcome: TransactionOutcome) {
    unsafe self.handle = handle
    self.outcome = outcome
  }

  /// Its number: of the last one committed where it is read, one more where it is written.
  public var number: UInt64 {
    // Sound: the transaction is open.
    UInt64(unsafe mdb_txn_id(handle))
  }

  // MARK: Tables

  /// The table of this name.
  ///
  /// Throws ``LMDBError/missingTable(_:)`` when there is none. O(tables), and O(log n) for the first time.
  public borrowing func table(_ name: String) throws(LMDBError) -> StoreTable {
    try table(name, flags: 0)
  }

  /// The table of this name, which is made when there is none.
  public mutating func makeTable(_ name: String) throws(LMDBError) -> StoreTable {
    try table(name, flags: UInt32(MDB_CREATE))
  }

  private borrowing func table(_ name: String, flags: UInt32) throws(LMDBError) -> StoreTable {
    var number: MDB_dbi = 0
    // Sound: name and number outlive the call.
    let code = unsafe mdb_dbi_open(handle, name, flags, &number)
    guard code != MDB_NOTFOUND else { throw .missingTable(name) }
    try outcome.check(code)
    var options: UInt32 = 0
    try outcome.check(unsafe mdb_dbi_flags(handle, number, &options))
    // Keys of another order, or several values for one, are not written by this program.
    guard options == 0 else { throw .corrupted }
    return StoreTable(number: number)
  }

  /// How large `table` is. O(1).
  public borrowing func statistics(of table: StoreTable) throws(LMDBError) -> TableStatistics {
    var statistics = MDB_stat()
    // Sound: `statistics` outlives the call, which fills it.
    try outcome.check(unsafe mdb_stat(handle, table.number, &statistics))
    return TableStatistics(statistics)
  }

  // MARK: Reading

  /// The value of `key`; nil when it has none. O(log n).
  @_lifetime(borrow self)
  public borrowing func value(for key: RawSpan, in table: StoreTable) throws(LMDBError) -> RawSpan? {
    // No other key was ever stored.
    guard 1...LMDBError.maximumKeyBytes ~= key.byteCount else { return nil }
    var value = unsafe MDB_val()
    // Sound: `value` outlives the call, which points it at bytes of the store.
    let code = unsafe key.withLMDBValue { key in unsafe mdb_get(handle, table.number, &key, &value) }
    guard code != MDB_NOTFOUND else { return nil }
    try outcome.check(code)
    guard let start = unsafe value.mv_data else { return nil }
    // Sound: they stay until the transaction ends or changes something (lmdb.h, mdb_get): it can't while it is borrowed.
    return unsafe _overrideLifetime(RawSpan(_unsafeStart: start, byteCount: value.mv_size), borrowing: self)
  }

  /// A cursor that stands before the first entry of `table`. Nothing can be changed while there is one.
  @_lifetime(borrow self)
  public borrowing func cursor(over table: StoreTable) throws(LMDBError) -> TableCursor {
    try TableCursor(self, table)
  }
}
