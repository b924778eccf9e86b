import CLinux
import FileAccess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// LMDB's table of readers, the file `lock.mdb`. It is mapped: to write to a part of it that the disk has no room for kills the
/// process (SIGBUS), and LMDB makes it as a hole (mdb.c, `mdb_env_setup_locks`).
enum ReaderTable {
  /// What LMDB makes of it: 126 slots of 64 bytes, and 128 bytes before them (mdb.c, `DEFAULT_READERS`).
  private static let byteCount = 8192

  /// Has the disk keep room for the table in `directory`, which is made where there is none. What is in it stays.
  ///
  /// Throws ``LMDBError/diskFull`` and ``LMDBError/fileTooLong`` where there is no room. On file systems that can't keep room, and
  /// on systems other than Linux, LMDB's hole stays a hole.
  static func reserve(in directory: String) throws(LMDBError) {
    #if os(Linux)
      let number = openTable(StorePaths.readers(directory))
      guard number >= 0 else { throw LMDBError(code: errno) }
      defer { close(number) }
      // A shorter one was made by another program, which has mapped no more of it.
      let length = lseek(number, 0, SEEK_END)
      guard length == 0 || length >= byteCount else { return }
      guard restarting({ Int32(linux_fallocate(number, 0, byteCount)) }) != 0, errno != EOPNOTSUPP, errno != ENOSYS
      else { return }
      throw LMDBError(code: errno)
    #endif
  }
}

/// open(2), as LMDB opens the table, under a name that no method of a table has.
private func openTable(_ path: String) -> Int32 {
  // Sound: the path outlives the call.
  restarting { unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0o600) }
}
