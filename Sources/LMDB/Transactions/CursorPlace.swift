import CLMDB

/// Where a cursor stands, and the way from there: what ``TableCursor`` and ``WritingCursor`` share.
///
/// It must not outlive its transaction, which is for those two to see to.
@safe struct CursorPlace: ~Copyable {
  private let handle: OpaquePointer
  private let outcome: TransactionOutcome
  /// Key and value of the entry that it stands on.
  private var entry = unsafe (key: MDB_val(), value: MDB_val())
  /// Whether it stands on an entry: not before the first, after the last, or where one was deleted.
  private(set) var isOnEntry = false

  init(_ transaction: borrowing Transaction, _ table: StoreTable) throws(LMDBError) {
    outcome = transaction.outcome
    var handle: OpaquePointer?
    // Sound: `handle` outlives the call, which sets it unless it fails.
    try outcome.check(unsafe mdb_cursor_open(transaction.handle, table.number, &handle))
    guard let handle = unsafe handle else { throw .corrupted }
    unsafe self.handle = handle
  }

  deinit {
    // Sound: the cursor is this value's alone, and its transaction is still open.
    unsafe mdb_cursor_close(handle)
  }

  // MARK: Moving

  /// Moves as `operation` says; false where there is no entry.
  mutating func move(_ operation: MDB_cursor_op) throws(LMDBError) -> Bool {
    // Sound: LMDB points both values at bytes of the store.
    try arrive(unsafe mdb_cursor_get(handle, &entry.key, &entry.value, operation))
  }

  /// Moves to the first entry whose key is `target` or comes after it; false where there is none.
  mutating func seek(to target: RawSpan) throws(LMDBError) -> Bool {
    guard !target.isEmpty else { return try move(MDB_FIRST) }
    // Sound: LMDB reads the target inside the call, and points the key at bytes of the store unless there is no entry.
    let code = unsafe target.withLMDBValue { target in
      unsafe entry.key = target
      return unsafe mdb_cursor_get(handle, &entry.key, &entry.value, MDB_SET_RANGE)
    }
    return try arrive(code)
  }

  private mutating func arrive(_ code: Int32) throws(LMDBError) -> Bool {
    isOnEntry = code == 0
    guard code != MDB_NOTFOUND else { return false }
    try outcome.check(code)
    return true
  }

  // MARK: The entry

  /// The key of the entry. Traps where there is none.
  var key: RawSpan {
    @_lifetime(borrow self)
    get {
      // Sound: they stay until the transaction ends or changes something; it can't while whoever owns this is borrowed.
      let bytes = unsafe bytes(entry.key)
      return unsafe _overrideLifetime(RawSpan(_unsafeBytes: bytes), borrowing: self)
    }
  }

  /// The value of the entry. Traps where there is none.
  var value: RawSpan {
    @_lifetime(borrow self)
    get {
      // Sound: as those of the key.
      let bytes = unsafe bytes(entry.value)
      return unsafe _overrideLifetime(RawSpan(_unsafeBytes: bytes), borrowing: self)
    }
  }

  private func bytes(_ value: MDB_val) -> UnsafeRawBufferPointer {
    precondition(isOnEntry, "the cursor stands on no entry")
    return unsafe UnsafeRawBufferPointer(start: value.mv_data, count: value.mv_size)
  }

  // MARK: Changing

  /// Stores an entry, and stands on it.
  mutating func put(_ value: RawSpan, for key: RawSpan, flags: UInt32) throws(LMDBError) {
    try LMDBError.checkKey(key.byteCount)
    // A cursor that was at the end still takes itself to be there after it has put an entry elsewhere, and would pass over the
    // next one if that entry is deleted: to look for the key sets it right (mdb.c, mdb_cursor_set, C_EOF).
    let arrival = flags == 0 ? MDB_SET_KEY : MDB_GET_CURRENT
    // Sound: LMDB copies both, and keeps neither pointer. Then it points both at the entry.
    let code = unsafe key.withLMDBValue { key in
      let code = unsafe value.withLMDBValue { value in unsafe mdb_cursor_put(handle, &key, &value, flags) }
      guard code == 0 else { return code }
      unsafe entry.key = key
      return unsafe mdb_cursor_get(handle, &entry.key, &entry.value, arrival)
    }
    _ = try arrive(code)
  }

  /// Gives the entry another value.
  mutating func replace(with value: RawSpan) throws(LMDBError) {
    precondition(isOnEntry, "the cursor stands on no entry")
    let code = unsafe withUnsafeTemporaryAllocation(
      byteCount: LMDBError.maximumKeyBytes, alignment: 1
    ) { copy in
      // LMDB may move what the entry's own key points to before it reads it.
      // Sound: no key is longer than the room for it.
      unsafe copy.copyMemory(from: UnsafeRawBufferPointer(start: entry.key.mv_data, count: entry.key.mv_size))
      var key = unsafe MDB_val(mv_size: entry.key.mv_size, mv_data: copy.baseAddress)
      return unsafe value.withLMDBValue { value in unsafe mdb_cursor_put(handle, &key, &value, UInt32(MDB_CURRENT)) }
    }
    isOnEntry = false
    try outcome.check(code)
    _ = try move(MDB_GET_CURRENT)
  }

  /// Takes the entry out. The next move forward is to the one after it.
  mutating func delete() throws(LMDBError) {
    precondition(isOnEntry, "the cursor stands on no entry")
    isOnEntry = false
    // Sound: the cursor stands on an entry.
    try outcome.check(unsafe mdb_cursor_del(handle, 0))
  }
}
