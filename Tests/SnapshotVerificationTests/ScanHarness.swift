import BoltFormat
import KubernetesStorage
import SnapshotInput
import Synchronization
import TestSupport
import Testing

@testable import SnapshotReading
@testable import SnapshotVerification
@testable import VerificationModel

/// Both readers held against each other on one file: the scan, and the walk of the tree, which is easy to believe.
struct ScanHarness {
  /// Where the file is.
  let path: String
  /// What is examined.
  let policy: Policy
  /// What the walk of the tree finds.
  let expected: SnapshotReport
  /// Where the file lies, if it is there for this value alone.
  private let directory: TemporaryDirectory?

  /// A file of these bytes under `policy`.
  init(_ bytes: [UInt8], _ policy: Policy = Policy.rows(hash: .skipped)) throws {
    let directory = try TemporaryDirectory()
    self.init(path: try directory.file("backup.db", bytes), policy, keeping: directory)
  }

  /// The file at `path` under `policy`.
  init(path: String, _ policy: Policy, keeping directory: TemporaryDirectory? = nil) {
    self.path = path
    self.policy = policy
    self.directory = directory
    expected = Verifier(policy: policy, options: ReadingOptions(reader: .tree, workers: 1)).verify(path: path)
  }

  /// What the scan finds.
  func scanned(workers: Int = 1, blockBytes: Int = BlockRing.blockBytes) -> SnapshotReport {
    let options = ReadingOptions(reader: .scan, workers: workers, blockBytes: blockBytes)
    return Verifier(policy: policy, options: options).verify(path: path)
  }

  /// What the scan finds that the walk of the tree does not, and the other way round.
  func differences(workers: Int = 1, blockBytes: Int = BlockRing.blockBytes) -> [String] {
    expected.differences(from: scanned(workers: workers, blockBytes: blockBytes))
  }

  /// Whether the scan gets by without the walk of the tree.
  func isReadByScan(blockBytes: Int = BlockRing.blockBytes) throws -> Bool {
    let (file, tree) = try Opening(path).outcome.get()
    let scope = policy.scope
    let prefixes = policy.etcdPrefix.map { PrefixTable(scope: scope, given: $0) } ?? PrefixTable(scope: scope)
    let list = CandidateList(scope: scope, prefixes: prefixes)
    let position = Mutex(0)
    var scan = PageScan(
      .inOrder { buffer, count throws(VerificationError) in
        let start = position.withLock { $0 }
        let bytes = min(count, Int(file.byteCount) - start)
        do throws(BoltError) {
          if bytes > 0 { try file.read(bytes, at: UInt64(start), into: &buffer) }
        } catch {
          throw VerificationError(error)
        }
        position.withLock { $0 += bytes }
        return bytes
      }, tree.meta, pageBound: tree.pageBound, list, takesHash: false, retainsPages: false,
      ReadingOptions(workers: 1, blockBytes: blockBytes))
    return StoreContents(tree, list, &scan) != nil
  }
}
