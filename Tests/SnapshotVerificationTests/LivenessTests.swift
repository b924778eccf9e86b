import TestSupport
import Testing

@testable import VerificationModel

@Suite("The newest revision of a key is live, whatever stands where")
struct LivenessTests {
  private static let sealed = StoredSecret.sealed(.secretbox, "key1")
  private static let plain = StoredSecret.plaintext()

  /// Of `a`, the newest is the second change of transaction 7; `b` is deleted.
  private static let rows: [EtcdWriter.Row] = [
    .secret("a", 5, plain), .secret("b", 6, sealed), .secret("a", 7, plain), .secret("a", 7, sub: 1, sealed),
    .secret("b", 8, nil),
  ]

  @Test("The greatest (main, sub) wins in every order of the rows", arguments: permutations(of: Array(0..<5)))
  func order(_ order: [Int]) throws {
    let isSorted = order == order.sorted()
    let report = try report(on: .store(order.map { Self.rows[$0] }), Policy.rows(hash: .skipped))
    #expect(report.live == ClassCounts(encrypted: 1))
    #expect(report.history == ClassCounts(plaintext: 2, encrypted: 1))
    #expect(report.etcd?.tombstones == 1)
    #expect(report.etcd?.liveKeys == 1)
    #expect(report.etcd?.revision == 8)
    #expect(report.errorCodes == (isSorted ? [] : ["key-order"]))
    #expect(report.verdict == (isSorted ? .fail : .error))
  }

  @Test("Of a put and a tombstone of one revision the tombstone counts", arguments: [false, true])
  func equalRevisions(tombstoneComesFirst: Bool) throws {
    let rows: [EtcdWriter.Row] = [.secret("a", 5, sub: 3, Self.plain), .secret("a", 5, sub: 3, nil)]
    let report = try report(on: .store(tombstoneComesFirst ? rows.reversed() : rows))
    #expect(report.live == ClassCounts())
    #expect(report.history == ClassCounts(plaintext: 1))
    #expect(report.etcd?.liveKeys == 0)
    #expect(report.findingCounts[.plaintextHistory] == 1)
  }

  @Test("Tombstones of keys that never were, and keys that are created twice, count as what they are")
  func forgedHistory() throws {
    let tombstones: [EtcdWriter.Row] = (10..<30).map { .secret("gone\($0)", $0, nil) }
    let rows: [EtcdWriter.Row] =
      [.secret("a", 5, Self.sealed), .secret("a", 6, Self.sealed), .secret("b", 7, Self.sealed)] + tombstones
    var root = BoltBucket.store(rows)
    root["key"]?.layout = .pages
    let bytes = try BoltWriter().image(root).snapshot()
    let snapshot = try DamagedSnapshot(bytes, Policy())
    for report in [snapshot.report(.kept), snapshot.report(.kept, .tree), try snapshot.streamed(.kept)] {
      #expect(report.etcd?.liveKeys == 2)
      #expect(report.etcd?.liveKeysInScope == 2)
      #expect(report.etcd?.tombstones == 20)
    }
    let inspection = try inspection(of: bytes)
    #expect(inspection.status?.liveKeys == 2)
  }

  @Test("Of several changes in one transaction the last one counts")
  func subRevisions() throws {
    let (a, b) = (secretKey("a"), secretKey("b"))
    let report = try report(on: [
      .transaction([.put(a, Self.plain), .put(b, Self.sealed), .put(a, Self.sealed), .put(b, Self.plain)])
    ])
    #expect(report.live == ClassCounts(plaintext: 1, encrypted: 1))
    #expect(report.history == ClassCounts(plaintext: 1, encrypted: 1))
    #expect(report.findings.map(\.key) == [b, a])
    #expect(report.findings.map(\.subject?.revision?.sub) == [3, 0])
  }

  @Test func `a store with nothing but deletions has no value of any kind`() throws {
    let deletions: [EtcdWriter.Row] = (2..<9).map { .secret("gone\($0)", $0, nil) }
    let report = try report(on: .store(deletions))
    #expect(report.etcd?.tombstones == 7)
    #expect(report.findingCounts[.nothingInScope] == 1)
  }

