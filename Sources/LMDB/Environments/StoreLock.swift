import FileAccess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The lock by which one program at a time writes to a store: flock(2) on a file beside it, which nothing is in.
struct StoreLock: ~Copyable, Sendable {
  /// Who else may have it.
  enum Kind {
    /// Nobody: whoever writes.
    case exclusive
    /// Others who read, and keep writers away: whoever can't write into the table of readers.
    case shared
  }

  private let number: Int32
  private let process: pid_t

  /// Takes the lock on the file at `path`, which an exclusive one makes where there is none.
  ///
  /// Where another program has it, calls `waiting` once, and waits; throws ``LMDBError/busy`` if nobody is to be told, and
  /// ``LMDBError/interrupted`` when a signal comes whose handler does not have calls of the system begin again.
  init(_ path: String, _ kind: Kind, waiting: (() -> Void)?) throws(LMDBError) {
    var waiting = waiting
    while true {
      let number = try Self.open(path, kind)
      do throws(LMDBError) { try Self.take(number, kind, &waiting) } catch {
        close(number)
        throw error
      }
      var status = stat()
      // Sound: `status` outlives the call, which fills it.
      guard unsafe fstat(number, &status) == 0, FileState(status).identity == FileState(of: path)?.identity else {
        // Someone took the file away while it was waited for: a lock on it is worth nothing.
        close(number)
        continue
      }
      self.number = number
      process = getpid()
      return
    }
  }

  deinit {
    // A process that was forked shares the lock, and must not give it back.
    if getpid() == process { _ = flock(number, LOCK_UN) }
    close(number)
  }

  private static func open(_ path: String, _ kind: Kind) throws(LMDBError) -> Int32 {
    let flags = O_CLOEXEC | O_NOCTTY | (kind == .exclusive ? O_RDWR | O_CREAT : O_RDONLY)
    while true {
      let number = openFile(path, flags, 0o600)
      if number >= 0 { return number }
      let code = errno
      if code != EINTR { throw LMDBError(code: code) }
    }
  }

  private static func take(_ number: Int32, _ kind: Kind, _ waiting: inout (() -> Void)?) throws(LMDBError) {
    let operation = kind == .exclusive ? LOCK_EX : LOCK_SH
    if flock(number, operation | LOCK_NB) == 0 { return }
    guard errno == EWOULDBLOCK else { throw LMDBError(code: errno) }
    guard let tell = waiting else { throw .busy }
    tell()
    // Told once, it waits again without a word where the file was exchanged.
    waiting = {}
    guard flock(number, operation) == 0 else { throw LMDBError(code: errno) }
  }
}

/// open(2), under a name that no method of a lock has.
private func openFile(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
  // Sound: the path outlives the call.
  unsafe open(path, flags, mode)
}
