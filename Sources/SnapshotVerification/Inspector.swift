import BoltFormat
import EtcdStorage
import KubernetesStorage
import SnapshotInput

/// Tells what files are: of what kind, with what in them, and how they are encrypted.
///
/// ```swift
/// let inspection = Inspector().inspect(path: "backup.db")
/// print(inspection.status?.hashText ?? "no database")
/// ```
public struct Inspector: Sendable {
  /// The etcd prefix under which the resources lie; nil: found from the keys.
  public let etcdPrefix: EtcdPrefix?
  /// Whether the SHA-256 at the end of a file is held against its content.
  public let checksHash: Bool

  /// An inspector in the given manner.
  public init(etcdPrefix: EtcdPrefix? = nil, checksHash: Bool = true) {
    self.etcdPrefix = etcdPrefix
    self.checksHash = checksHash
  }

  /// Reads the file that `entry` names.
  public func inspect(_ entry: InputList.Entry) -> Inspection {
    guard let error = entry.error else { return inspect(path: entry.path) }
    return Self.unreadable(entry.path, bytes: 0, VerificationError(error))
  }

  /// Reads the file at `path`.
  ///
  /// Never throws: what can't be read is an error in the inspection, beside whatever could be.
  /// O(file), with memory for each distinct key and each row of a resource.
  public func inspect(path: String) -> Inspection {
    let opening = Opening(path)
    switch opening.outcome {
    case .success((let file, let tree)): return inspect(file, tree)
    case .failure(let error): return Self.unreadable(path, bytes: opening.bytes, error)
    }
  }

  private static func unreadable(_ path: String, bytes: UInt64, _ error: VerificationError) -> Inspection {
    var inspection = Inspection(path: path, file: .init(bytes: bytes))
    inspection.errors = [error]
    return inspection
  }

  private func inspect(_ file: SnapshotFile, _ tree: Tree) -> Inspection {
    let hashing = startHash(of: file, tree)
    let counting = BackgroundWork { Census(of: tree) }
    let store = read(tree)
    let census = counting.wait()
    var errors = ErrorList()
    let hash = Self.take(hashing?.wait(), &errors)
    errors.add(contentsOf: store.errors)
    if !store.hasKeyBucket { errors.add(store.missingKeyBucket(root: tree.meta.root)) }
    if let error = store.tooManyPrefixes { errors.add(error) }

    var inspection = Inspection(
      path: file.path, file: .init(bytes: file.byteCount, hash: hash.map(\.check) ?? .skipped))
    inspection.status = Self.status(census, store, tree)
    inspection.bolt = SnapshotReport.BoltSummary(tree, reachablePages: census.reachablePages)
    inspection.metas = MetaPage.both(of: tree.metas)
    inspection.pages = census.pages
    inspection.buckets = census.buckets.buckets
    inspection.bucketsOmitted = census.buckets.omitted
    inspection.trailer = TrailerSummary(hash, fileBytes: file.byteCount, imageBytes: tree.imageBytes)
    if store.hasKeyBucket {
      Self.describe(store, in: &inspection)
      inspection.cluster = census.cluster
    }
    inspection.errors = errors.errors
    inspection.errorsOmitted = errors.omitted
    return inspection
  }

  // MARK: The parts

  private typealias Hashing = BackgroundWork<Result<HashVerification, BoltError>>

  /// Takes the SHA-256 beside the walk, as a verification does.
  private func startHash(of file: SnapshotFile, _ tree: Tree) -> Hashing? {
    guard checksHash else { return nil }
    return BackgroundWork { [imageBytes = tree.imageBytes] in
      Result { () throws(BoltError) in try HashVerification(of: file, imageBytes: imageBytes) }
    }
  }

  /// What came of the SHA-256; nil when it was not taken, or the file could not be read to its end.
  private static func take(
    _ hashing: Result<HashVerification, BoltError>?, _ errors: inout ErrorList
  ) -> HashVerification? {
    switch hashing {
    case .success(let verification):
      verification.errors.forEach { errors.add($0) }
      return verification
    case .failure(let error):
      errors.add(error)
      return nil
    case nil: return nil
    }
  }

  /// Reads all rows of the store below whatever prefix.
  private func read(_ tree: Tree) -> StoreContents {
    let scope = ResourceScope.wholeStore
    let prefixes = etcdPrefix.map { PrefixTable(scope: scope, given: $0) } ?? PrefixTable(scope: scope)
    let list = CandidateList(scope: scope, prefixes: prefixes, extent: .wholeStore)
    return StoreContents(tree, list)
  }

  private static func status(_ census: Census, _ store: StoreContents, _ tree: Tree) -> SnapshotStatus {
    SnapshotStatus(
      hash: census.digest.hash, isHashComparable: census.isWhole, revision: census.digest.revision,
      totalKeys: census.digest.rows, liveKeys: store.liveKeys, totalSize: tree.imageBytes,
      version: store.meta.storageVersion?.description ?? "")
  }

  private static func describe(_ store: StoreContents, in inspection: inout Inspection) {
    let liveKeys = store.liveKeys
    let inventory = StoreInventory(of: store)
    inspection.etcd = SnapshotReport.EtcdSummary(
      revision: store.greatestMain, compactRevision: store.meta.finishedCompactRevision?.main ?? 0,
      revisions: store.revisions, tombstones: store.tombstones, liveKeys: liveKeys,
      version: store.meta.impliedVersion, unreadableRows: store.unreadableRows, liveKeysInScope: liveKeys)
    inspection.metaBucket = store.meta
    inspection.resources = inventory.resources
    inspection.encryption = inventory.encryption
    inspection.apiServers = inventory.apiServers
  }
}
