import SnapshotVerification
import TestSupport
import Testing
import VerificationModel

/// What etcd stores is what is read. Three tell of it independently of one another: `etcdctl get`, for every revision
/// there still is; the store's rules, which `EtcdWriter` plays; and the reader.
@Suite("The rows of a real etcd", .etcd, .serialized, .timeLimit(.minutes(20)))
struct StoreTests {
  @Test("A snapshot's rows are what etcdctl answers, live and at every revision", arguments: Upkeep.allCases)
  func snapshot(upkeep: Upkeep) async throws {
    try await EtcdServer.run { etcd in
      var operations = try await Self.story(etcd.client)
      operations += try await upkeep.run(etcd.client, upTo: 8)
      let path = try await etcd.client.saveSnapshot()
      try await expectRows(at: path, of: operations, as: etcd.client)
      let report = report(at: path, of: operations)
      #expect(report.bolt?.origin == .snapshot)
      #expect(report.findingCounts.withoutResidue == [:])
    }
  }

  @Test("So are those of a database file copied from a stopped member", arguments: Upkeep.allCases)
  func rawCopy(upkeep: Upkeep) async throws {
    try await EtcdServer.run { etcd in
      var operations = try await Self.story(etcd.client)
      operations += try await upkeep.run(etcd.client, upTo: 8)
      let state = try await etcd.client.state()
      try await etcd.stop()
      let rows = try StoredRows(at: etcd.databasePath)
      #expect(rows.errors.isEmpty)
      #expect(firstDifference(rows.key, Self.store(operations).rows) == nil)
      #expect(firstDifference(rows.state(), state.keys) == nil)
      let report = report(at: etcd.databasePath, of: operations)
      // Both metas name one tree when the last transaction changed nothing, which that of a stop often does.
      #expect(report.bolt?.origin != .snapshot)
      #expect(report.findingCounts.withoutResidue == [.hashMissing: 1])
    }
  }

  /// etcd commits every 100 ms (backend.go, defaultBatchInterval): what is newer is in the write-ahead log alone.
  @Test("The database file of a crashed member holds the rows up to some revision, whole")
  func crash() async throws {
    try await EtcdServer.run { etcd in
      let operations = try await Self.story(etcd.client)
      try await etcd.crash()
      let rows = try StoredRows(at: etcd.databasePath)
      #expect(rows.errors.isEmpty)
      let newest = rows.key.last?.main ?? 0
      #expect(firstDifference(rows.key, Self.store(operations).rows.filter { $0.main <= newest }) == nil)
    }
  }

  @Test("Trees of several levels are read, while they grow and when they have shrunk")
  func levels() async throws {
    var random = SeededGenerator(seed: 9)
    let keys = (0..<3000).map { Array("/registry/events/default/\($0)".utf8) }
    func batches(_ change: ([UInt8]) -> EtcdWriter.Operation) -> [EtcdWriter.Operation] {
      stride(from: 0, to: keys.count, by: 1000).map { .transaction(keys[$0..<$0 + 1000].map(change)) }
    }
    let puts = batches { .put(key: $0, value: random.bytes(Int.random(in: 0...600, using: &random)), lease: 0) }
    let deletions = EtcdWriter.Operation.transaction(
      keys.shuffled(using: &random).prefix(2000).map { .delete(key: $0) })
    try await EtcdServer.run { etcd in
      try await etcd.client.apply(puts)
      let full = try await etcd.client.saveSnapshot("full.db")
      try await expectRows(at: full, of: puts, as: etcd.client)
      #expect(try StoredRows(at: full).branches > 0)
      let upkeep: [EtcdWriter.Operation] = [deletions, .put("/registry/events/default/last", ""), .compact(6)]
      try await etcd.client.apply(upkeep)
      try await expectRows(at: etcd.client.saveSnapshot("sparse.db"), of: puts + upkeep, as: etcd.client)
      try await etcd.client.defragment()
      try await expectRows(at: etcd.client.saveSnapshot("dense.db"), of: puts + upkeep, as: etcd.client)
    }
  }

  @Test("Any order of changes is read as etcd has it", arguments: [1, 2] as [UInt64])
  func anyOrder(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    var operations = (0..<50).map { _ in Self.change(&random) }
    try await EtcdServer.run { etcd in
      try await etcd.client.apply(operations)
      let compaction = Self.compaction(of: Self.store(operations))
      try await etcd.client.apply(compaction)
      operations.append(compaction)
      try await expectRows(at: etcd.client.saveSnapshot(), of: operations, as: etcd.client)
    }
  }

  @Test("Users, roles and leases lie beside the rows and change none")
  func otherBuckets() async throws {
    try await EtcdServer.run { etcd in
      let lease = try await etcd.client.grantLease()
      let operations: [EtcdWriter.Operation] = [
        .put("/registry/leases/a", "held", lease: lease), .put("/registry/secrets/default/a", "1"),
      ]
      try await etcd.client.apply(operations)
      for name in ["root", "backup"] {
        try await etcd.client.call("role", "add", name)
        try await etcd.client.call("user", "add", "\(name):word")
        try await etcd.client.call("user", "grant-role", name, name)
      }
      try await etcd.client.call("role", "grant-permission", "backup", "readwrite", "/registry/", "/registry0")
      try await etcd.client.call("auth", "enable")
      let root = etcd.client.user("root", password: "word")
      let update = EtcdWriter.Operation.put("/registry/secrets/default/a", "2")
      try await etcd.client.user("backup", password: "word").apply(update)
      let path = try await root.saveSnapshot()
      try await expectRows(at: path, of: operations + [update], as: root)
      let rows = try StoredRows(at: path)
      #expect(rows.others["authUsers"] == [Array("backup".utf8), Array("root".utf8)])
      #expect(rows.others["authRoles"] == [Array("backup".utf8), Array("root".utf8)])
      #expect(rows.others["lease"] == [[UInt8](bigEndian: UInt64(bitPattern: lease))])
    }
  }
}

