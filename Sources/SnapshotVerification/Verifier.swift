import BoltFormat
import EtcdStorage
import KubernetesStorage
import SnapshotInput
import SnapshotReading
import ValueAuthentication
import VerificationModel

/// Judges snapshots under a policy.
///
/// ```swift
/// let report = Verifier(policy: Policy()).verify(path: "backup.db")
/// print(report.verdict)
/// ```
public struct Verifier: Sendable {
  /// What must hold.
  public let policy: Policy

  /// The keys with which values are decrypted and judged; nil: none are.
  public let keys: KeyRing?
  /// Says what comes of each finding, before it is counted; nil: it counts with its own severity.
  public let rating: (any FindingRating)?
  /// How far a compressed or packed input may unfold.
  public let limits: UnpackingLimits
  /// Is told how far the reading of entries has come.
  public let progress: ReadingProgress?
  /// Is told what each stage takes.
  public let statistics: RunStatistics?
  /// How files are read.
  let options: ReadingOptions
  private let scope: ResourceScope

  /// A verifier for `policy`.
  ///
  /// - Parameters:
  ///   - keys: the keys with which values are decrypted and judged, in memory that is wiped after each.
  ///   - rating: says what comes of each finding, before it is counted; nil: it counts with its own severity.
  ///   - limits: how far a compressed or packed input may unfold.
  ///   - progress: is told how far the reading of entries has come, once for each block.
  ///   - statistics: is told what each stage takes; what it had before is added to.
  public init(
    policy: Policy, keys: KeyRing? = nil, rating: (any FindingRating)? = nil,
    limits: UnpackingLimits = UnpackingLimits(), progress: ReadingProgress? = nil, statistics: RunStatistics? = nil
  ) {
    self.init(
      policy: policy, keys: keys, rating: rating, limits: limits, progress: progress, statistics: statistics,
      options: ReadingOptions())
  }

  /// A verifier that reads files in the given way.
  init(
    policy: Policy, keys: KeyRing? = nil, rating: (any FindingRating)? = nil,
    limits: UnpackingLimits = UnpackingLimits(), progress: ReadingProgress? = nil, statistics: RunStatistics? = nil,
    options: ReadingOptions
  ) {
    self.policy = policy
    self.keys = keys
    self.rating = rating
    self.limits = limits
    self.progress = progress
    self.statistics = statistics
    self.options = options
    scope = policy.scope
  }

  /// Reads and judges the snapshots in the input that `entry` names: one, unless it is an archive of several. Files that
  /// lie beside them in an archive, and the entry itself where it was found in a directory, are searched for keys and
  /// plaintext.
  ///
  /// Never throws: what can't be read is an error in a report, beside whatever could be.
  public func examine(_ entry: InputList.Entry) -> InputReport { examine(entry, listening: nil) }

  /// As ``examine(_:)``; hands the report on each snapshot that could be read, and the rows that it is about, to `listen`
  /// before what lies beside the snapshot is known.
  ///
  /// - Parameter digests: with them, ``StoredRow/contents`` is told, of what is encrypted too where keys open it.
  package func examine(
    _ entry: InputList.Entry, digests: ContentDigests? = nil,
    listening listen: ((SnapshotReport, AssessedRows) -> Void)?
  ) -> InputReport {
    let listener = listen.map { Listener(digests: digests?.forAnotherThread(), tell: $0) }
    if let error = entry.error { return InputReport(snapshots: [Self.unverified(entry.path, error)]) }
    let input = progress?.begin(entry)
    defer { input?.end() }
    let instruments = Instruments(progress: input, statistics: statistics)
    return examine(entry.path, instruments, logs: entry.logs, listener) { () throws(InputError) in
      try entry.open(limits, acceptsCompanions: entry.isFromDirectory)
    }
  }

  /// Reads and judges the snapshots in the input that `entry` names, as ``examine(_:)`` does.
  public func verify(_ entry: InputList.Entry) -> [SnapshotReport] { examine(entry).snapshots }

