import BoltFormat
import KubernetesStorage
import TestSupport
import Testing

@testable import SnapshotReading
@testable import SnapshotVerification
@testable import VerificationModel

@Suite("What lies in bytes that no page owns")
struct ResidueTests {
  private static let policy = Policy(failOn: nil)
  private static let sealed = StoredSecret.sealed(.secretbox, "key1")
  private static let pageSize = 4096

  /// A Secret in the clear of more than `bytes` bytes.
  private static func secret(_ name: String, bytes: Int = 300) -> [UInt8] {
    StoredSecret.plaintext(name: name, dataKeys: (0..<max(1, bytes / 30)).map { "key-\($0)" })
  }

  /// The row under which etcd would store a Secret.
  private static func row(_ name: String, _ main: Int64, _ value: [UInt8]) -> [UInt8] {
    let row = EtcdWriter.Row.secret(name, main, value)
    return row.boltKey + row.keyValue.encoded
  }

  /// A store whose live rows are encrypted, in which `pages` lie free.
  private static func writer(_ pages: [UInt64: [UInt8]]) -> BoltWriter {
    var writer = BoltWriter(pageSize: pageSize)
    writer.freePages = pages
    return writer
  }

  private static let root: BoltBucket = EtcdWriter(
    .v36,
    [
      .put("/registry/namespaces/default", StoredSecret.object(apiVersion: "v1", kind: "Namespace", [])),
      .put(secretKey("live"), sealed),
    ]
  ).root

  private static func report(_ pages: [UInt64: [UInt8]], _ policy: Policy = Self.policy) throws -> SnapshotReport {
    try SnapshotVerificationTests.report(on: writer(pages).image(root), policy)
  }

  private static func residue(_ report: SnapshotReport) -> [Finding] {
    report.findings.filter { $0.rule == .plaintextResidue }
  }

  // MARK: Rows

  @Test("A row is recovered from the page that held it, with its names and revision")
  func stalePage() throws {
    let leaf = Self.writer([:]).encoder.leaf(
      20, [EtcdWriter.Row.secret("a", 7, Self.secret("a")).leafRow, EtcdWriter.Row.secret("b", 8, Self.sealed).leafRow])
    let report = try Self.report([20: leaf])
    let finding = try #require(Self.residue(report).first)
    #expect(Self.residue(report).count == 1)
    #expect(finding.key == secretKey("a"))
    #expect(finding.subject?.revision?.main == 7)
    #expect(finding.page == PageID(20))
    #expect(finding.subject?.names?.secret?.data.count == 10)
    #expect(finding.severity == .high)
    #expect(report.resources.first?.residue?.objects == 1)
    #expect(report.residue?.unexplainedPages == 0)
    #expect(report.verdict == .pass, "--fail-on never")
    #expect(try Self.report([20: leaf], Policy()).verdict == .fail)
    #expect(try Self.report([20: leaf], Policy.rows()).verdict == .pass)
  }

  @Test("Copies of one revision are one object with several places; one that is live says so")
  func copies() throws {
    let row = Self.row("a", 7, Self.secret("a"))
    let live = try #require(EtcdWriter(.v36, [.put(secretKey("c"), Self.secret("c"))]).rows.first)
    var root = Self.root
    root["key"] = BoltBucket([live.entry])
    let image = Self.writer([20: row, 23: row, 26: live.boltKey + live.keyValue.encoded]).image(root)
    let found = Self.residue(try SnapshotVerificationTests.report(on: image, Self.policy))
    #expect(found.map(\.key) == [secretKey("a"), secretKey("c")])
    #expect(found.map(\.locations.count) == [2, 0])
    #expect(found.map(\.alsoIn) == [[], [.live]])
    let report = try SnapshotVerificationTests.report(on: image, Self.policy)
    #expect(report.resources.first?.residue?.exposures == 1)
  }

