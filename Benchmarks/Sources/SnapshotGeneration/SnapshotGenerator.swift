import Foundation
import TestSupport

/// Writes etcd snapshots of any size, with the objects of a Kubernetes cluster in them, from start to end.
///
/// ```swift
/// var generator = try SnapshotGenerator(SnapshotOptions(bytes: 2_000_000_000, mix: .secrets), path: "secrets.db")
/// let summary = try generator.run()
/// ```
/// The store's story: objects are created, some of them changed at once; a compaction takes the older revisions away;
/// then objects are created, changed and deleted, and their older revisions stay. Pages that held what the compaction
/// took, and earlier states of leaves, lie between the others.
///
/// O(size), a few MiB of memory at any size.
public struct SnapshotGenerator {
  private let options: SnapshotOptions
  private let encoder = BoltPageEncoder(pageSize: 4096)
  private var file: PageFile
  private var cluster: Cluster
  private var bucket: BucketWriter
  private var stale = StaleLeaf()
  private var summary: SnapshotSummary
  /// The main revision of the last change; that of an empty store is 1.
  private var revision: Int64 = 1
  /// Objects that may still change: of those created last, some.
  private var recent: [ClusterObject] = []

  private static let mostRecent = 512
  /// The probability that a change deletes its object.
  private static let deletions = 0.05

  /// A generator that writes to `path`, and replaces what is there.
  public init(_ options: SnapshotOptions, path: String) throws {
    self.options = options
    file = try PageFile(path: path, pageSize: encoder.pageSize)
    cluster = Cluster(options)
    bucket = BucketWriter(encoder)
    summary = SnapshotSummary(options: options, pageSize: encoder.pageSize)
  }

  /// Writes the snapshot, and tells what is in it.
  public mutating func run() throws -> SnapshotSummary {
    // The places of the meta pages.
    try file.append([UInt8](repeating: 0, count: 2 * encoder.pageSize))
    try putNamespaces()
    // Half of the rows after the compaction become history, unless even more are asked for.
    let changes = max(0.5, options.history)
    let compacted = UInt64(Double(options.bytes) * (1 - options.history / changes))
    while file.byteCount < compacted { try createBeforeCompaction() }
    summary.compactRevision = revision
    while file.byteCount < options.bytes {
      if !recent.isEmpty, cluster.chance(changes) { try change() } else { try create() }
    }
    return try finish()
  }

  // MARK: The story

  private mutating func putNamespaces() throws {
    for namespace in cluster.namespaces {
      var metadata = ProtobufWriter()
      metadata.bytes(1, Array(namespace.utf8))
      var message = ProtobufWriter()
      message.bytes(1, metadata.bytes)
      revision += 1
      summary.liveKeys += 1
      let keyValue = EtcdWriter.KeyValue(
        key: Array("/registry/namespaces/\(namespace)".utf8), createRevision: revision, modRevision: revision,
        version: 1, value: StoredSecret.object(apiVersion: "v1", kind: "Namespace", message.bytes))
      try append(EtcdWriter.Row(main: revision, keyValue: keyValue))
    }
  }

  /// Creates an object; if its leaf will be seen in a free page, perhaps after an older revision that the compaction
  /// took.
  private mutating func createBeforeCompaction() throws {
    var object = cluster.makeObject()
    if lacksFreePages, cluster.chance(0.5) {
      let row = nextRow(of: &object).leafRow
      stale.append(row, isPlaintextSecret: object.isPlaintextSecret)
    }
    try put(&object)
    summary.liveKeys += 1
    remember(object)
  }

  private mutating func create() throws {
    var object = cluster.makeObject()
    try put(&object)
    summary.liveKeys += 1
    remember(object)
  }

  /// Changes or deletes one of the recent objects.
  private mutating func change() throws {
    let index = Int.random(in: 0..<recent.count, using: &cluster.random)
    var object = recent[index]
    if object.kind == .secret {
      summary.liveSecrets.count(object, -1)
      summary.historySecrets.count(object, 1)
    }
    guard cluster.chance(Self.deletions) else {
      try put(&object)
      recent[index] = object
      return
    }
    revision += 1
    summary.tombstones += 1
    summary.liveKeys -= 1
    try append(EtcdWriter.Row(main: revision, isTombstone: true, keyValue: .init(key: object.key)))
    recent.swapAt(index, recent.count - 1)
    recent.removeLast()
  }

  /// Puts a new revision of `object` into the tree.
  private mutating func put(_ object: inout ClusterObject) throws {
    let row = nextRow(of: &object)
    try append(row, isPlaintextSecret: object.isPlaintextSecret)
    if object.kind == .secret { summary.liveSecrets.count(object, 1) }
  }

  /// The next revision of `object`.
  private mutating func nextRow(of object: inout ClusterObject) -> EtcdWriter.Row {
    revision += 1
    if object.version == 0 { object.createRevision = revision }
    object.version += 1
    let value = cluster.makeValue(of: &object)
    let keyValue = EtcdWriter.KeyValue(
      key: object.key, createRevision: object.createRevision, modRevision: revision, version: object.version,
      value: value, lease: object.lease)
    return EtcdWriter.Row(main: revision, keyValue: keyValue)
  }

  private mutating func remember(_ object: ClusterObject) {
    if recent.count < Self.mostRecent {
      recent.append(object)
    } else {
      recent[Int.random(in: 0..<recent.count, using: &cluster.random)] = object
    }
  }

  // MARK: The pages

  private var lacksFreePages: Bool {
    let free = summary.residue.leafPages + summary.residue.headlessPages
    return Double(free) < options.freePages * Double(file.nextPage)
  }

  private mutating func append(_ row: EtcdWriter.Row, isPlaintextSecret: Bool = false) throws {
    let row = row.leafRow
    let endsLeaf = bucket.fills(with: row)
    try bucket.append(row, to: &file)
    if endsLeaf {
      if lacksFreePages { try writeStaleLeaf() }
      stale.removeAll()
    }
    stale.append(row, isPlaintextSecret: isPlaintextSecret)
  }

  private mutating func writeStaleLeaf() throws {
    // After the compaction, what an earlier transaction left is the leaf without its last row.
    if summary.compactRevision > 0 { stale.removeLast() }
    try stale.write(to: &file, encoder, losesHead: cluster.chance(0.5), &summary.residue)
  }

  private mutating func finish() throws -> SnapshotSummary {
    summary.revision = revision
    summary.revisions = bucket.rowCount
    let keyRoot = try bucket.finish(&file)
    var buckets = StoreBuckets(
      encoder, revision: revision, compactRevision: summary.compactRevision, leases: cluster.leases)
    let root = try buckets.write(keyRoot: keyRoot, to: &file)
    summary.pages = file.nextPage
    summary.rows = summary.revisions + buckets.rowCount
    let metas = (0..<2 as Range<UInt64>).map { number in
      encoder.meta(number, root: root, freelist: nil, highWater: file.nextPage, txid: 2 - number)
    }
    summary.reachablePages = summary.pages - summary.residue.leafPages - summary.residue.headlessPages
    summary.bytes = try file.finish(metas: metas)
    return summary
  }
}

extension SnapshotSummary.Classes {
  /// Counts the newest value of `object` in, or out.
  fileprivate mutating func count(_ object: ClusterObject, _ difference: Int) {
    if object.isPlaintext { plaintext += difference } else { encrypted += difference }
  }
}