  /// Reads and judges the snapshot in the file at `path`; of an archive of several, the first.
  ///
  /// Never throws: what can't be read is an error in the report, beside whatever could be.
  /// O(file), with memory for each row in scope and, of a file that is not sound, for each distinct key.
  public func verify(path: String) -> SnapshotReport {
    let input = examine(path, Instruments(statistics: statistics)) { () throws(InputError) in
      try SnapshotStreams(path: path, limits: limits)
    }
    return input.snapshots.first ?? .noSnapshots(in: [path])
  }

  private func examine(
    _ path: String, _ instruments: Instruments, logs: [String] = [],
    _ listener: Listener? = nil, _ open: () throws(InputError) -> SnapshotStreams
  ) -> InputReport {
    do throws(InputError) {
      return examine(try open(), instruments, logs, listener)
    } catch {
      return InputReport(snapshots: [Self.unverified(path, error)])
    }
  }

  private func examine(
    _ streams: SnapshotStreams, _ instruments: Instruments, _ logs: [String], _ listener: Listener?
  ) -> InputReport {
    var surroundings = Surroundings(of: streams.path, policy: policy, rating: rating)
    var reports: [SnapshotReport] = []
    var entriesModified: [String: Int64] = [:]
    while true {
      do throws(InputError) {
        switch try streams.nextPart() {
        case .snapshot(let stream):
          if let member = stream.member { entriesModified[member] = stream.modified }
          reports.append(verify(stream, instruments, listener))
        case .companion(let content, let stream):
          if let error = surroundings.search(stream, content, isRefused: streams.isRefusing) { reports.append(error) }
        case .passedOver(let file): surroundings.passedOver.append(file)
        case nil:
          surroundings.checkUnchanged(streams, &reports)
          var input = surroundings.complete(reports, logs)
          (input.modified, input.entriesModified) = (streams.modified, entriesModified)
          return input
        }
      } catch {
        reports.append(Self.unverified(streams.path, bytes: streams.byteCount ?? 0, error))
      }
    }
  }

  /// Reads and judges `store`.
  private func verify(
    _ store: some StoreSource, _ instruments: Instruments, _ listener: Listener?
  ) -> SnapshotReport {
    do throws(VerificationError) {
      return judge(try store.read(demand(of: listener), options, instruments), listener)
    } catch {
      var report = Self.unverified(store.path, error)
      report.file = store.summary
      return report
    }
  }

  private func judge(_ reading: StoreReading, _ listener: Listener?) -> SnapshotReport {
    statistics.measure(.judging) {
      var assembly = ReportAssembly(of: reading, policy: policy, keys: keys, rating: rating)
      return assembly.report(listener?.tell)
    }
  }

  /// Who hears of rows.
  private struct Listener {
    let digests: ContentDigests?
    let tell: (SnapshotReport, AssessedRows) -> Void
  }

  /// What a reading is for: the rows that may matter to the policy, and what `listener` wants to know of them.
  private func demand(of listener: Listener?) -> ReadingDemand {
    var demand = ReadingDemand(scope: scope, etcdPrefix: policy.etcdPrefix)
    demand.moments = Set(policy.demands.compactMap(\.lastWrite?.since.start)).sorted()
    demand.takesHash = policy.hash != .skipped
    demand.residue = policy.layers.contains(.residue) ? ResidueDemand(scope: policy.scope) : nil
    demand.rows = listener.map { RowDemand(digests: $0.digests) }
    demand.judge = keys.map { ValueJudge($0, digests: listener?.digests) }
    return demand
  }

  private static func unverified(_ path: String, bytes: UInt64 = 0, _ error: InputError) -> SnapshotReport {
    let isPlain = error.member == nil && error.containers.isEmpty
    var report = unverified(path, bytes: isPlain ? bytes : 0, VerificationError(error, namesMember: false))
    report.file.containers = error.containers
    report.file.member = error.member
    report.file.content = error.content
    return report
  }

  private static func unverified(_ path: String, bytes: UInt64 = 0, _ error: VerificationError) -> SnapshotReport {
    var report = SnapshotReport(path: path, file: .init(bytes: bytes), verdict: .error)
    report.errors = [error]
    return report
  }
}
