import EtcdStorage
import KubernetesStorage

/// Takes in the rows of bucket `key`, and keeps what the verdict needs of them.
///
/// A distinct key costs the bytes of a ``KeyIndex`` slot.
package struct RowCollector: Sendable {
  /// Rows taken in, tombstones included.
  package private(set) var revisions = 0
  package private(set) var tombstones = 0
  /// The greatest main revision of a row.
  package private(set) var greatestMain: Int64 = 0
  /// The newest row of every key.
  package private(set) var index = KeyIndex()
  /// The rows that may matter.
  package var list: CandidateList
  private let empty: CandidateList
  private let digests: KeyDigest.Maker
  /// The row that was taken in last, if it is none that etcd writes.
  private(set) var impossibleRow: ImpossibleRow?
  /// The same row, once for each place in which a Secret may lie that nobody would read there.
  private(set) var doubtfulRows: [ImpossibleRow] = []

  /// A collector that begins with the empty `list`.
  init(_ list: CandidateList, _ digests: KeyDigest.Maker = KeyDigest.Maker()) {
    self.list = list
    empty = list
    self.digests = digests
  }

  /// Takes in the row whose bolt key is `key` and whose value is `message`, which starts at `offset` of the file.
  ///
  /// Throws when the row is not what etcd writes.
  package mutating func add(key: RawSpan, message: RawSpan, at offset: UInt64) throws(EtcdError) {
    revisions += 1
    let row = try RevisionKey(decoding: key)
    let keyValue = try KeyValue(decoding: message)
    let digest = digests.digest(of: keyValue.key)
    index.note(digest, row.revision, isTombstone: row.isTombstone)
    greatestMain = max(greatestMain, row.revision.main)
    impossibleRow = ImpossibleRow(keyValue, row, at: offset)
    if row.isTombstone {
      tombstones += 1
    } else {
      list.add(keyValue, row.revision, at: offset) { _ in digest }
    }
    doubtfulRows = []
    if RowDoubt.isIn(key: keyValue.key) {
      doubtfulRows.append(.init(doubting: keyValue.keyRange, .key, row, at: offset))
    }
    if !row.isTombstone, let doubt = list.doubt {
      let start = keyValue.valueRange.lowerBound
      doubtfulRows.append(
        .init(doubting: (start + doubt.lowerBound)..<(start + doubt.upperBound), .value, row, at: offset))
    }
  }

  /// Ends the taking in: counts which keys are live.
  mutating func settleIndex() { index.settle() }

  /// Hands over the rows, and leaves none.
  mutating func takeList() -> CandidateList {
    let taken = list
    list = empty
    return taken
  }
}
