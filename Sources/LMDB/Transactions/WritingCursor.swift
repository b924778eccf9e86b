import CLMDB

/// Goes through a table as ``TableCursor`` does, and changes it on the way.
///
/// ``key`` and ``value`` are bytes in the store: they can't be kept beyond the next move or change.
@safe public struct WritingCursor: ~Copyable, ~Escapable {
  private var place: CursorPlace
  private let table: StoreTable
  private let handle: OpaquePointer
  private let outcome: TransactionOutcome

  @_lifetime(&transaction)
  init(_ transaction: inout Transaction, _ table: StoreTable) throws(LMDBError) {
    place = try CursorPlace(transaction, table)
    self.table = table
    unsafe handle = transaction.handle
    outcome = transaction.outcome
  }

  // MARK: Moving

  /// Moves to the first entry; false when there is none. O(log n).
  public mutating func first() throws(LMDBError) -> Bool { try place.move(MDB_FIRST) }

  /// Moves to the last entry; false when there is none. O(log n).
  public mutating func last() throws(LMDBError) -> Bool { try place.move(MDB_LAST) }

  /// Moves to the next entry, the first one if it was nowhere yet; false after the last. O(1) on average.
  public mutating func next() throws(LMDBError) -> Bool { try place.move(MDB_NEXT) }

  /// Moves to the first entry whose key is `key` or comes after it; false when there is none. O(log n).
  public mutating func seek(to key: RawSpan) throws(LMDBError) -> Bool { try place.seek(to: key) }

  // MARK: The entry

  /// Whether the cursor stands on an entry: not before the first, after the last, or where one was deleted.
  public var isOnEntry: Bool { place.isOnEntry }

  /// The key of the entry that the cursor stands on. Traps when it stands on none.
  public var key: RawSpan {
    @_lifetime(borrow self)
    get { place.key }
  }

  /// The value of the entry that the cursor stands on. Traps when it stands on none.
  public var value: RawSpan {
    @_lifetime(borrow self)
    get { place.value }
  }

  // MARK: Changing

  /// Stores `value` under `key`, which has 1 to 511 bytes, and stands on it. O(log n).
  public mutating func put(_ value: RawSpan, for key: RawSpan) throws(LMDBError) {
    try place.put(value, for: key, flags: 0)
  }

  /// Stores `value` under `key`, which comes after all others, and stands on it.
  ///
  /// Throws ``LMDBError/keyOrder`` when it does not come after all others; nothing is changed then.
  public mutating func append(_ value: RawSpan, for key: RawSpan) throws(LMDBError) {
    try place.put(value, for: key, flags: UInt32(MDB_APPEND))
  }

  /// Gives the entry that the cursor stands on another value. Traps when it stands on none. O(1), unless the page overflows.
  public mutating func replace(with value: RawSpan) throws(LMDBError) { try place.replace(with: value) }

  /// Takes out the entry that the cursor stands on; ``next()`` moves to the one after it. Traps when it stands on none.
  public mutating func delete() throws(LMDBError) { try place.delete() }

  // MARK: Other tables

  /// The value of `key` in another table of the transaction; nil when it has none. O(log n).
  @_lifetime(borrow self)
  public borrowing func value(for key: RawSpan, in other: StoreTable) throws(LMDBError) -> RawSpan? {
    let transaction = unsafe Transaction(handle, outcome)
    guard let value = try transaction.value(for: key, in: other) else { return nil }
    // Sound: it stays until the transaction changes something, which it does through this cursor only.
    return unsafe _overrideLifetime(value, borrowing: self)
  }

  /// Stores `value` under `key` in another table of the transaction. Traps when it is the cursor's own. O(log n).
  public mutating func put(_ value: RawSpan, for key: RawSpan, in other: StoreTable) throws(LMDBError) {
    precondition(other != table, "the cursor's own table is changed by put(_:for:)")
    var transaction = unsafe Transaction(handle, outcome)
    try transaction.put(value, for: key, in: other)
  }
}
