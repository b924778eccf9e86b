import BoltFormat
import EtcdStorage
import KubernetesStorage
import SnapshotInput
import SnapshotReading
import VerificationModel

/// Tells what files are: of what kind, with what in them, and how they are encrypted.
///
/// ```swift
/// let inspection = Inspector().inspect(path: "backup.db")
/// print(inspection.status?.hashText ?? "no database")
/// ```
public struct Inspector: Sendable {
  /// The etcd prefix under which the resources lie; nil: found from the keys.
  public let etcdPrefix: EtcdPrefix?
  /// What is in scope, for the ledger.
  public let resources: [ResourcePattern]
  /// Whether the SHA-256 at the end of a file is held against its content.
  public let checksHash: Bool
  /// How far a compressed or packed input may unfold.
  public let limits: UnpackingLimits
  /// Is told how far the reading of entries has come.
  public let progress: ReadingProgress?
  /// Is told what each stage takes.
  public let statistics: RunStatistics?

  /// An inspector in the given manner.
  public init(
    etcdPrefix: EtcdPrefix? = nil, resources: [ResourcePattern] = [.resource(.secrets)], checksHash: Bool = true,
    limits: UnpackingLimits = UnpackingLimits(), progress: ReadingProgress? = nil, statistics: RunStatistics? = nil
  ) {
    self.etcdPrefix = etcdPrefix
    self.resources = resources
    self.checksHash = checksHash
    self.limits = limits
    self.progress = progress
    self.statistics = statistics
  }

  /// How many snapshots to inspect at once unless told otherwise: one for each processor, at most 4.
  public static var defaultJobs: Int { ReadingOptions.defaultJobs }

  /// Reads what `entries` name, and hands out what came of each, in order, as soon as it and those before it are done.
  ///
  /// - Parameters:
  ///   - entries: the inputs.
  ///   - jobs: how many are worked on at once, at least 1.
  ///   - receive: called on the calling thread.
  /// - Throws: what `receive` throws.
  public func inspect<Failure: Error>(
    _ entries: [InputList.Entry], jobs: Int = Self.defaultJobs,
    _ receive: (InputList.Entry, InputInspection) throws(Failure) -> Void
  ) throws(Failure) {
    let work = OrderedWork(count: entries.count, limit: jobs) { inspect(entries[$0]) }
    defer { work.end() }
    for (index, entry) in entries.enumerated() { try receive(entry, work.take(index)) }
  }

  /// Reads the snapshots in the input that `entry` names: one, unless it is an archive of several. Files that belong
  /// beside snapshots are passed over, in an archive, and where the entry was found in a directory.
  ///
  /// Never throws: what can't be read is an error in an inspection, beside whatever could be.
  public func inspect(_ entry: InputList.Entry) -> InputInspection {
    if let error = entry.error { return InputInspection(snapshots: [Self.unreadable(entry.path, error)]) }
    let input = progress?.begin(entry)
    defer { input?.end() }
    return inspect(entry.path, Instruments(progress: input, statistics: statistics)) { () throws(InputError) in
      try entry.isStandardInput
        ? .standardInput(limits: limits)
        : SnapshotStreams(path: entry.path, limits: limits, acceptsCompanions: entry.isFromDirectory)
    }
  }

  /// Reads the snapshot in the file at `path`; of an archive of several, the first.
  ///
  /// Never throws: what can't be read is an error in the inspection, beside whatever could be.
  /// O(file), with memory for each distinct key and each row of a resource.
  public func inspect(path: String) -> Inspection {
    inspect(path, Instruments(statistics: statistics)) { () throws(InputError) in
      try SnapshotStreams(path: path, limits: limits)
    }.snapshots[0]
  }

  private func inspect(
    _ path: String, _ instruments: Instruments, _ open: () throws(InputError) -> SnapshotStreams
  ) -> InputInspection {
    do throws(InputError) {
      return inspect(try open(), instruments)
    } catch {
      return InputInspection(snapshots: [Self.unreadable(path, error)])
    }
  }

  private func inspect(_ streams: SnapshotStreams, _ instruments: Instruments) -> InputInspection {
    var input = InputInspection()
    while true {
      do throws(InputError) {
        switch try streams.nextPart() {
        case .snapshot(let stream):
          input.snapshots.append(
            stream.file.map { inspect(file: $0, instruments) } ?? inspect(stream, instruments))
        case .companion where streams.isRefusing: continue
        case .companion(let content, let stream):
          input.passedOver.append(
            PassedOver(path: stream.path, member: stream.member, reason: .companion, content: content))
        case .passedOver(let file): input.passedOver.append(file)
        case nil: return input
        }
      } catch {
        input.snapshots.append(Self.unreadable(streams.path, bytes: streams.byteCount ?? 0, error))
      }
    }
  }

