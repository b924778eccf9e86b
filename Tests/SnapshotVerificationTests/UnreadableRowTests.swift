import BoltFormat
import TestSupport
import Testing
import VerificationModel

@Suite("Rows that can't be read are errors, and the others still count")
struct UnreadableRowTests {
  /// A row that etcd would never write.
  struct UnreadableRow: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let key: [UInt8]
    var value: [UInt8] = []

    static let all: [UnreadableRow] = {
      let key = EtcdWriter.Row(main: 3, keyValue: .init(key: [])).boltKey
      let whole = EtcdWriter.KeyValue(key: Array(secretKey("x").utf8), version: 1).encoded
      return [
        UnreadableRow(testDescription: "a key of one byte", key: [0]),
        UnreadableRow(testDescription: "a key of 16 bytes", key: key.dropLast()),
        UnreadableRow(testDescription: "a key of 19 bytes", key: key + Array("tt".utf8)),
        UnreadableRow(testDescription: "no separator", key: [UInt8](repeating: 0, count: 17)),
        UnreadableRow(testDescription: "another mark than the tombstone's", key: key + Array("u".utf8)),
        UnreadableRow(testDescription: "negative main", key: [0x80] + key.dropFirst()),
        UnreadableRow(testDescription: "negative sub", key: Array(key[..<9]) + [0x80] + Array(key[10...])),
        UnreadableRow(testDescription: "a message that is cut", key: key, value: whole.dropLast()),
        UnreadableRow(testDescription: "a number for a key", key: key, value: [0x08, 0x01]),
        UnreadableRow(testDescription: "a text for a version", key: key, value: whole + [0x22, 0x01, 0x31]),
        UnreadableRow(testDescription: "a number without end", key: key, value: [UInt8](repeating: 0xFF, count: 11)),
        UnreadableRow(testDescription: "a field without number", key: key, value: [0x02, 0x00]),
        UnreadableRow(testDescription: "text", key: key, value: Array("no message".utf8)),
        UnreadableRow(testDescription: "a tombstone's broken message", key: key + Array("t".utf8), value: [0x0A]),
      ]
    }()
  }

  private static let operations: [EtcdWriter.Operation] = [
    .put(secretKey("a"), StoredSecret.plaintext()),
    .transaction([.put(secretKey("b"), StoredSecret.sealed(.secretbox, "k")), .put("/registry/pods/default/p", "x")]),
    .put(secretKey("c"), StoredSecret.sealed(.secretbox, "k")),
    .put(secretKey("c"), StoredSecret.sealed(.secretbox, "k")), .delete(secretKey("b")),
  ]

  @Test("The row is named by page and offset", arguments: UnreadableRow.all)
  func place(_ row: UnreadableRow) throws {
    let image = BoltWriter().image(Self.store(with: row))
    let (leaf, offset) = try #require(Self.find(row.key, in: image))

    let report = try report(on: image, Policy.rows(failOn: nil))
    #expect(report.verdict == .error)
    #expect(report.errorCodes == ["unreadable-row"])
    #expect(report.etcd?.unreadableRows == 1)
    #expect(report.etcd?.revisions == 7)
    let error = try #require(report.errors.first)
    #expect(error.page == PageID(leaf))
    #expect(error.offset == ByteOffset(UInt64(offset)))
    #expect(error.message.hasSuffix("(page \(leaf), offset \(offset))"))
    let finding = try #require(report.findings.first)
    #expect(finding.rule == .damagedPage)
    #expect(finding.severity == .critical)
    #expect(finding.reason == "unreadable-row")
    #expect(finding.page == error.page && finding.offset == error.offset && finding.message == error.message)
  }

  @Test("The other rows are counted", arguments: UnreadableRow.all)
  func others(_ row: UnreadableRow) throws {
    let report = try report(on: Self.store(with: row))
    #expect(report.live == ClassCounts(plaintext: 1, encrypted: 1))
    #expect(report.history == ClassCounts(encrypted: 2))
    #expect(report.etcd?.liveKeys == 3)
    #expect(report.rules == [.damagedPage, .plaintextLive])
    #expect(report.verdict == .error)
  }

  /// A store of seven rows, this one among them in its sorted place.
  private static func store(with row: UnreadableRow) -> BoltBucket {
    // From revision 10 on: the other row takes nobody's place.
    let rows = EtcdWriter(.v36, (0..<8).map { .put("/registry/pods/default/\($0)", "x") } + operations).rows.dropFirst(
      8)
    let entries = rows.map(\.entry) + [BoltBucket.Entry(row.key, row.value)]
    var store = BoltBucket.store(entries.sorted { $0.key.lexicographicallyPrecedes($1.key) })
    store["key"]?.layout = .pages
    store["key"]?.packing = BoltWriter.Packing(rowsPerLeaf: 2)
    return store
  }

  /// The page and the offset of the row with this key.
  private static func find(_ key: [UInt8], in image: BoltImage) -> (page: UInt64, offset: Int)? {
    for leaf in image.leafPages(ofBucket: "key") {
      for index in 0..<Int(image[leaf, .count]) {
        let range = image.row(index, of: leaf).key
        if image.bytes[range].elementsEqual(key) { return (leaf.number, range.lowerBound) }
      }
    }
    return nil
  }

  @Test("Details are kept of the first thousand errors, and all are counted")
  func many() throws {
    let entries = (0..<1200).map { BoltBucket.Entry([UInt8](bigEndian: $0), []) }
    let report = try report(on: .store(entries), Policy.rows(hash: .skipped, maximumFindings: 10))
    #expect(report.errors.count == 1000)
    #expect(report.errorsOmitted == 200)
    #expect(report.findingCounts[.damagedPage] == 1200)
    #expect(report.findings.count == 10)
    #expect(report.findingsOmitted == 1190, "nobody can say that nothing is in scope")
    #expect(report.etcd?.unreadableRows == 1200)
    #expect(report.verdict == .error)
  }
}

