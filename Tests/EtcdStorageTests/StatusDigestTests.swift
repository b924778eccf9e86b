import EtcdStorage
import TestSupport
import Testing

@Suite("What etcdutl snapshot status counts")
struct StatusDigestTests {
  private func add(_ key: [UInt8], _ value: [UInt8], to digest: inout StatusDigest) {
    unsafe digest.add(key: key.span.bytes, value: value.span.bytes)
  }

  /// A snapshot of one row, of which etcdctl 3.4.23 says `c5023252, 2, 1`.
  @Test("The hash of one row")
  func oneRow() {
    var digest = StatusDigest()
    digest.enterBucket(Array("key".utf8), nesting: 1)
    let keyValue = EtcdWriter.KeyValue(
      key: Array("foo".utf8), createRevision: 2, modRevision: 2, version: 1, value: Array("bar".utf8))
    let row = EtcdWriter.Row(main: 2, keyValue: keyValue)
    add(row.boltKey, row.keyValue.encoded, to: &digest)
    digest.leaveBucket(nesting: 1)
    #expect(digest.hash == 0xC502_3252)
    #expect(digest.revision == 2)
    #expect(digest.rows == 1)
  }

  @Test("Rows that were hashed elsewhere count as if they came one by one")
  func rowsTogether() {
    let rows = (2...9).map { main in
      EtcdWriter.Row(main: main, keyValue: .init(key: Array("key\(main)".utf8), value: Array("value".utf8)))
    }
    var (single, together) = (StatusDigest(), StatusDigest())
    for name in ["alarm", "key", "meta"] {
      single.enterBucket(Array(name.utf8), nesting: 1)
      together.enterBucket(Array(name.utf8), nesting: 1)
      if name == "key" {
        for row in rows { add(row.boltKey, row.keyValue.encoded, to: &single) }
        let bytes = rows.flatMap { $0.boltKey + $0.keyValue.encoded }
        var crc = EtcdStorage.CRC32C()
        unsafe crc.update(bytes.span.bytes)
        together.add(rows: rows.count, checksum: crc.value, bytes: UInt64(bytes.count), lastMain: 9)
      } else {
        add([1], [2, 3], to: &single)
        add([1], [2, 3], to: &together)
      }
      single.leaveBucket(nesting: 1)
      together.leaveBucket(nesting: 1)
    }
    #expect(together.hash == single.hash)
    #expect(together.rows == single.rows)
    #expect(together.revision == 9)
  }

  @Test("Nothing at all")
  func nothing() {
    #expect(StatusDigest().hash == 0)
    #expect(StatusDigest().revision == 0)
  }

  @Test("The revision is that of the last row in bucket key, whatever follows its first eight bytes")
  func revision() {
    var digest = StatusDigest()
    digest.enterBucket(Array("key".utf8), nesting: 1)
    for main in [9, 4] as [Int64] { add(EtcdWriter.Row(main: main, keyValue: .init(key: [])).boltKey, [], to: &digest) }
    #expect(digest.revision == 4)
    add([UInt8](bigEndian: 7) + [UInt8](repeating: 0xFF, count: 20), [], to: &digest)
    #expect(digest.revision == 7)
    add([UInt8](repeating: 0, count: 16), [], to: &digest)
    #expect(digest.revision == 7)
    digest.leaveBucket(nesting: 1)
    digest.enterBucket(Array("meta".utf8), nesting: 1)
    add([UInt8](repeating: 1, count: 17), [], to: &digest)
    #expect(digest.revision == 7)
    #expect(digest.rows == 5)
  }

  @Test("A bucket inside another is a row without a value, and what is in it doesn't count")
  func nested() {
    var plain = StatusDigest()
    plain.enterBucket(Array("a".utf8), nesting: 1)
    add(Array("b".utf8), [], to: &plain)
    add(Array("c".utf8), [1], to: &plain)
    var nested = StatusDigest()
    nested.enterBucket(Array("a".utf8), nesting: 1)
    nested.enterBucket(Array("b".utf8), nesting: 2)
    add([1], [2], to: &nested)
    nested.enterBucket(Array("x".utf8), nesting: 3)
    add([3], [4], to: &nested)
    nested.leaveBucket(nesting: 3)
    nested.leaveBucket(nesting: 2)
    add(Array("c".utf8), [1], to: &nested)
    #expect(nested.hash == plain.hash)
    #expect(nested.rows == 2)
  }
}
