import CLMDB
import FileAccess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// LMDB's environment, as it was opened. Nobody closes it but the ``Environment`` that has it.
@safe struct OpenedEnvironment {
  /// What LMDB knows it by.
  let handle: OpaquePointer
  /// Its file, opened once more, to be read.
  let file: StoreFile
  /// How many dead readers were cleared.
  let staleReaders: Int

  private init(_ handle: OpaquePointer, _ file: StoreFile, staleReaders: Int) {
    unsafe self.handle = handle
    self.file = file
    self.staleReaders = staleReaders
  }

  /// Makes an environment in `directory`, whose lock the caller has.
  init(creating directory: String, _ tables: Int) throws(LMDBError) {
    guard !StorePaths.isThere(StorePaths.data(directory)) else { throw .exists }
    do throws(LMDBError) {
      try ReaderTable.reserve(in: directory)
      let handle = unsafe try Self.openHandle(directory, tables, mapBytes: Self.minimumMapBytes, flags: 0)
      do throws(LMDBError) {
        try Self.synchronize(directory)
        self = unsafe Self(handle, try StoreFile(StorePaths.data(directory)), staleReaders: 0)
      } catch {
        // Sound: nobody else has the handle.
        unsafe mdb_env_close(handle)
        throw error
      }
    } catch {
      // There was no store before, and nobody can have begun to use one without the lock.
      unsafe unlink(StorePaths.data(directory))
      unsafe unlink(StorePaths.readers(directory))
      unsafe unlink(StorePaths.lock(directory))
      throw error
    }
  }

  /// Opens the environment in `directory` to read it, as one of the readers that its table tells of; nil where the table can't
  /// be written, or there is no room for it.
  init?(registeringIn directory: String, _ tables: Int) throws(LMDBError) {
    guard StorePaths.canRegisterReaders(directory) else { return nil }
    do throws(LMDBError) { self = try Self(opening: directory, tables, flags: MDB_RDONLY) } catch {
      guard [.diskFull, .fileTooLong].contains(error) else { throw error }
      return nil
    }
  }

  /// Opens the environment in `directory`, after its file was checked.
  init(opening directory: String, _ tables: Int, flags: Int32) throws(LMDBError) {
    let file = try StoreFile(StorePaths.data(directory))
    _ = try StoreCheck.head(of: file)
    // LMDB would wait for a pipe.
    let kind = FileKind(of: StorePaths.readers(directory), followingLinks: true)
    guard kind == nil || kind == .regular else { throw .notStore }
    if flags & MDB_NOLOCK == 0 { try ReaderTable.reserve(in: directory) }
    // A map costs nothing before it is used: there is room for the file to grow to twice its size.
    let mapBytes = max(
      Self.minimumMapBytes, Int(clamping: 2 * (file.byteCount / Self.mapUnit + 1) * Self.mapUnit))
    let handle = unsafe try Self.openHandle(directory, tables, mapBytes: mapBytes, flags: flags)
    do throws(LMDBError) { self = unsafe Self(handle, file, staleReaders: try Self.clearReaders(handle)) } catch {
      // Sound: nobody else has the handle.
      unsafe mdb_env_close(handle)
      throw error
    }
  }

  /// Bytes that a map has at least; LMDB's own default.
  private static let minimumMapBytes = 1 << 20
  /// What a map is a multiple of: of every size that pages of memory can have.
  private static let mapUnit: UInt64 = 1 << 16

  private static func openHandle(
    _ directory: String, _ tables: Int, mapBytes: Int, flags: Int32
  ) throws(LMDBError) -> OpaquePointer {
    var handle: OpaquePointer?
    // Sound: `handle` outlives the call, which sets it unless it fails.
    try LMDBError.check(unsafe mdb_env_create(&handle))
    guard let handle = unsafe handle else { throw .mapFull }
    var code = unsafe mdb_env_set_maxdbs(handle, MDB_dbi(tables))
    if code == 0 { code = unsafe mdb_env_set_mapsize(handle, mapBytes) }
    // A transaction belongs to whoever has it, and not to its thread.
    if code == 0 { code = unsafe mdb_env_open(handle, directory, UInt32(MDB_NOTLS | flags), 0o600) }
    if code == 0 { code = unsafe closeOnExecution(handle) }
    guard code == 0 else {
      // Sound: nobody else has the handle; one that could not be opened is to be closed all the same (lmdb.h).
      unsafe mdb_env_close(handle)
      throw fault(code, in: directory)
    }
    return unsafe handle
  }

  /// What `code` means when an environment could not be opened that is new, or whose file was checked.
  private static func fault(_ code: Int32, in directory: String) -> LMDBError {
    switch code {
    // The table of readers, of which another program has the lock, was made by another version of LMDB.
    case MDB_INVALID, MDB_VERSION_MISMATCH: .otherLocks
    default: (try? StoreFile(StorePaths.data(directory)))?.writeFault(code) ?? LMDBError(code: code)
    }
  }

  /// Keeps programs that are started from having the file open too; LMDB does so for its others. Answers a code.
  private static func closeOnExecution(_ handle: OpaquePointer) -> Int32 {
    var number: Int32 = -1
    // Sound: the environment is open, and `number` outlives the call, which sets it.
    let code = unsafe mdb_env_get_fd(handle, &number)
    guard code == 0 else { return code }
    return fcntl(number, F_SETFD, FD_CLOEXEC) == 0 ? 0 : errno
  }

  /// Clears readers that died, of which the table of an open environment still tells; answers how many.
  static func clearReaders(_ handle: OpaquePointer) throws(LMDBError) -> Int {
    var count: Int32 = 0
    // Sound: the environment is open, and `count` outlives the call, which sets it.
    try LMDBError.check(unsafe mdb_reader_check(handle, &count))
    return Int(count)
  }

  /// Has the disk keep the names of new files in `directory`.
  static func synchronize(_ directory: String) throws(LMDBError) {
    let opened: OpenedFile
    do throws(OpenFailure) { opened = try OpenedFile(directory, [.directory]) } catch {
      switch error {
      case .system(let code): throw LMDBError(code: code)
      case .kind: throw .missing
      }
    }
    guard fsync(opened.number) == 0 else { throw LMDBError(code: errno) }
  }
}
