import BoltFormat
import SnapshotInput
import VerificationModel

/// The attempt to open the file at a path as a database.
package struct Opening {
  /// Bytes in the file; 0 when it could not be opened.
  package let bytes: UInt64
  /// The file and the tree in it, or why there is none.
  package let outcome: Result<(file: SnapshotFile, tree: Tree), VerificationError>

  /// Opens the file at `path` and reads its meta pages.
  package init(_ path: String) {
    do throws(InputError) {
      self.init(try SnapshotFile(opening: path))
    } catch {
      self.init(bytes: 0, outcome: .failure(VerificationError(error)))
    }
  }

  private init(bytes: UInt64, outcome: Result<(file: SnapshotFile, tree: Tree), VerificationError>) {
    self.bytes = bytes
    self.outcome = outcome
  }

  /// Reads the meta pages of `file`.
  package init(_ file: SnapshotFile) {
    self.init(bytes: file.byteCount, outcome: Self.tree(in: file).map { (file, $0) })
  }

  private static func tree(in file: SnapshotFile) -> Result<Tree, VerificationError> {
    do throws(BoltError) {
      return .success(try Tree(file))
    } catch {
      return .failure(reason(of: error, file))
    }
  }

  /// Why a file without a usable meta page is none: perhaps it is compressed.
  private static func reason(of damage: BoltError, _ file: SnapshotFile) -> VerificationError {
    if let container = try? file.container() {
      return VerificationError(
        code: InputError.Code.compressed.rawValue,
        message: "compressed or packed (\(container.rawValue)): unpack it first, and name the snapshot inside")
    }
    if let content = file.content() {
      return VerificationError(
        code: InputError.Code.notSnapshot.rawValue,
        message: "\(content.noun), not an etcd snapshot: \(content.advice)")
    }
    return VerificationError(damage)
  }
}
