import EtcdStorage
import KubernetesStorage

/// Takes in the rows of bucket `key` and keeps what the verdict needs of them.
///
/// Allocates nothing for a row out of scope. A row that may be in scope costs the bytes of a ``Candidate``, a distinct
/// key those of a ``KeyIndex`` slot.
struct RowCollector: Sendable {
  /// Rows taken in, tombstones included.
  private(set) var revisions = 0
  private(set) var tombstones = 0
  /// The greatest main revision of a row.
  private(set) var greatestMain: Int64 = 0
  /// The newest row of every key.
  private(set) var index = KeyIndex()
  /// The etcd prefixes met.
  private(set) var prefixes: PrefixTable
  private(set) var kinds = KindTable()
  private(set) var candidates: [Candidate] = []
  private let digests = KeyDigest.Maker()

  /// A collector that finds the etcd prefixes from the keys, or takes the one given.
  init(prefix: EtcdPrefix?) {
    prefixes = prefix.map { PrefixTable(given: $0) } ?? PrefixTable()
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
    guard !row.isTombstone else {
      tombstones += 1
      return
    }
    let value = keyValue.value
    let places = prefixes.observe(key: keyValue.key, value: value)
    guard !places.isEmpty else { return }
    let kind = kinds.intern(Classification(of: value), of: value)
    for place in places {
      candidates.append(
        Candidate(
          digest: digest, revision: row.revision, messageOffset: offset, messageBytes: UInt32(message.byteCount),
          valueStart: UInt32(keyValue.valueRange.lowerBound), valueBytes: UInt32(value.byteCount),
          version: UInt32(clamping: keyValue.version), kind: kind, prefix: place.id))
    }
  }

  /// Ends the taking in: to be called after the last row, and before any question.
  mutating func finish() {
    index.settle()
  }

  /// Whether the candidate is the newest row of its key.
  func isLive(_ candidate: Candidate) -> Bool {
    guard let newest = index.newest(of: candidate.digest) else { return false }
    return newest.revision == candidate.revision && !newest.isTombstone
  }
}
