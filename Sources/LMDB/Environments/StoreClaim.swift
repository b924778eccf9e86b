import FileAccess
import Synchronization

/// The stores that this process has open. To open one a second time would take away the locks of the first as soon as either is
/// closed (lmdb.h, "Caveats"): the system keeps them by process and file.
private let openStores = Mutex<Set<FileState.Identity>>([])

/// The right of one ``Environment`` to a directory, given back with it.
struct StoreClaim: ~Copyable, Sendable {
  private let identity: FileState.Identity

  /// Claims the directory at `path`.
  init(_ path: String) throws(LMDBError) {
    guard FileKind(of: path, followingLinks: true) == .directory, let identity = FileState(of: path)?.identity else {
      throw .missing
    }
    guard openStores.withLock({ $0.insert(identity).inserted }) else { throw .alreadyOpen }
    self.identity = identity
  }

  deinit {
    let identity = identity
    openStores.withLock { _ = $0.remove(identity) }
  }
}
