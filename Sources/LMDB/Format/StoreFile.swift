import FileAccess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The file `data.mdb` of a store, read and not mapped: to read beyond the end of a mapped file kills the process.
final class StoreFile {
  private let file: OpenedFile

  /// Opens the file at `path`, read-only.
  init(_ path: String) throws(LMDBError) {
    do throws(OpenFailure) { file = try OpenedFile(path, [.regular]) } catch {
      switch error {
      case .system(let code): throw LMDBError(code: code)
      case .kind: throw .notStore
      }
    }
  }

  /// Bytes in the file now.
  var byteCount: UInt64 { file.currentState?.byteCount ?? 0 }

  /// Which of all files it is.
  var identity: FileState.Identity { file.state.identity }

  /// Whether the disk that it lies on has no room left.
  private var isOnFullDisk: Bool {
    var status = statvfs()
    // Sound: `status` outlives the call, which fills it.
    return unsafe fstatvfs(file.number, &status) == 0 && status.f_bavail == 0
  }

  /// What `code` means after something was to be written to it. LMDB says that the disk has an error, or is full, where only
  /// part of what was to be written fits (mdb.c, `mdb_page_flush` and `mdb_env_init_meta`).
  func writeFault(_ code: Int32) -> LMDBError {
    guard code == EIO || code == ENOSPC else { return LMDBError(code: code) }
    if let limit = ResourceLimit.fileSize.byteCount, byteCount >= limit { return .fileTooLong }
    return isOnFullDisk ? .diskFull : LMDBError(code: code)
  }

  /// The bytes from `offset` on: `count` of them, or as many as there are before the end.
  func bytes(_ count: Int, at offset: UInt64) throws(LMDBError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      // Sound: at most as many bytes are written as there is room for behind the first `done`.
      let added = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe pread(file.number, buffer.baseAddress?.advanced(by: done), count - done, off_t(offset) + off_t(done))
      }
      if added < 0 {
        if errno == EINTR { continue }
        throw LMDBError(code: errno)
      }
      if added == 0 { break }
      done += added
    }
    bytes.removeLast(count - done)
    return bytes
  }
}
