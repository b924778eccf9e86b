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
    do throws(InputError) {
      return verify(try SnapshotFile(opening: path))
    } catch {
      return Self.unverified(path, bytes: 0, VerificationError(error))
    }
  }

  private func verify(_ file: SnapshotFile) -> SnapshotReport {
    let tree: Tree
    do throws(BoltError) {
      tree = try Tree(file)
    } catch {
      return Self.unverified(file.path, bytes: file.byteCount, Self.reason(of: error, file))
    }
    var run = Run(file: file, tree: tree, policy: policy)
    return run.report()
  }

  /// Why a file without a usable meta page is none: perhaps it is compressed.
  private static func reason(of damage: BoltError, _ file: SnapshotFile) -> VerificationError {
    if let container = try? file.container() {
      return VerificationError(
        code: InputError.Code.compressed.rawValue,
        message: "compressed or packed (\(container.rawValue)): unpack it first, then verify the snapshot inside")
    }
    return VerificationError(damage)
  }

  private static func unverified(_ path: String, bytes: UInt64, _ error: VerificationError) -> SnapshotReport {
    var report = SnapshotReport(path: path, file: .init(bytes: bytes), verdict: .error)
    report.errors = [error]
    return report
  }
}
