import CLMDB

/// A named table of a store: keys in order, each with one value.
///
/// It belongs to the transaction that answered it. To ask for it again in the next one costs no reading: LMDB keeps what it
/// opened.
public struct StoreTable: Hashable, Sendable {
  let number: MDB_dbi
}
