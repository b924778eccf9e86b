import CLMDB

/// Goes through a table in the order of its keys: byte by byte, a shorter one before those that begin with it.
///
/// ```swift
/// var cursor = try transaction.cursor(over: table)
/// var found = try cursor.seek(to: start)
/// while found {
///   use(cursor.key, cursor.value)
///   found = try cursor.next()
/// }
/// ```
///
/// Nothing is copied or allocated for an entry.
public struct TableCursor: ~Copyable, ~Escapable {
  private var place: CursorPlace

  @_lifetime(borrow transaction)
  init(_ transaction: borrowing Transaction, _ table: StoreTable) throws(LMDBError) {
    place = try CursorPlace(transaction, table)
  }

  /// Moves to the first entry; false when there is none. O(log n).
  public mutating func first() throws(LMDBError) -> Bool { try place.move(MDB_FIRST) }

  /// Moves to the last entry; false when there is none. O(log n).
  public mutating func last() throws(LMDBError) -> Bool { try place.move(MDB_LAST) }

  /// Moves to the next entry, the first one if it was nowhere yet; false after the last. O(1) on average.
  public mutating func next() throws(LMDBError) -> Bool { try place.move(MDB_NEXT) }

  /// Moves to the entry before, the last one if it was nowhere yet; false before the first. O(1) on average.
  public mutating func previous() throws(LMDBError) -> Bool { try place.move(MDB_PREV) }

  /// Moves to the first entry whose key is `key` or comes after it; false when there is none. O(log n).
  public mutating func seek(to key: RawSpan) throws(LMDBError) -> Bool { try place.seek(to: key) }

  /// Whether the cursor stands on an entry.
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
}
