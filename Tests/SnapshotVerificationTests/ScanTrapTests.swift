import BoltFormat
import KubernetesStorage
import TestSupport
import Testing

@testable import SnapshotReading
@testable import VerificationModel

@Suite("What the scan must not be misled by")
struct ScanTrapTests {
  private static let plain = StoredSecret.plaintext()
  private static let sealed = StoredSecret.sealed(.secretbox, "key1")
  private static let configMap = StoredSecret.object(apiVersion: "v1", kind: "ConfigMap", [])
  private static let keys = Array(
    (#"{"kind":"ConfigMap","apiVersion":"v1","data":{"c":"kind: EncryptionConfiguration\nresources:\n"#
      + #"- providers:\n  - aescbc:\n      keys:\n      - secret: AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="}}"#)
      .utf8)

  private static func namespace(below prefix: String) -> EtcdWriter.Operation {
    .put("\(prefix)/namespaces/kube-system", StoredSecret.object(apiVersion: "v1", kind: "Namespace", []))
  }

  /// Enough live Secrets that bucket `key` has several leaves.
  private static let secrets =
    [namespace(below: "/registry")] + (0..<100).map { .put(secretKey("s\($0)"), $0 % 7 == 0 ? plain : sealed) }

  private static func harness(_ operations: [EtcdWriter.Operation], _ policy: Policy) throws -> ScanHarness {
    try ScanHarness(BoltWriter().image(EtcdWriter(.v36, secrets + operations).root).bytes, policy)
  }

  // MARK: Values that matter wherever they lie

  /// A value that matters under a key that doesn't, and what comes after it.
  private static let stray: [(key: String, value: [UInt8])] = [
    ("/registry/configmaps/default/a", plain), ("/registry/pods/default/a", StoredSecret.json), ("/elsewhere", plain),
    ("/registry/configmaps/default/c", keys),
    ("/bootstrap/0a1b2c", Array("3f2a9c:aGVsbG8gd29ybGQsIHRoaXMgaXMgYmFzZTY0IGRhdGE=".utf8)),
  ]

  @Test("An old value that matters is not live because the new one does not", arguments: stray)
  func replaced(_ row: (key: String, value: [UInt8])) throws {
    for last in [.put(row.key, "x"), .put(row.key, Self.configMap), .delete(row.key)] as [EtcdWriter.Operation] {
      for policy in [Policy.rows(hash: .skipped), Policy.rows(layers: [.live], hash: .skipped)] {
        let harness = try Self.harness([.put(row.key, row.value), last], policy)
        #expect(harness.differences() == [])
        #expect(!harness.scanned().findings.contains { $0.key == row.key && $0.layer == .live })
      }
    }
  }

  // MARK: Prefixes

  @Test("A longer prefix counts for the rows before those that tell of it", arguments: [false, true], [4096, 1 << 20])
  func longerPrefix(isGiven: Bool, blockBytes: Int) throws {
    let rows = (0..<60).map { EtcdWriter.Operation.put("/registry/tenant/configmaps/default/c\($0)", Self.sealed) }
    let policy = Policy.rows(
      resources: [.all], etcdPrefix: isGiven ? EtcdPrefix("/registry") : nil, hash: .skipped)
    let harness = try Self.harness(rows + [Self.namespace(below: "/registry/tenant")] + rows, policy)
    #expect(harness.differences(blockBytes: blockBytes) == [])
    let report = harness.scanned(blockBytes: blockBytes)
    #expect(!report.resources.contains { $0.resource == "tenant" })
    #expect(report.resources.contains { $0.prefix.description == "/registry/tenant" } == !isGiven)
  }

  @Test("More prefixes than are kept", arguments: [60, 70])
  func manyPrefixes(count: Int) throws {
    let rows = (0..<count).flatMap {
      [Self.namespace(below: "/p\($0)"), .put("/p\($0)/secrets/default/a", Self.plain)]
    }
    for policy in [Policy.rows(hash: .skipped), Policy.rows(resources: [.all], hash: .skipped)] {
      #expect(try Self.harness(rows, policy).differences(blockBytes: 4096) == [])
    }
  }

  @Test("More names of keys than are kept")
  func manyNames() throws {
    let rows = (0..<4200).map {
      EtcdWriter.Operation.put(
        secretKey("s\($0)"), "k8s:enc:secretbox:v1:key\($0):" + String(repeating: "x", count: 60))
    }
    let harness = try Self.harness(rows, Policy.rows(hash: .skipped))
    #expect(harness.differences(workers: 2, blockBytes: 1 << 16) == [])
  }

  // MARK: Pages

  @Test("Pages beyond the high-water mark are in use by nobody")
  func beyondTheMark() throws {
    let root = EtcdWriter(.v36, Self.secrets).root
    var writer = BoltWriter()
    let mark = writer.image(root).highWater
    let row = EtcdWriter.Row.secret("left over", 900, Self.plain).leafRow
    let page = writer.encoder.leaf(mark + 1, [row])
    writer.tail = [UInt8](repeating: 0, count: 4096) + page + [UInt8](repeating: 0, count: 4096 - page.count)
    let harness = try ScanHarness(writer.image(root).bytes)
    #expect(try harness.isReadByScan())
    #expect(harness.differences() == [])
  }

  /// Files that are not as etcd writes them.
  private static let oddFiles: [(name: String, image: BoltImage)] = {
    let rows = EtcdWriter(.v36, secrets).rows
    var packed = BoltWriter()
    packed.packing.rowsPerLeaf = 5
    func image(_ change: (inout BoltBucket) -> Void) -> BoltImage {
      var root = EtcdWriter(.v36, secrets).root
      change(&root)
      return packed.image(root)
    }
    let nested = BoltBucket.Entry("z", BoltBucket([EtcdWriter.Row.secret("hidden", 9, plain).entry]))
    let tombstone = EtcdWriter.Row(main: 50, isTombstone: true, keyValue: .init(key: Array(secretKey("s49").utf8)))
    return [
      ("no bucket key", image { $0["key"] = nil }),
      ("an empty bucket key", image { $0["key"] = BoltBucket(layout: .pages) }),
      ("rows in another order", image { $0["key"]?.entries.swapAt(30, 60) }),
      ("a row twice", image { $0["key"]?.entries.insert(rows[40].entry, at: 40) }),
      ("a put and a tombstone of one revision", image { $0["key"]?.entries.insert(tombstone.entry, at: 50) }),
      ("a bucket among the rows", image { $0["key"]?.entries.append(nested) }),
      ("a row that is none", image { $0["key"]?.entries.append(.init("zz", [1])) }),
      ("a value among the buckets", image { $0.entries.append(.init("zz", [1])) }),
      ("a tree too deep", image { $0["key"]?.extraLevels = 70 }),
      ("a tree as deep as may be", image { $0["key"]?.extraLevels = 60 }),
    ]
  }()

  @Test("Files that are not as etcd writes them are read alike", arguments: oddFiles)
  func odd(_ file: (name: String, image: BoltImage)) throws {
    let harness = try ScanHarness(file.image.bytes)
    #expect(harness.differences(workers: 2, blockBytes: 4096) == [])
    #expect(harness.differences() == [])
  }

  @Test("Pages of the tree that are not what the tree says are read alike", arguments: BoltWriter.ByteOrder.allCases)
  func changedPages(byteOrder: BoltWriter.ByteOrder) throws {
    var writer = BoltWriter(byteOrder: byteOrder)
    writer.packing.rowsPerLeaf = 5
    writer.packing.childrenPerBranch = 4
    let sound = writer.image(EtcdWriter(.v36, Self.secrets).root)
    let leaves = sound.leafPages(ofBucket: "key")
    let branch = sound.branchPages(ofBucket: "key")[1]
    let changes: [(inout BoltImage) -> Void] = [
      { $0[leaves[2], .overflow] = 1 }, { $0[leaves[2], .overflow] = 0xFFFF_FFFF }, { $0[leaves[2], .id] = 1 << 40 },
      { $0[leaves[2], .count] = 0 }, { $0[leaves[2], .count] = 4 }, { $0[leaves[2], .count] = 0xFFFF },
      { $0[leaves[2], .flags] = 3 }, { $0[leaves[2], row: 4, .valueSize] = 0x7FFF_FFFF },
      { $0[leaves[2], row: 4, .valueSize] -= 1 }, { $0[leaves[2], row: 0, .flags] = 2 },
      { $0[branch, child: 1, .child] = leaves[0].number }, { $0[branch, child: 1, .child] = branch.number },
      { $0[branch, child: 1, .child] = 1 << 40 }, { $0[branch, child: 1, .child] = .max },
      { $0[branch, child: 1, .child] = 0 }, { $0[branch, .count] = 0 }, { $0[branch, .count] = 3 },
      { $0[branch, child: 1, .keySize] = 16 },
      // The key for a child, one less and one more than the child's first.
      { $0.patch(at: $0.keyEnd(of: branch, child: 2) - 10, bytes: [0]) },
      { $0.patch(at: $0.keyEnd(of: branch, child: 2) - 1, bytes: [1]) },
    ]
    for change in changes {
      var image = sound
      change(&image)
      #expect(try ScanHarness(image.bytes).differences(blockBytes: 1 << 13) == [])
    }
  }

  // MARK: Bounds

  /// Each page of 2 MiB claims all pages up to the next mebibyte, and has one row, whose value's fields are those of all
  /// the pages after it.
  @Test("Runs that overlap don't multiply the work", .timeLimit(.minutes(20)))
  func overlappingRuns() throws {
    let pagesInBlock = 2048
    var writer = BoltWriter(pageSize: 512)
    writer.freePages[UInt64(3 * pagesInBlock - 1)] = []
    var image = writer.image(EtcdWriter(.v36, Self.secrets).root)
    let key = EtcdWriter.Row(main: 5, keyValue: .init(key: [])).boltKey
    for number in pagesInBlock..<(3 * pagesInBlock) {
      let pagesLeft = pagesInBlock - number % pagesInBlock
      let page = writer.encoder.leaf(
        UInt64(number), [.init(key, [UInt8](repeating: 1, count: 512 * pagesLeft - 49))])
      // Varints, and where the next page begins a field that passes over its headers and key.
      var head = Array(page.prefix(49)) + [0x10, 0x81, 0x00]
      while head.count < 510 { head += [0x10, 0x01] }
      image.patch(page: UInt64(number), bytes: head + (pagesLeft == 1 ? [0x10, 0x01] : [0x7A, 49]))
    }
    #expect(try ScanHarness(image.bytes).differences() == [])
  }

  @Test("Runs that are cut by blocks take no more memory than the bound")
  func cutRuns() {
    let bytes = [UInt8](repeating: 0, count: 1 << 20)
    // Sound: a byte is initialized memory of any pattern.
    let block = unsafe bytes.span.bytes
    let claims = (0..<64).map {
      PageScanner.CutRun(page: UInt64($0), offset: block.byteCount - 512, byteCount: CutRunList.budget / 4)
    }
    var list = CutRunList()
    var taken: [Int] = []
    for _ in 0..<2 {
      #expect(list.begin(claims, in: block).isEmpty == false)
      for _ in 0..<20 { list.add(block) { _, run in taken.append(run.byteCount) } }
    }
    #expect(taken == Array(repeating: CutRunList.budget / 4, count: 8), "and there is room again when all have come")
  }
}

extension BoltImage {
  /// Where the key of a branch's child ends.
  fileprivate func keyEnd(of branch: Page, child: Int) -> Int {
    branch.offset + 16 + 16 * child + Int(self[branch, child: child, .position] + self[branch, child: child, .keySize])
  }
}
