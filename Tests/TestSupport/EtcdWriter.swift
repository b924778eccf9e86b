/// Plays etcd's store: takes operations, gives revisions, and produces the rows of an etcd snapshot together with
/// what a reader must find in it.
///
/// ```swift
/// var etcd = EtcdWriter(.v36)
/// etcd.apply(.put("/registry/secrets/default/a", plaintext))
/// etcd.apply(.put("/registry/secrets/default/a", sealed))
/// etcd.apply(.delete("/registry/secrets/default/b"))
/// let image = BoltWriter().image(etcd.root)
/// let file = try image.snapshot()       // with trailer
/// etcd.live, etcd.history, etcd.status  // the truth
/// ```
public struct EtcdWriter: Sendable {
  /// Which etcd wrote the file, as far as the file shows it (etcd: server/storage/schema).
  public enum Version: String, Sendable, CaseIterable {
    /// Without `term`, `confState` and `downgrade`.
    case v34 = "3.4.0"
    /// Without `storageVersion`.
    case v35 = "3.5.0"
    /// With all of them.
    case v36 = "3.6.0"
  }

  /// What a client asks for.
  public enum Operation: Hashable, Sendable {
    /// Stores a value.
    case put(key: [UInt8], value: [UInt8], lease: Int64)
    /// Deletes a key; of one that isn't there, it does nothing and takes no revision.
    case delete(key: [UInt8])
    /// Several changes under one main revision; a nested transaction joins the outer one.
    case transaction([Operation])
    /// Compaction; an unfinished one has been scheduled but has deleted nothing.
    case compact(revision: Int64, finished: Bool)

    /// Stores a value under a textual key.
    public static func put(_ key: String, _ value: [UInt8], lease: Int64 = 0) -> Operation {
      .put(key: Array(key.utf8), value: value, lease: lease)
    }
    /// Stores a text under a textual key.
    public static func put(_ key: String, _ value: String, lease: Int64 = 0) -> Operation {
      .put(key, Array(value.utf8), lease: lease)
    }
    /// Deletes a textual key.
    public static func delete(_ key: String) -> Operation { .delete(key: Array(key.utf8)) }
    /// Finishes a compaction.
    public static func compact(_ revision: Int64) -> Operation { .compact(revision: revision, finished: true) }
  }

  /// Which etcd wrote the file.
  public let version: Version
  /// Rows of bucket `key`, ascending.
  public private(set) var rows: [Row] = []
  /// Rows that compaction has deleted: fit to lie in free pages.
  public private(set) var compacted: [Row] = []
  /// The store's main revision; 1 while it is empty.
  public private(set) var revision: Int64 = 1
  /// Last applied raft index.
  public private(set) var consistentIndex: UInt64 = 4
  /// The last scheduled and the last finished compaction.
  public private(set) var scheduledCompaction: Int64?, finishedCompaction: Int64?
  /// Whether a tombstone exactly at the compacted revision stays (etcd from 3.4.34 and 3.5.16 on).
  public var keepsTombstoneAtCompaction = true
  /// Rows put into bucket `key` as they are, in their sorted place: forged ones, or those of `--bump-revision`. They
  /// are in no list of `Row`.
  public var rawRows: [BoltBucket.Entry] = []

  /// The live map: what each key holds now.
  var current: [[UInt8]: KeyValue] = [:]

  /// A store in which `operations` were carried out.
  public init(_ version: Version = .v36, _ operations: [Operation] = []) {
    self.version = version
    operations.forEach { apply($0) }
  }

  /// Carries out one request.
  public mutating func apply(_ operation: Operation) {
    consistentIndex += 1
    if case .compact(let revision, let finished) = operation { return compact(revision, finished: finished) }
    var sub: Int64 = 0
    change(operation, sub: &sub)
    if sub > 0 { revision += 1 }
  }

  private mutating func change(_ operation: Operation, sub: inout Int64) {
    let main = revision + 1
    switch operation {
    case .put(let key, let value, let lease):
      let old = current[key]
      let new = KeyValue(
        key: key, createRevision: old?.createRevision ?? main, modRevision: main, version: (old?.version ?? 0) + 1,
        value: value, lease: lease)
      current[key] = new
      rows.append(Row(main: main, sub: sub, keyValue: new))
      sub += 1
    case .delete(let key):
      guard current.removeValue(forKey: key) != nil else { return }
      rows.append(Row(main: main, sub: sub, isTombstone: true, keyValue: KeyValue(key: key)))
      sub += 1
    case .transaction(let operations):
      for operation in operations { change(operation, sub: &sub) }
    case .compact:
      preconditionFailure("a transaction holds no compaction")
    }
  }

  /// Keeps, of each key, what is newer than `revision` and the newest of the rest if it is a put
  /// (etcd: mvcc/key_index.go, compact).
  private mutating func compact(_ revision: Int64, finished: Bool) {
    precondition(revision > finishedCompaction ?? 0 && revision <= self.revision, "etcd refuses this compaction")
    scheduledCompaction = revision
    guard finished else { return }
    finishedCompaction = revision
    var newest: [[UInt8]: Int] = [:]
    for (index, row) in rows.enumerated() where row.main <= revision { newest[row.keyValue.key] = index }
    let stays = rows.indices.map { index in
      let row = rows[index]
      guard row.main <= revision else { return true }
      guard newest[row.keyValue.key] == index else { return false }
      return !row.isTombstone || keepsTombstoneAtCompaction && row.main == revision
    }
    compacted += zip(rows, stays).filter { !$1 }.map(\.0)
    rows = zip(rows, stays).filter(\.1).map(\.0)
  }
}