// MARK: - What is stored

extension StoreTests {
  /// Keys that are easily misread: not text, not printable, like an option, like an escape, very long.
  private static let oddKeys: [[UInt8]] = [
    [0], [0xFF], [0xFF, 0xFF, 0xFE, 0], Array("a b\n\t\"c\"\\".utf8), Array("%2F%".utf8), Array("--rev".utf8),
    Array("schlüssel".utf8), [UInt8](repeating: 0x6B, count: 5000),
  ]

  /// Stores, changes and deletes keys in every way; answers the requests that were made.
  private static func story(_ client: EtcdClient) async throws -> [EtcdWriter.Operation] {
    var random = SeededGenerator(seed: 3)
    let (empty, large) = (oddKeys[0], oddKeys[1])
    let lease = try await client.grantLease()
    let operations: [EtcdWriter.Operation] = [
      .put("a", "1"),
      .put("a", "2"),
      .transaction(oddKeys.map { .put(key: $0, value: $0 + [0, 0xFF], lease: 0) }),
      .put(key: empty, value: [], lease: 0),
      .transaction([.put("a", "3"), .delete(key: oddKeys[2]), .put("b", "1", lease: lease), .delete("missing")]),
      .delete("missing"),
      .delete("a"),
      .put("a", "again"),
      .transaction(oddKeys.suffix(3).map { .delete(key: $0) }),
      .put(key: oddKeys[6], value: [0], lease: lease),
      .delete("b"),
      // Far more than a page: the rest of the row fills pages of its own.
      .put(key: large, value: random.bytes(1_000_000), lease: 0),
      .put("b", ""),
      .delete(key: oddKeys[3]),
    ]
    try await client.apply(operations)
    return operations
  }

  /// A change to some of a few keys.
  private static func change(_ random: inout SeededGenerator) -> EtcdWriter.Operation {
    let names = (0..<8).map { "k\($0)" }.shuffled(using: &random).prefix(Int.random(in: 1...4, using: &random))
    return .transaction(
      names.map { name in
        Bool.random(using: &random) ? .delete(name) : .put(name, random.bytes(Int.random(in: 0...300, using: &random)))
      })
  }

  /// A compaction of about half the revisions of `store`, to one at which nothing was deleted: what becomes of deletions
  /// there depends on etcd's version.
  private static func compaction(of store: EtcdWriter) -> EtcdWriter.Operation {
    let deletions = Set(store.tombstones.map(\.main))
    return .compact((store.revision / 2..<store.revision).first { !deletions.contains($0) } ?? store.revision)
  }

  /// The store that etcd's rules make of `operations`.
  private static func store(_ operations: [EtcdWriter.Operation]) -> EtcdWriter { EtcdWriter(.v34, operations) }
}

// MARK: - What must hold

extension StoreTests {
  /// Expects the rows of the database at `path` to be those of `operations`, and what `client` is told of them now and
  /// at every revision since the compaction.
  private func expectRows(
    at path: String, of operations: [EtcdWriter.Operation], as client: EtcdClient,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let rows = try StoredRows(at: path)
    let store = Self.store(operations)
    #expect(rows.errors.isEmpty, sourceLocation: sourceLocation)
    #expect(firstDifference(rows.key, store.rows) == nil, sourceLocation: sourceLocation)
    #expect(rows.meta.finishedCompactRevision?.main == store.finishedCompaction, sourceLocation: sourceLocation)
    let live = try await client.state()
    #expect(live.revision == store.revision, sourceLocation: sourceLocation)
    #expect(firstDifference(rows.state(), live.keys) == nil, sourceLocation: sourceLocation)
    for revision in rows.compactRevision...live.revision {
      let told = try await client.state(at: revision).keys
      #expect(
        firstDifference(rows.state(at: revision), told) == nil, "at revision \(revision)",
        sourceLocation: sourceLocation)
    }
  }

  /// The report on the database at `path`, whose figures about the store are expected to be those of `operations`.
  private func report(
    at path: String, of operations: [EtcdWriter.Operation], sourceLocation: SourceLocation = #_sourceLocation
  ) -> SnapshotReport {
    let store = Self.store(operations)
    let report = Verifier(policy: Policy(allowEmpty: true)).verify(path: path)
    #expect(report.etcd?.revision == store.revision, sourceLocation: sourceLocation)
    #expect(report.etcd?.compactRevision == store.finishedCompaction ?? 0, sourceLocation: sourceLocation)
    #expect(report.etcd?.revisions == store.rows.count, sourceLocation: sourceLocation)
    #expect(report.etcd?.tombstones == store.tombstones.count, sourceLocation: sourceLocation)
    #expect(report.etcd?.liveKeys == store.live.count, sourceLocation: sourceLocation)
    #expect(report.errors == [], sourceLocation: sourceLocation)
    return report
  }
}

extension [Rule: Int] {
  /// What was found but for what a free page may happen to hold.
  fileprivate var withoutResidue: [Rule: Int] {
    filter { $0.key != .plaintextResidue && $0.key != .residueUnexplained }
  }
}
