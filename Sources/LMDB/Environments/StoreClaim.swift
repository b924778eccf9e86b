import FileAccess
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The stores that this process has open. To open one a second time would take away the locks of the first as soon as either is
/// closed (lmdb.h, "Caveats"): the system keeps them by process and file.
private let openStores = Mutex<Set<FileState.Identity>>([])

/// The right of one ``Environment`` to a directory, given back with it.
struct StoreClaim: ~Copyable, Sendable {
  /// Held open: were the directory removed meanwhile, another one could get its number.
  private let directory: OpenedFile

  /// Claims the directory at `path`.
  init(_ path: String) throws(LMDBError) {
    let opened = try Self.open(path)
    let identity = opened.state.identity
    guard openStores.withLock({ $0.insert(identity).inserted }) else { throw .alreadyOpen }
    directory = opened
  }

  private static func open(_ path: String) throws(LMDBError) -> OpenedFile {
    do throws(OpenFailure) { return try OpenedFile(path, [.directory]) } catch {
      switch error {
      case .system(ELOOP), .system(ENAMETOOLONG), .system(EINVAL), .kind: throw .missing
      case .system(let code): throw LMDBError(code: code)
      }
    }
  }

  deinit {
    let identity = directory.state.identity
    openStores.withLock { _ = $0.remove(identity) }
  }
}
