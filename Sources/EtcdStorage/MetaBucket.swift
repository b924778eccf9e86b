import ByteViews

/// The rows of bucket `meta` (etcd storage/schema: cindex.go, confstate.go, bucket.go), as far as they are well formed.
public struct MetaBucket: Hashable, Sendable {
  /// The last raft index that was applied.
  public private(set) var consistentIndex: UInt64?
  /// The raft term; since etcd 3.5.
  public private(set) var term: UInt64?
  /// Whether the raft membership is recorded; since etcd 3.5.
  public private(set) var hasConfState = false
  /// The revision of the last compaction that was begun.
  public private(set) var scheduledCompactRevision: Revision?
  /// The revision of the last compaction that was completed.
  public private(set) var finishedCompactRevision: Revision?
  /// The storage version; since etcd 3.6.
  public private(set) var storageVersion: StorageVersion?

  /// A bucket without rows.
  public init() {}

  /// Takes note of a row. One of no known name, or with a value of another shape than etcd gives it, is passed over.
  public mutating func read(key: RawSpan, value: RawSpan) {
    if key.equals("consistent_index") {
      consistentIndex = Self.number(value)
    } else if key.equals("term") {
      term = Self.number(value)
    } else if key.equals("confState") {
      hasConfState = true
    } else if key.equals("scheduledCompactRev") {
      scheduledCompactRevision = try? RevisionKey(decoding: value).revision
    } else if key.equals("finishedCompactRev") {
      finishedCompactRevision = try? RevisionKey(decoding: value).revision
    } else if key.equals("storageVersion") {
      storageVersion = StorageVersion(decoding: value)
    }
  }

  /// The storage version, or the one that the schema implies (etcd storage/schema/schema.go,
  /// `UnsafeDetectSchemaVersion`): a term is recorded since 3.5.
  public var impliedVersion: String {
    if let storageVersion { return storageVersion.description }
    if let term, term != 0 { return "3.5" }
    return "3.4"
  }

  private static func number(_ value: RawSpan) -> UInt64? {
    value.byteCount == 8 ? value.bigEndian(at: 0) : nil
  }
}