  /// Rows lie one behind the other, as bbolt writes them, when the pages before and behind are written again.
  @Test("Wherever a page border cuts the first row", arguments: 0..<8)
  func cutAtTheStart(part: Int) throws {
    let first = Self.row("first", 7, Self.secret("first"))
    let valueStart = first.count - Self.secret("first").count
    for cut in stride(from: part, to: first.count, by: 8) {
      let bytes = Array(first[cut...]) + Self.row("second", 8, Self.secret("second"))
      let report = try Self.report([20: bytes])
      let found = Self.residue(report)
      #expect(found.contains { $0.key == secretKey("second") }, "cut at \(cut)")
      let objects = found.filter { $0.subject?.names?.name == "first" }
      // Where the message begins in the row, its key is still whole.
      let hasKey = cut <= RevisionBytes.key
      switch cut {
      case ...RevisionBytes.key: #expect(objects.first?.key == secretKey("first") && hasKey, "cut at \(cut)")
      case ...valueStart:
        #expect(objects.count == 1 && objects.first?.subject?.revision == nil, "cut at \(cut)")
        #expect(objects.first?.subject?.names?.namespace == "default")
      default:
        #expect(objects.isEmpty, "cut at \(cut)")
        // The end of a Secret is a sign of one, as long as its type is there.
        let hasType = cut <= first.count - 4 - "Opaque".utf8.count - 2
        #expect(found.contains { $0.reason == "fragment" } == hasType, "cut at \(cut)")
        if hasType { #expect(report.residue?.unexplainedPages == 0, "cut at \(cut)") }
      }
      #expect(report.errors == [])
    }
  }

  @Test("Wherever a page border cuts the last row", arguments: 0..<8)
  func cutAtTheEnd(part: Int) throws {
    let row = Self.row("last", 7, Self.secret("last"))
    let valueStart = row.count - Self.secret("last").count
    // The next page has a header of its own.
    let next = Self.writer([:]).encoder.leaf(21, [EtcdWriter.Row.secret("b", 9, Self.sealed).leafRow])
    for cut in stride(from: part, to: row.count, by: 8) {
      let bytes = Array(repeating: 0, count: Self.pageSize - cut) + row[..<cut]
      let report = try Self.report([20: bytes, 21: next])
      let found = Self.residue(report)
      // What names the type must be there.
      let hasHead = cut >= valueStart + 4 + 2 + 12
      #expect(found.map(\.key) == (hasHead ? [secretKey("last")] : []) || cut < valueStart + 18, "cut at \(cut)")
      // A revision that is cut is a few bytes that tell nothing.
      if cut > RevisionBytes.key + 1 { #expect(report.residue?.unexplainedPages == 0, "cut at \(cut)") }
    }
  }

  // MARK: Other encodings, without rows

  @Test("An object whose row is gone is named from its metadata", arguments: ["json", "cbor", "yaml", "base64"])
  func encodings(encoding: String) throws {
    let text: [UInt8]
    switch encoding {
    case "json":
      text = Array(
        #"{"kind":"Secret","apiVersion":"v1","metadata":{"name":"db","namespace":"shop"},"data":{"p":"YQ=="},"type":"Opaque"}"#
          .utf8)
    case "yaml":
      text = Array(
        "apiVersion: v1\ndata:\n  p: YQ==\nkind: Secret\nmetadata:\n  name: db\n  namespace: shop\ntype: Opaque\n".utf8)
    case "base64":
      let object = StoredSecret.plaintext(namespace: "shop", name: "db", dataKeys: ["p"])
      text = Array(Base64.encode(object).utf8)
    default:
      func string(_ text: String) -> [UInt8] { [0x40 | UInt8(text.utf8.count)] + Array(text.utf8) }
      let metadata = [0xA2] + string("name") + string("db") + string("namespace") + string("shop")
      text =
        [0xD9, 0xD9, 0xF7, 0xA3] + string("kind") + string("Secret") + string("metadata") + metadata
        + string("apiVersion") + string("v1")
    }
    var random = SeededGenerator(seed: 5)
    for before in [[], random.bytes(40), Array("tail of a value\n".utf8)] {
      let report = try Self.report([20: before + text + [0] + random.bytes(30)])
      let finding = try #require(Self.residue(report).first, "after \(before.count) bytes")
      #expect(finding.subject?.names?.name == "db")
      #expect(finding.subject?.names?.namespace == "shop")
      #expect(finding.subject?.names?.key == nil)
      #expect(finding.offset == ByteOffset(UInt64(20 * Self.pageSize + before.count)))
      #expect(finding.resource == "secrets")
    }
  }

  // MARK: Where nobody looks

  @Test("What lies behind the last element of a page in use, in the metas, or beyond the last page is found")
  func elsewhere() throws {
    let row = Self.row("hidden", 7, Self.secret("hidden"))
    let clean = Self.writer([20: [1]]).image(Self.root)
    for place in ["slack", "root slack", "meta", "tail"] {
      var image = clean
      var bytes: [UInt8]
      switch place {
      case "slack":
        let leaf = image.leafPages(ofBucket: "key")[0]
        image.patch(page: leaf.number, offset: Self.pageSize - row.count - 10, bytes: row)
        bytes = try image.snapshot()
      case "root slack":
        image.patch(page: image.rootPage(ofBucket: []).number, offset: Self.pageSize - row.count, bytes: row)
        bytes = try image.snapshot()
      case "meta":
        image.patch(page: 1, offset: 200, bytes: row)
        bytes = try image.snapshot()
      default: bytes = try image.snapshot() + row
      }
      let report = try SnapshotVerificationTests.report(on: bytes, Self.policy)
      #expect(Self.residue(report).map(\.key) == [secretKey("hidden")], "\(place)")
      #expect(report.errors == [], "\(place)")
    }
  }

  @Test(
    "Beyond the high-water mark, pages with headers of their own are told where they lie", arguments: [4096, 1 << 20])
  func pagesBeyondTheHighWaterMark(blockBytes: Int) throws {
    var writer = Self.writer([:])
    let first = writer.image(Self.root).highWater
    let encoder = writer.encoder
    for number in 0..<6 {
      let secret = EtcdWriter.Row.secret("s\(number)", 7, Self.secret("s\(number)"))
      let page = encoder.leaf(first + UInt64(number), [secret.leafRow])
      writer.tail += page + [UInt8](repeating: 0, count: Self.pageSize - page.count)
    }
    let directory = try TemporaryDirectory()
    let path = try directory.file("db", writer.image(Self.root).bytes)
    let options = ReadingOptions(workers: 1, blockBytes: blockBytes)
    let report = Verifier(policy: Self.policy, options: options).verify(path: path)
    let found = Self.residue(report)
    #expect(found.map(\.key) == (0..<6).map { secretKey("s\($0)") })
    #expect(found.map(\.page) == (0..<6).map { PageID(first + UInt64($0)) })
  }

  @Test("A page in use whose value holds whole forged pages tells nothing")
  func forgedPagesInAValue() throws {
    let encoder = Self.writer([:]).encoder
    for number in UInt64(3)..<12 {
      let page = encoder.leaf(number, [EtcdWriter.Row.secret("forged", 7, Self.secret("forged")).leafRow])
      var value = StoredSecret.object(apiVersion: "v1", kind: "ConfigMap", [])
      value += [UInt8](repeating: 1, count: 2 * Self.pageSize)
      for start in stride(from: 0, to: 64 * 1024, by: 512) {
        _ = start
        value += page + [UInt8](repeating: 2, count: 512 - page.count % 512)
      }
      let etcd = EtcdWriter(
        .v36,
        [
          .put("/registry/namespaces/default", StoredSecret.object(apiVersion: "v1", kind: "Namespace", [])),
          .put("/registry/configmaps/default/forged", value), .put(secretKey("live"), Self.sealed),
        ])
      let report = try SnapshotVerificationTests.report(on: etcd, Self.policy)
      #expect(Self.residue(report).isEmpty)
      #expect(report.live == ClassCounts(encrypted: 1))
    }
  }

  @Test("A forged header that claims what follows hides nothing", arguments: [false, true])
  func forgedHeader(isSound: Bool) throws {
    let hidden = Self.row("hidden", 7, Self.secret("hidden"))
    let pages = 4
    var claim = [UInt8](repeating: 3, count: pages * Self.pageSize)
    claim.replaceSubrange(2 * Self.pageSize..<2 * Self.pageSize + hidden.count, with: hidden)
    // A row of another resource whose value covers the pages behind it.
    let keyValue = EtcdWriter.KeyValue(
      key: Array("/registry/pods/default/p".utf8), createRevision: 5, modRevision: 5, version: 1, value: claim)
    let row = EtcdWriter.Row(main: 5, keyValue: keyValue)
    var run = Self.writer([:]).encoder.leaf(20, [row.leafRow])
    if !isSound { run[16] = 9 }
    let report = try Self.report([20: run])
    let found = Self.residue(report)
    #expect(found.compactMap(\.key) == [secretKey("hidden")])
    // Of the value that holds it, a sound row tells too: as an object whose name can't be read.
    #expect(found.count == (isSound ? 2 : 1))
  }

  @Test("The time is linear, however often the bytes look like something")
  func hostile() throws {
    let heads: [[UInt8]] = [
      Array("k8s\0".utf8) + [0x0A, 0x0C, 0x0A, 0x02] + Array("v1".utf8) + [0x12, 0x06] + Array("Secret".utf8)
        + [0x12, 0xFF, 0xFF, 0x7F],
      Array(#"{"kind":"Secret","apiVersion":"v1","#.utf8), Array("apiVersion: v1\nkind: Secret\n".utf8),
      Array("apiVersion: ".utf8), Array("apiVersion: v1\n  - kind\n".utf8), Array("azhzAAoMCgJ2MRIGU2VjcmV0".utf8),
      [0, 0, 0, 0, 0, 0, 0, 9, 0x5F, 0, 0, 0, 0, 0, 0, 0, 0, 0x0A, 0xFF, 0x7F], [0x1A, 0, 0x22, 0],
    ]
    for head in heads {
      var durations: [Duration] = []
      for pages in [32, 128] {
        let bytes = Array(Array(repeatElement(head, count: pages * Self.pageSize / head.count)).joined())
        let image = try Self.writer([20: bytes]).image(Self.root).snapshot()
        durations.append(
          try ContinuousClock().measure {
            let report = try SnapshotVerificationTests.report(on: image, Self.policy)
            // What is given up is said.
            #expect(report.errorCodes.allSatisfy { $0 == "residue-unsearched" })
          })
      }
      // Four times the bytes: quadratic time would take sixteen times as long.
      #expect(durations[1] < durations[0] * 10 + .seconds(1), "\(String(decoding: head, as: UTF8.self)): \(durations)")
    }
  }

  private enum RevisionBytes {
    /// Bytes in a row's key.
    static let key = 17
  }
}

/// RFC 4648 §4.
private enum Base64 {
  static func encode(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
      for index in 0..<4 { text.append(index <= group.count ? digits[Int(bits >> UInt32(18 - 6 * index)) & 63] : "=") }
    }
    return text
  }
}
