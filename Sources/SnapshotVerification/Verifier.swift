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

  /// A verifier for `policy`.
  public init(policy: Policy) { self.policy = policy }

  /// Reads and judges the snapshot that `entry` names.
  public func verify(_ entry: InputList.Entry) -> SnapshotReport {
    entry.error.map { Self.unverified(entry.path, bytes: 0, VerificationError($0)) } ?? verify(path: entry.path)
  }

  /// Reads and judges the snapshot in the file at `path`.
  ///
  /// Never throws: what can't be read is an error in the report, beside whatever could be.
  /// O(file), with memory for each distinct key and each row in scope.
  public func verify(path: String) -> SnapshotReport {
    let opening = Opening(path)
    switch opening.outcome {
    case .success((let file, let tree)):
      var run = Run(file: file, tree: tree, policy: policy)
      return run.report()
    case .failure(let error): return Self.unverified(path, bytes: opening.bytes, error)
    }
  }

  private static func unverified(_ path: String, bytes: UInt64, _ error: VerificationError) -> SnapshotReport {
    var report = SnapshotReport(path: path, file: .init(bytes: bytes), verdict: .error)
    report.errors = [error]
    return report
  }
}
