import BoltFormat
import Foundation
import KubernetesStorage
import TestSupport
import Testing

@testable import SnapshotReading
@testable import SnapshotVerification
@testable import VerificationModel

/// Plaintext in parts of a file that are in use, but that no reader of rows counts; and rows that are kept out of the figures.
@Suite("What lies in use beside the rows")
struct HiddenPlacesTests {
  private static let sealed = StoredSecret.sealed(.secretbox, "key1")
  private static let plain = StoredSecret.plaintext()
  private static let pageSize = 4096

  private static let operations: [EtcdWriter.Operation] =
    [.put("/registry/namespaces/default", StoredSecret.object(apiVersion: "v1", kind: "Namespace", []))]
    + (0..<12).map { .put(secretKey("s\($0)"), sealed) }

  /// A store of encrypted Secrets, in a bucket with pages of its own.
  private static func root(packing: Bool = true) -> BoltBucket {
    var root = EtcdWriter(.v36, operations).root
    root["key"]?.layout = .pages
    return root
  }

  private static func writer() -> BoltWriter {
    var writer = BoltWriter(pageSize: pageSize)
    writer.packing.rowsPerLeaf = 4
    return writer
  }

  /// The row under which etcd would store a Secret in the clear.
  private static let hidden: [UInt8] = {
    let row = EtcdWriter.Row.secret("hidden", 7, plain)
    return row.boltKey + row.keyValue.encoded
  }()

  /// What the scan, the walk of the tree, and a pipe, if the file is not too long for one, say under the default policy.
  private func reports(on bytes: [UInt8]) throws -> [SnapshotReport] {
    let snapshot = try DamagedSnapshot(bytes, Policy())
    var reports = [snapshot.report(.kept), snapshot.report(.kept, .tree)]
    #expect(reports[1].differences(from: reports[0]) == [])
    if bytes.count <= DamagedSnapshot.pipeBytes { reports.append(try snapshot.streamed(.kept)) }
    return reports
  }

