#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file opened for reading: the one place where the system is called.
struct FileDescriptor: ~Copyable, Sendable {
  private let number: Int32
  /// The file's length when it was opened.
  let byteCount: UInt64

  /// Opens the regular file at `path`, read-only, where the system allows without touching its access time.
  init(opening path: String) throws(InputError) {
    (number, byteCount) = try Self.openRegular(path)
  }

  deinit {
    close(number)
  }

  /// Puts `count` bytes from `offset` on at the front of `buffer`; answers how many there were before the end.
  func read(_ count: Int, at offset: UInt64, into buffer: inout [UInt8]) throws(InputError) -> Int {
    if buffer.count < count { buffer += [UInt8](repeating: 0, count: count - buffer.count) }
    var done = 0
    while done < count {
      // Sound: the buffer holds at least `count` bytes, of which `done` are filled.
      let status = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe pread(number, bytes.baseAddress?.advanced(by: done), count - done, off_t(offset) + off_t(done))
      }
      if status < 0 {
        if errno == EINTR { continue }
        throw Self.failure(errno)
      }
      if status == 0 { break }
      done += status
    }
    return done
  }

  /// Opens a regular file, and nothing else; answers its length too.
  private static func openRegular(_ path: String) throws(InputError) -> (number: Int32, byteCount: UInt64) {
    let number = try openReadOnly(path)
    var status = stat()
    // Sound: `status` outlives the call, which fills it.
    let code = unsafe fstat(number, &status) == 0 ? 0 : errno
    guard code == 0, FileKind(status) == .regular else {
      close(number)
      throw code == 0 ? InputError(.notRegular, "neither a regular file nor a directory") : failure(code)
    }
    return (number, UInt64(max(0, status.st_size)))
  }

  /// Opens without waiting for the other end of a pipe, which is refused afterwards.
  private static func openReadOnly(_ path: String) throws(InputError) -> Int32 {
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK
    #if os(Linux)
      // O_NOATIME (asm-generic/fcntl.h); the system refuses it to those who don't own the file.
      let noAccessTime: Int32 = 0o1000000
      let quiet = unsafe open(path, flags | noAccessTime)
      if quiet >= 0 { return quiet }
    #endif
    let number = unsafe open(path, flags)
    guard number >= 0 else { throw failure(errno) }
    return number
  }

  private static func failure(_ code: Int32) -> InputError {
    switch code {
    case ENOENT, ENOTDIR: InputError(.notFound, "no such file or directory")
    case EACCES, EPERM: InputError(.permissionDenied, "permission denied")
    default: InputError(.unreadable, "can't be read: \(unsafe String(cString: strerror(code)))")
    }
  }
}
