import CLMDB

/// Why a transaction can no longer be committed; shared by the transaction and its cursors.
final class TransactionOutcome {
  /// The first code of LMDB after which nothing more can be written; 0 while all is well.
  private(set) var failure: Int32 = 0

  /// Throws what `code` means, unless it is 0.
  func check(_ code: Int32) throws(LMDBError) {
    guard code != 0 else { return }
    // A key out of order leaves the transaction as it was (mdb.c, mdb_cursor_put).
    if failure == 0, code != MDB_KEYEXIST { failure = code }
    throw LMDBError(code: code)
  }
}