  /// Expects findings of `rule` with this reason, unless a stream, which can't be read again, has an error.
  private func expect(_ rule: Rule, _ reason: String, in bytes: [UInt8], page: UInt64? = nil, count: Int = 1) throws {
    for (number, report) in try reports(on: bytes).enumerated() {
      if number == 2, report.verdict == .error { continue }
      let found = report.findings.filter { $0.rule == rule }
      #expect(found.map(\.reason) == Array(repeating: reason, count: count))
      #expect(report.findingCounts[rule] == count)
      if let page { #expect(found.first?.page == PageID(page)) }
      #expect(report.verdict != .pass)
      guard rule == .plaintextElsewhere else { continue }
      // What can be read is to be rotated, wherever it lies.
      #expect(report.exposed.count == count)
      #expect(report.exposed.objects.map(\.isElsewhere) == Array(repeating: true, count: count))
      #expect(Set(report.exposed.objects.map(\.name)).isSubset(of: ["db", "hidden"]))
      #expect(report.exposed.objects.allSatisfy { $0.dataKeys == ["password"] })
    }
  }

  @Test func `a sound store has none of it`() throws {
    for report in try reports(on: Self.writer().image(Self.root()).snapshot()) {
      #expect(report.findings == [])
      #expect(report.verdict == .pass)
    }
  }

  // MARK: Plaintext elsewhere

  @Test(arguments: ["Key", "key ", "lease", "zz", "members"], [BoltBucket.Layout.pages, .inline])
  func `plaintext in another bucket`(name: String, layout: BoltBucket.Layout) throws {
    for value in [Self.plain, StoredSecret.json] {
      let row = EtcdWriter.Row.secret("hidden", 7, value)
      for entry in [BoltBucket.Entry("a", value), row.entry] {
        var root = Self.root()
        root[name] = BoltBucket([entry])
        root[name]?.layout = layout
        try expect(.plaintextElsewhere, "other-bucket", in: Self.writer().image(root).snapshot())
      }
    }
  }

  @Test func `the name of a bucket is told only if etcd has it`() throws {
    for (name, message) in [("lease", "bucket lease"), ("s3cr3t", "a bucket that etcd does not have")] {
      var root = Self.root()
      root[name] = BoltBucket([.init("a", Self.plain)])
      root[name]?.layout = .pages
      let report = try report(on: Self.writer().image(root), Policy())
      #expect(report.findings.first?.message == "a plaintext value of secrets lies in \(message)")
    }
  }

  @Test func `plaintext behind the entries of the freelist`() throws {
    for value in [Self.plain, StoredSecret.json] {
      var writer = Self.writer()
      writer.freelist = .stored
      writer.freePages = [30: [0]]
      var image = writer.image(Self.root())
      let freelist = image[meta: 0, .freelist]
      image.patch(page: freelist, offset: 3000, bytes: value)
      try expect(.plaintextElsewhere, "freelist-page", in: image.snapshot(), page: freelist)
    }
  }

  @Test(arguments: ["first value", "unknown field", "tombstone"])
  func `plaintext in the margin of a row`(place: String) throws {
    let key = Array(secretKey("a").utf8)
    var message = ProtobufWriter()
    message.bytes(1, key)
    if place != "tombstone" {
      for field in 2...4 { message.varint(UInt64(field), UInt64(50)) }
    }
    switch place {
    case "first value": message.bytes(5, Self.plain)
    case "unknown field": message.bytes(9, Self.plain)
    default: message.bytes(5, Self.plain)
    }
    if place != "tombstone" { message.bytes(5, Self.sealed) }
    let row = EtcdWriter.Row(main: 50, isTombstone: place == "tombstone", keyValue: .init(key: key))
    var root = Self.root()
    let rows = EtcdWriter(.v36, Self.operations).rows.map(\.entry) + [.init(row.boltKey, message.bytes)]
    root["key"] = BoltBucket(rows)
    root["key"]?.layout = .pages
    try expect(.plaintextElsewhere, "row-margin", in: Self.writer().image(root).snapshot())
  }

  /// bbolt needs no key of a branch to be one of its leaves.
  @Test func `plaintext in the keys of a branch of bucket key`() throws {
    let writer = Self.writer()
    var image = writer.image(Self.root())
    let branch = image.branchPages(ofBucket: "key")[0]
    let children = image.leafPages(ofBucket: "key").enumerated().map { number, leaf in
      var key = Array(image.bytes[image.row(0, of: leaf).key])
      if number == 1 {
        // Between the last row of the leaf before, and the first of this one.
        key[7] -= 1
        key[16] = 1
        key += Self.plain
      }
      return (key: key, child: leaf.number)
    }
    image.patch(page: branch.number, bytes: writer.encoder.branch(branch.number, children))
    try expect(.plaintextElsewhere, "other-bucket", in: image.snapshot(), page: branch.number)
  }

  @Test(arguments: [0, 1] as [UInt64]) func `plaintext directly behind a meta page's checksum`(page: UInt64) throws {
    var image = Self.writer().image(Self.root())
    image.patch(page: page, offset: 80, bytes: Self.plain)
    for report in try reports(on: image.snapshot()) {
      #expect(report.findingCounts[.plaintextResidue] == 1)
      #expect(report.exposed.objects.map(\.name) == ["db"])
    }
  }

  @Test func `plaintext in a key`() throws {
    let base64 = Array(Data(StoredSecret.json).base64EncodedString().utf8)
    for text in [Self.plain, StoredSecret.json, base64] {
      let key = Array("/registry/pods/default/".utf8) + text
      let row = EtcdWriter.Row(
        main: 50, keyValue: .init(key: key, createRevision: 50, modRevision: 50, version: 1, value: Self.sealed))
      var root = Self.root()
      root["key"] = BoltBucket(EtcdWriter(.v36, Self.operations).rows.map(\.entry) + [row.entry])
      root["key"]?.layout = .pages
      try expect(.plaintextElsewhere, "row-key", in: Self.writer().image(root).snapshot())
    }
  }

  // MARK: Rows withheld

  @Test func `whole rows behind the elements of a leaf`() throws {
    let row = EtcdWriter.Row.secret("hidden", 7, Self.sealed)
    var image = Self.writer().image(Self.root())
    let leaf = image.leafPages(ofBucket: "key")[1]
    image.patch(page: leaf.number, offset: 3000, bytes: row.boltKey + row.keyValue.encoded)
    try expect(.rowsWithheld, "rows-behind-elements", in: image.snapshot(), page: leaf.number)
  }

  @Test func `a leaf whose elements are counted as none`() throws {
    var image = Self.writer().image(Self.root())
    let leaf = image.leafPages(ofBucket: "key")[1]
    image[leaf, .count] = 0
    try expect(.rowsWithheld, "rows-behind-elements", in: image.snapshot(), page: leaf.number)
    image.patch(page: leaf.number, offset: 16, bytes: [UInt8](repeating: 0, count: Self.pageSize - 16))
    try expect(.rowsWithheld, "empty-leaf", in: image.snapshot(), page: leaf.number)
  }

  /// A page forged into what lies behind the last element of a run looks like a part of that run.
  @Test(arguments: [512, 1 << 15]) func `a forged page behind the elements of a run`(blockBytes: Int) throws {
    var writer = BoltWriter(pageSize: 512)
    writer.packing.rowsPerLeaf = 1
    let first = writer.image(Self.root()).leafPages(ofBucket: "key")[0]
    var image = writer.image(Self.root())
    // The leaf moves behind all others, with three pages of its own.
    let number = image.highWater
    var run = Array(image.bytes[first.offset..<first.offset + 512])
    run.replaceSubrange(0..<8, with: [UInt8](bigEndian: number).reversed())
    run[12] = 3
    run += [UInt8](repeating: 0, count: 512)
    let forged = writer.encoder.leaf(number + 2, [EtcdWriter.Row.secret("hidden", 7, Self.plain).leafRow])
    run += forged + [UInt8](repeating: 0, count: 1024 - forged.count)
    let branch = image.branchPages(ofBucket: "key").last { image[$0, child: 0, .child] == first.number }
    image[try #require(branch), child: 0, .child] = number
    image.setMetas(.highWater, to: number + 4)
    let bytes = image.bytes + run
    let path = try TemporaryDirectory()
    let options = ReadingOptions(workers: 1, blockBytes: blockBytes)
    let report = try Verifier(policy: Policy(), options: options).verify(path: path.file("db", bytes))
    #expect(report.findingCounts[.plaintextResidue] == 1)
    #expect(report.errors == [])
  }

  // MARK: The files that were passed

  @Test(arguments: [
    ("freelist-slack/fl-slack-secret.db", Rule.plaintextElsewhere), ("other-bucket/bkt-Key.db", .plaintextElsewhere),
    ("other-bucket/bkt-lease.db", .plaintextElsewhere), ("row-margins/inline-extra.db", .plaintextElsewhere),
    ("row-margins/kv-dupval_first_plain.db", .plaintextElsewhere),
  ])
  func `forged files`(file: String, rule: Rule) throws {
    let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "TestSupport/Fixtures/trials")
    for report in try reports(on: [UInt8](Data(contentsOf: fixtures.appending(path: file)))) {
      #expect(report.verdict == .error || report.findingCounts[rule] != nil && report.verdict == .fail)
      #expect(report.verdict == .error || report.exposed.count > 0)
    }
  }

  @Test func `an object that lies elsewhere too is one`() throws {
    var root = Self.root()
    root["lease"] = BoltBucket([.init("a", Self.plain), .init("b", Self.plain)])
    root["lease"]?.layout = .pages
    var operations = Self.operations
    operations += [.put(secretKey("db"), Self.plain), .put(secretKey("db"), Self.sealed)]
    root["key"] = EtcdWriter(.v36, operations).root["key"]
    for report in try reports(on: Self.writer().image(root).snapshot()) {
      #expect(report.findingCounts[.plaintextElsewhere] == 2)
      #expect(report.exposed.count == 1)
      #expect(report.exposed.objects.map(\.layers) == [[.history]])
      #expect(report.exposed.objects.map(\.isElsewhere) == [true])
    }
  }

  @Test("Real snapshots have nothing of it", arguments: SnapshotFixture.all)
  func real(_ fixture: SnapshotFixture) throws {
    let report = Verifier(policy: Policy()).verify(path: try fixture.path())
    #expect(report.findingCounts[.plaintextElsewhere] == nil)
    #expect(report.findingCounts[.rowsWithheld] == nil)
    #expect(report.errors.filter { $0.code == "residue-unsearched" } == [])
  }
}
