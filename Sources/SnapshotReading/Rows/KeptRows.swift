import ByteViews
import Cryptography
import EtcdStorage

/// What a listener is told of rows and can't be read again, or not as fast: their keys, and the digests of their contents.
///
/// A row costs 32 bytes, its key, and 32 bytes where it has a digest.
package struct KeptRows: Sendable {
  /// What is known of one row or object.
  private struct Row: Sendable {
    /// Where its message starts in the file.
    let offset: UInt64
    let messageBytes: UInt32
    /// The number of its candidate in the list, as long as that only grows.
    let candidate: UInt32
    /// Where its key and, behind it, its digest lie.
    let chunk: UInt32
    let start: UInt32
    let keyBytes: UInt16
    let hasKey: Bool
    let hasDigest: Bool

    /// Rows of one place are one row if they have the same length; if it was kept twice, what is known of it comes first.
    func precedes(_ other: Row) -> Bool {
      (offset, messageBytes, hasKey ? 0 : 1, hasDigest ? 0 : 1)
        < (other.offset, other.messageBytes, other.hasKey ? 0 : 1, other.hasDigest ? 0 : 1)
    }
  }

  /// Bytes of a chunk. An array of all bytes would be moved as it grows, and need them twice.
  private static let chunkBytes = 1 << 20
  /// Keys of up to so many bytes are kept, however many there are. An API server's have 800 at most: a resource, a
  /// namespace and a name, of 253 bytes each.
  private static let usualKeyBytes = 1024
  /// Bytes of longer keys, which are kept as long as there is room: a forged store may have nothing else.
  private static let longKeyBudget = 16 << 20

  private var rows = SegmentedArray<Row>()
  private var chunks: [[UInt8]] = []
  private var longKeyBytes = 0
  private var isSettled = true

  /// Nothing.
  package init() {}

  /// Keeps the key and the digest, if there is one, of the row or object that `candidate`, which gets this number in its
  /// list, stands for. Of an object without its row, the key is what an API server would put behind the prefix.
  mutating func add(_ candidate: Candidate, number: Int, key: RawSpan, contents: SHA256Digest?) {
    guard let number = UInt32(exactly: number) else { return }
    let hasKey = mayKeep(key.byteCount)
    let keyBytes = hasKey ? key.byteCount : 0
    let (chunk, start) = makeRoom(keyBytes + (contents == nil ? 0 : SHA256Digest.byteCount))
    chunks[chunk].append(key.extracting(first: keyBytes))
    if let contents { chunks[chunk] += contents.bytes }
    append(
      Row(
        offset: candidate.messageOffset, messageBytes: candidate.messageBytes, candidate: number,
        chunk: UInt32(chunk), start: UInt32(start), keyBytes: UInt16(keyBytes), hasKey: hasKey,
        hasDigest: contents != nil))
  }

  private mutating func mayKeep(_ count: Int) -> Bool {
    guard count <= EtcdKey.maximumNamedBytes else { return false }
    guard count > Self.usualKeyBytes else { return true }
    guard longKeyBytes + count <= Self.longKeyBudget else { return false }
    longKeyBytes += count
    return true
  }

  /// The chunk that has room for so many bytes, and where in it they go.
  private mutating func makeRoom(_ count: Int) -> (chunk: Int, start: Int) {
    if chunks.isEmpty || chunks[chunks.count - 1].count + count > Self.chunkBytes { chunks.append([]) }
    return (chunks.count - 1, chunks[chunks.count - 1].count)
  }

  private mutating func append(_ row: Row) {
    if rows.count > 0, row.precedes(rows[rows.count - 1]) { isSettled = false }
    rows.append(row)
  }

  /// Takes back the rows whose candidates have the number `count`, or a greater one.
  mutating func takeBack(to count: Int) {
    var kept = rows.count
    while kept > 0, rows[kept - 1].candidate >= count { kept -= 1 }
    rows.removeLast(to: kept)
  }

  /// Forgets all rows.
  mutating func removeAll() {
    rows.removeLast(to: 0)
    if !chunks.isEmpty {
      chunks.removeLast(chunks.count - 1)
      chunks[0].removeAll(keepingCapacity: true)
    }
    longKeyBytes = 0
    isSettled = true
  }

  /// Takes over the rows of `other`, whose candidates come behind `candidates` others.
  mutating func join(_ other: KeptRows, behind candidates: Int) {
    for row in other.rows { take(row, of: other, behind: candidates) }
  }

  /// Those of the rows that lie at one of `offsets`.
  func lying(at offsets: Set<UInt64>) -> KeptRows {
    var kept = KeptRows()
    for row in rows where offsets.contains(row.offset) { kept.take(row, of: self, behind: 0) }
    return kept
  }

  private mutating func take(_ row: Row, of other: KeptRows, behind candidates: Int) {
    let byteCount = Int(row.keyBytes) + (row.hasDigest ? SHA256Digest.byteCount : 0)
    let hasKey = row.hasKey && mayKeep(Int(row.keyBytes))
    let skipped = row.hasKey && !hasKey ? Int(row.keyBytes) : 0
    guard let number = UInt32(exactly: Int(row.candidate) + candidates) else { return }
    let (chunk, start) = makeRoom(byteCount - skipped)
    let from = Int(row.start) + skipped
    chunks[chunk] += other.chunks[Int(row.chunk)][from..<(Int(row.start) + byteCount)]
    append(
      Row(
        offset: row.offset, messageBytes: row.messageBytes, candidate: number, chunk: UInt32(chunk),
        start: UInt32(start), keyBytes: hasKey ? row.keyBytes : 0, hasKey: hasKey, hasDigest: row.hasDigest))
  }

  // MARK: Looking up

  /// Ends the taking in: rows can be looked up from now on. O(rows), where they came in the order of the file.
  mutating func settle() {
    guard !isSettled else { return }
    var sorted = SegmentedArray<Row>()
    for row in rows.sorted(by: { $0.precedes($1) }) { sorted.append(row) }
    rows = sorted
    isSettled = true
  }

  /// The key and the digest of the row or object that `candidate` stands for, each nil where it was not kept. O(log n).
  package func row(of candidate: Candidate) -> (key: EtcdKey?, contents: SHA256Digest?) {
    precondition(isSettled, "rows are looked up when all of them have come")
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      let row = rows[middle]
      if (row.offset, row.messageBytes) < (candidate.messageOffset, candidate.messageBytes) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < rows.count, rows[low].offset == candidate.messageOffset,
      rows[low].messageBytes == candidate.messageBytes
    else { return (nil, nil) }
    let row = rows[low]
    let bytes = chunks[Int(row.chunk)][Int(row.start)...]
    return (
      row.hasKey ? EtcdKey(bytes: Array(bytes.prefix(Int(row.keyBytes)))) : nil,
      row.hasDigest
        ? SHA256Digest(bytes: Array(bytes.dropFirst(Int(row.keyBytes)).prefix(SHA256Digest.byteCount))) : nil
    )
  }
}
