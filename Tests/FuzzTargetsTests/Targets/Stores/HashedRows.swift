import EtcdStorage
import TestSupport

@testable import ByteViews

/// The hash of rows that come one by one, of the same rows whose checksum was taken elsewhere, and of their bytes.
struct HashedRows {
  private var single = StatusDigest()
  private var together = StatusDigest()
  /// The rows that `together` waits for.
  private var waiting: (count: Int, sum: EtcdStorage.CRC32C, bytes: UInt64, lastMain: Int64?) = (0, .init(), 0, nil)
  /// All that is hashed.
  private var bytes: [UInt8] = []
  private var rows = 0
  private var revision: Int64 = 0
  private var isInBucket = false
  private var isInKeyBucket = false

  mutating func enter(_ name: [UInt8]) {
    leave()
    single.enterBucket(name, nesting: 1)
    together.enterBucket(name, nesting: 1)
    bytes += name
    isInBucket = true
    isInKeyBucket = name == Array("key".utf8)
  }

  /// A bucket in the bucket, with a row of its own, which is not hashed.
  mutating func addNested(_ name: [UInt8]) {
    guard isInBucket else { return }
    flush()
    let row = [7, 8, 9] as [UInt8]
    single.enterBucket(name, nesting: 2)
    single.add(key: row.rawSpan, value: row.rawSpan)
    single.leaveBucket(nesting: 2)
    together.enterBucket(name, nesting: 2)
    together.leaveBucket(nesting: 2)
    bytes += name
    rows += 1
  }

  mutating func add(_ row: [UInt8]) {
    guard isInBucket else { return }
    let (key, value) = (Array(row.prefix(17)), Array(row.dropFirst(17)))
    single.add(key: key.rawSpan, value: value.rawSpan)
    bytes += row
    rows += 1
    waiting.count += 1
    waiting.bytes += UInt64(row.count)
    waiting.sum.update(row.rawSpan)
    guard isInKeyBucket, key.count == 17 else { return }
    revision = key.prefix(8).reduce(0) { $0 << 8 | Int64($1) }
    waiting.lastMain = revision
  }

  private mutating func flush() {
    guard waiting.count > 0 else { return }
    together.add(rows: waiting.count, checksum: waiting.sum.value, bytes: waiting.bytes, lastMain: waiting.lastMain)
    waiting = (0, .init(), 0, nil)
  }

  private mutating func leave() {
    guard isInBucket else { return }
    flush()
    single.leaveBucket(nesting: 1)
    together.leaveBucket(nesting: 1)
    isInBucket = false
  }

  /// What does not agree.
  var complaints: [String] {
    var copy = self
    copy.leave()
    var complaints = Complaints()
    let sum = PlainCRC32C.of(bytes)
    complaints.expect(copy.single.hash, equals: sum, "the hash of rows one by one")
    complaints.expect(copy.together.hash, equals: sum, "the hash of rows together")
    complaints.expect([copy.single.rows, copy.together.rows], equals: [rows, rows], "the rows")
    complaints.expect([copy.single.revision, copy.together.revision], equals: [revision, revision], "the revision")
    return complaints.list
  }
}

/// CRC-32C bit by bit: slow, and easy to believe.
enum PlainCRC32C {
  static func of(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = ~0
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0x82F6_3B78 : sum >> 1 }
    }
    return ~sum
  }
}