@Suite("Buckets that are not etcd's")
struct BucketTests {
  private static let rows = EtcdWriter(.v36, [.put(secretKey("a"), StoredSecret.sealed(.secretbox, "k"))]).rows

  @Test("Without bucket key there is nothing to verify", arguments: [false, true])
  func noKeyBucket(allowEmpty: Bool) throws {
    var root = EtcdWriter().root
    root["key"] = nil
    let report = try report(on: root, Policy.rows(failOn: nil, allowEmpty: allowEmpty))
    #expect(report.errorCodes == ["missing-key-bucket"])
    #expect(report.etcd == nil)
    #expect(report.bolt != nil)
    #expect(report.findings == [])
    #expect(report.verdict == .error)
  }

  @Test("A bucket inside bucket key is an error, and its rows are none of etcd's", arguments: ["key", "meta", "z"])
  func nested(name: String) throws {
    let plain = EtcdWriter.Row.secret("hidden", 9, StoredSecret.plaintext())
    let nested = BoltBucket([plain.entry])
    let report = try report(on: .store(Self.rows.map(\.entry) + [.init(name, nested)]))
    let error = try #require(report.errors.first)
    #expect(report.errorCodes == ["nested-bucket"])
    let (page, offset) = (try #require(error.page), try #require(error.offset))
    #expect(error.message.contains("(page \(page), offset \(offset))"))
    #expect(report.etcd?.revisions == 1)
    #expect(report.live == ClassCounts(encrypted: 1))
    #expect(report.rules == [.damagedPage])
    #expect(report.verdict == .error)
  }

  @Test("A bucket key in another bucket is not taken for etcd's")
  func nestedKeyBucket() throws {
    var root = EtcdWriter().root
    root["key"] = nil
    root["auth"] = BoltBucket(["key": BoltBucket(Self.rows.map(\.entry))])
    let report = try report(on: root)
    #expect(report.errorCodes == ["nested-bucket", "missing-key-bucket"])
    #expect(report.resources.map(\.live.total).reduce(0, +) == 0)
  }

  @Test("A value among the buckets is an error")
  func valueInRoot() throws {
    var root = BoltBucket.store(Self.rows)
    root.entries.append(.init("zzz", [1, 2, 3]))
    let report = try report(on: root)
    let error = try #require(report.errors.first)
    #expect(report.errorCodes == ["root-bucket-value"])
    #expect(error.message.contains("(page \(error.page?.description ?? ""), offset "))
    #expect(report.live == ClassCounts(encrypted: 1))
  }
}