  @Test("Deleted keys are history, and tombstones are counted apart")
  func deleted() throws {
    let (a, b) = (secretKey("a"), secretKey("b"))
    let report = try report(on: [
      .put(a, Self.plain), .put(b, Self.sealed), .delete(a), .put(b, Self.sealed), .delete(b), .put(b, Self.sealed),
    ])
    #expect(report.live == ClassCounts(encrypted: 1))
    #expect(report.history == ClassCounts(plaintext: 1, encrypted: 2))
    #expect(report.etcd?.tombstones == 2)
    #expect(report.etcd?.revisions == 6)
    #expect(report.rules == [.plaintextHistory])
    #expect(report.verdict == .fail)
  }

  @Test("What compaction removed is not counted")
  func compacted() throws {
    let report = try report(on: [
      .put(secretKey("a"), Self.plain), .put(secretKey("a"), Self.sealed), .compact(3),
    ])
    #expect(report.live == ClassCounts(encrypted: 1))
    #expect(report.history == ClassCounts())
    #expect(report.etcd?.compactRevision == 3)
    #expect(report.verdict == .pass)
  }

  @Test("A compaction that was only begun is not taken for finished")
  func scheduledCompaction() throws {
    let report = try report(on: [
      .put(secretKey("a"), Self.plain), .put(secretKey("a"), Self.sealed), .compact(revision: 3, finished: false),
    ])
    #expect(report.history == ClassCounts(plaintext: 1))
    #expect(report.etcd?.compactRevision == 0)
  }

  /// `etcdutl snapshot restore --bump-revision` writes a row with a revision and nothing else.
  @Test("The row of a bumped revision is no damage, and a live key without a name")
  func bumpedRevision() throws {
    var etcd = EtcdWriter(.v36, [.put(secretKey("a"), Self.sealed)])
    etcd.rawRows = [.init(EtcdWriter.Row(main: 1_000_000_002, keyValue: .init(key: [])).boltKey, [])]
    let report = try report(on: etcd)
    #expect(report.etcd?.revision == 1_000_000_002)
    #expect(report.etcd?.liveKeys == 2)
    #expect(report.etcd?.liveKeysInScope == 1)
    #expect(report.live == ClassCounts(encrypted: 1))
    #expect(report.verdict == .pass)
  }

  @Test("Of fields that stand twice in a row the later one counts", arguments: [false, true])
  func repeatedFields(plaintextIsLast: Bool) throws {
    let values = plaintextIsLast ? [Self.sealed, Self.plain] : [Self.plain, Self.sealed]
    var message = ProtobufWriter()
    message.bytes(1, Array("/registry/configmaps/default/a".utf8))
    message.bytes(5, values[0])
    message.bytes(1, Array(secretKey("a").utf8))
    message.varint(4, 1 as UInt64)
    message.bytes(5, values[1])
    let row = BoltBucket.Entry(EtcdWriter.Row(main: 2, keyValue: .init(key: [])).boltKey, message.bytes)
    let file = try BoltWriter().image(.store([row])).snapshot()
    let report = try report(on: file)
    #expect(report.live == (plaintextIsLast ? ClassCounts(plaintext: 1) : ClassCounts(encrypted: 1)))
    #expect(report.errors == [])
    guard plaintextIsLast else { return }
    let finding = try #require(report.findings.first)
    let offset = Int(try #require(finding.offset).rawValue)
    #expect(finding.key == secretKey("a"))
    #expect(file[offset..<offset + Self.plain.count].elementsEqual(Self.plain))
  }

  @Test("The revision of a row is that of its key, whatever its message says")
  func forgedModRevision() throws {
    var old = EtcdWriter.Row.secret("a", 5, Self.plain)
    old.keyValue.modRevision = 9
    let report = try report(on: .store([old, .secret("a", 6, Self.sealed)]))
    #expect(report.live == ClassCounts(encrypted: 1))
    #expect(report.findings.map(\.subject?.revision?.main) == [5])
  }
}

/// All orders of `elements`.
private func permutations(of elements: [Int]) -> [[Int]] {
  guard !elements.isEmpty else { return [[]] }
  return elements.flatMap { first in permutations(of: elements.filter { $0 != first }).map { [first] + $0 } }
}