  private static func unreadable(_ path: String, bytes: UInt64 = 0, _ error: InputError) -> Inspection {
    let isPlain = error.member == nil && error.containers.isEmpty
    var inspection = unreadable(path, bytes: isPlain ? bytes : 0, VerificationError(error, namesMember: false))
    inspection.file.containers = error.containers
    inspection.file.member = error.member
    inspection.file.content = error.content
    return inspection
  }

  private static func unreadable(_ path: String, bytes: UInt64 = 0, _ error: VerificationError) -> Inspection {
    var inspection = Inspection(path: path, file: .init(bytes: bytes))
    inspection.ledger = bytes > 0 ? .unreadable(bytes: bytes) : nil
    inspection.errors = [error]
    return inspection
  }

  // MARK: A file, which can be read as often as need be

  private func inspect(file: SnapshotFile, _ instruments: Instruments) -> Inspection {
    let opening = Opening(file)
    switch opening.outcome {
    case .success((let file, let tree)):
      do throws(VerificationError) {
        let reading = try StoreReading(
          file, tree, demand.list(), takesHash: checksHash, measuresPages: true, ReadingOptions(), instruments)
        return describe(reading, instruments)
      } catch {
        return Self.unreadable(file.path, bytes: opening.bytes, error)
      }
    case .failure(let error): return Self.unreadable(file.path, bytes: opening.bytes, error)
    }
  }

  // MARK: A stream, which is read once

  private func inspect(_ stream: SnapshotStream, _ instruments: Instruments) -> Inspection {
    do throws(VerificationError) {
      return describe(try stream.read(demand, ReadingOptions(), instruments), instruments)
    } catch {
      var inspection = Self.unreadable(stream.path, error)
      inspection.file.containers = stream.containers
      inspection.file.member = stream.member
      return inspection
    }
  }

  // MARK: The parts

  /// Puts together what `reading` found.
  private func describe(_ reading: StoreReading, _ instruments: Instruments) -> Inspection {
    let (tree, store) = (reading.tree, reading.contents)
    let census = instruments.statistics.measure(.tree) {
      StoreCensus(of: tree, store.measured, hollowPages: store.hollowPages)
    }
    var errors = ErrorList()
    let hash = Self.take(reading.hash, &errors)
    errors.add(contentsOf: store.errors)
    if !store.hasKeyBucket { errors.add(store.missingKeyBucket(root: tree.meta.root)) }
    if let error = store.tooManyPrefixes { errors.add(error) }
    // What the scan has read is read again for the census, and a disk may fail in between.
    if errors.count == 0, let error = census.ledger.readFailure { errors.add(error) }

    var inspection = Inspection(path: reading.path, file: reading.file)
    inspection.givenPrefix = etcdPrefix
    inspection.file.hash = hash.map(\.check) ?? .skipped
    inspection.file.digest = hash?.wholeDigest
    inspection.status = Self.status(census, store, tree)
    inspection.bolt = SnapshotReport.BoltSummary(tree, reachablePages: census.reachablePages)
    inspection.metas = MetaPage.both(of: tree.metas)
    inspection.pages = census.pages
    inspection.buckets = census.buckets.buckets
    inspection.bucketsOmitted = census.buckets.omitted
    let trailer = TrailerSummary(hash, fileBytes: reading.file.bytes, imageBytes: tree.imageBytes)
    inspection.trailer = trailer
    let values = LedgerValues(
      of: store, scope: resources, irregular: census.ledger.irregular, pageSize: tree.meta.pageSize)
    inspection.ledger = census.ledger.ledger(
      values, trailer, fileBytes: reading.file.bytes, isTruncated: tree.isTruncated)
    if store.hasKeyBucket {
      Self.describe(store, in: &inspection)
      inspection.cluster = census.cluster
    }
    inspection.errors = errors.errors
    inspection.errorsOmitted = errors.omitted
    return inspection
  }

  /// What came of the SHA-256; nil when it was not taken, or the file could not be read to its end.
  private static func take(
    _ hashing: Result<HashVerification, VerificationError>?, _ errors: inout ErrorList
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

  /// What a reading is for: all rows of a store, below whatever prefix, and its pages.
  private var demand: ReadingDemand {
    var demand = ReadingDemand(scope: .wholeStore, etcdPrefix: etcdPrefix)
    demand.extent = .wholeStore
    demand.takesHash = checksHash
    demand.measuresPages = true
    demand.needsNames = false
    return demand
  }

  private static func status(_ census: StoreCensus, _ store: StoreContents, _ tree: Tree) -> SnapshotStatus {
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
