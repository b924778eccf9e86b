import BoltFormat
import EtcdStorage
import KubernetesStorage
import SnapshotInput

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
  ///   - limits: how far a compressed or packed input may unfold.
  ///   - progress: is told how far the reading of entries has come, once for each block.
  ///   - statistics: is told what each stage takes; what it had before is added to.
  public init(
    policy: Policy, keys: KeyRing? = nil, limits: UnpackingLimits = UnpackingLimits(),
    progress: ReadingProgress? = nil, statistics: RunStatistics? = nil
  ) {
    self.init(
      policy: policy, keys: keys, limits: limits, progress: progress, statistics: statistics, options: ReadingOptions())
  }

  /// A verifier that reads files in the given way.
  init(
    policy: Policy, keys: KeyRing? = nil, limits: UnpackingLimits = UnpackingLimits(),
    progress: ReadingProgress? = nil, statistics: RunStatistics? = nil, options: ReadingOptions
  ) {
    self.policy = policy
    self.keys = keys
    self.limits = limits
    self.progress = progress
    self.statistics = statistics
    self.options = options
    scope = policy.scope
  }

  /// Reads and judges the snapshots in the input that `entry` names: one, unless it is an archive of several.
  ///
  /// Never throws: what can't be read is an error in a report, beside whatever could be.
  public func verify(_ entry: InputList.Entry) -> [SnapshotReport] {
    if let error = entry.error { return [Self.unverified(entry.path, VerificationError(error))] }
    let input = progress?.begin(entry)
    defer { input?.end() }
    let instruments = Instruments(progress: input, statistics: statistics)
    guard entry.isStandardInput else { return reports(on: entry.path, instruments) }
    return verify(entry.path, instruments) { () throws(InputError) in try .standardInput(limits: limits) }
  }

  /// Reads and judges the snapshot in the file at `path`; of an archive of several, the first.
  ///
  /// Never throws: what can't be read is an error in the report, beside whatever could be.
  /// O(file), with memory for each row in scope and, of a file that is not sound, for each distinct key.
  public func verify(path: String) -> SnapshotReport {
    reports(on: path, Instruments(statistics: statistics))[0]
  }

  /// At least one.
  private func reports(on path: String, _ instruments: Instruments) -> [SnapshotReport] {
    verify(path, instruments) { () throws(InputError) in try SnapshotStreams(path: path, limits: limits) }
  }

  private func verify(
    _ path: String, _ instruments: Instruments, _ open: () throws(InputError) -> SnapshotStreams
  ) -> [SnapshotReport] {
    do throws(InputError) {
      return verify(try open(), instruments)
    } catch {
      return [Self.unverified(path, VerificationError(error))]
    }
  }

  private func verify(_ streams: SnapshotStreams, _ instruments: Instruments) -> [SnapshotReport] {
    var reports: [SnapshotReport] = []
    while true {
      do throws(InputError) {
        guard let stream = try streams.next() else { return reports }
        let isPlainFile =
          stream.containers.isEmpty && stream.byteCount != nil && stream.path != InputList.standardInput
        reports.append(isPlainFile ? verify(file: stream.path, instruments) : verify(stream, instruments))
        if isPlainFile { return reports }
      } catch {
        reports.append(Self.unverified(streams.path, VerificationError(error)))
      }
    }
  }

  private func verify(file path: String, _ instruments: Instruments) -> SnapshotReport {
    let opening = Opening(path)
    switch opening.outcome {
    case .success((let file, let tree)):
      return judge(
        SnapshotReading(file, tree, list(), takesHash: takesHash, residue: residueDemand, options, instruments))
    case .failure(let error): return Self.unverified(path, bytes: opening.bytes, error)
    }
  }

  private func verify(_ stream: SnapshotStream, _ instruments: Instruments) -> SnapshotReport {
    instruments.progress?.expectAnyLength()
    do throws(VerificationError) {
      return judge(
        try SnapshotReading(
          stream, list(keepsNames: true), takesHash: takesHash, residue: residueDemand, options, instruments))
    } catch {
      var report = Self.unverified(stream.path, error)
      report.file.containers = stream.containers
      report.file.member = stream.member
      return report
    }
  }

  private func judge(_ reading: SnapshotReading) -> SnapshotReport {
    statistics.measure(.judging) {
      var run = Run(of: reading, policy: policy, keys: keys)
      return run.report()
    }
  }

  private var takesHash: Bool { policy.hash != .skipped }

  /// What is looked for in bytes that no page in use owns; nil where nobody asks.
  private var residueDemand: ResidueDemand? {
    policy.layers.contains(.residue) ? ResidueDemand(scope: policy.scope) : nil
  }

  /// The empty list of the rows that may matter to the policy.
  private func list(keepsNames: Bool = false) -> CandidateList {
    let prefixes = policy.etcdPrefix.map { PrefixTable(scope: scope, given: $0) } ?? PrefixTable(scope: scope)
    return CandidateList(
      scope: scope, prefixes: prefixes, keepsNames: keepsNames, judge: keys.map { ValueJudge($0) })
  }

  private static func unverified(_ path: String, bytes: UInt64 = 0, _ error: VerificationError) -> SnapshotReport {
    var report = SnapshotReport(path: path, file: .init(bytes: bytes), verdict: .error)
    report.errors = [error]
    return report
  }
}
