import EtcdStorage
import KubernetesStorage

/// Takes in the rows of bucket `key`, and keeps what the verdict needs of them.
///
/// A distinct key costs the bytes of a ``KeyIndex`` slot.
struct RowCollector: Sendable {
  /// Rows taken in, tombstones included.
  private(set) var revisions = 0
  private(set) var tombstones = 0
  /// The greatest main revision of a row.
  private(set) var greatestMain: Int64 = 0
  /// The newest row of every key.
  private(set) var index = KeyIndex()
  /// The rows that may matter.
  var list: CandidateList
  private let digests: KeyDigest.Maker

  /// A collector that begins with the empty `list`.
  init(_ list: CandidateList, _ digests: KeyDigest.Maker = KeyDigest.Maker()) {
    self.list = list
    self.digests = digests
  }

  /// Takes in the row whose bolt key is `key` and whose value is `message`, which starts at `offset` of the file.
  ///
  /// Throws when the row is not what etcd writes.
  mutating func add(key: RawSpan, message: RawSpan, at offset: UInt64) throws(EtcdError) {
    revisions += 1
    let row = try RevisionKey(decoding: key)
    let keyValue = try KeyValue(decoding: message)
    let digest = digests.digest(of: keyValue.key)
    index.note(digest, row.revision, isTombstone: row.isTombstone)
    greatestMain = max(greatestMain, row.revision.main)
    if row.isTombstone {
      tombstones += 1
    } else {
      list.add(keyValue, row.revision, at: offset) { _ in digest }
    }
  }

  /// Ends the taking in: to be called once the prefixes are settled, and before any question. From now on each row has one
  /// candidate.
  ///
  /// - Returns: what lies in bytes that no page owns.
  @discardableResult
  mutating func finish() -> [Candidate] {
    index.settle()
    list.settlePlaces()
    let residue = list.takeResidue()
    list.settleLiveness(by: index)
    return residue
  }
}
