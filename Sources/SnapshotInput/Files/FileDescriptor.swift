import FileAccess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that is read from: the one place where the system is called for what lies in snapshots.
struct FileDescriptor: ~Copyable, Sendable {
  private let file: OpenedFile
  private var number: Int32 { file.number }
  /// What was opened.
  var kind: FileKind { file.kind }
  /// The file's length when it was opened; of a regular file only.
  var byteCount: UInt64 { file.state.byteCount }

  /// When the file was last written to before it was opened, in seconds since 1970; of a regular file only.
  var modifiedSeconds: Int64? { kind == .regular ? file.state.modifiedSeconds : nil }

  /// Opens the regular file at `path`, read-only, where the system allows without touching its access time.
  init(opening path: String) throws(InputError) {
    file = try Self.open(path, [.regular])
  }

  /// Opens what is to be read from its start to its end: a regular file as above, or a pipe, for whose writer it waits.
  init(streaming path: String) throws(InputError) {
    file = try Self.open(path, [.regular, .pipe])
    widenPipe()
  }

  /// A descriptor of its own for what `other`, an open one such as 0, reads from; both move along together.
  init(duplicating other: Int32) throws(InputError) {
    file = try Self.duplicate(other)
    widenPipe()
  }

  private static func duplicate(_ other: Int32) throws(InputError) -> OpenedFile {
    guard isatty(other) == 0 else {
      throw InputError(.terminal, "standard input is a terminal: name a file, or let a program write a snapshot to it")
    }
    let flags = fcntl(other, F_GETFL)
    guard flags >= 0, flags & O_ACCMODE != O_WRONLY else {
      throw InputError(
        .unreadable, "standard input is closed: let a program write a snapshot to it, or name a file")
    }
    let file: OpenedFile
    do throws(OpenFailure) { file = try OpenedFile(duplicating: other) } catch { throw fault(error) }
    guard file.kind != .directory else {
      throw InputError(.notRegular, "standard input is a directory: name it as an input instead")
    }
    return file
  }

  /// Lets a pipe hold as much at a time as an unprivileged process may ask for by default, instead of 64 KiB (fcntl(2)):
  /// the two programs at its ends then take turns less often. Where the system refuses, it stays as it is.
  private func widenPipe() {
    #if os(Linux)
      let setPipeSize: Int32 = 1031
      if kind == .pipe { _ = fcntl(number, setPipeSize, 1 << 20 as Int32) }
    #endif
  }

  /// How many bytes before the next one; 0 where there is no such count, as in a pipe.
  var position: UInt64 { UInt64(max(0, lseek(number, 0, SEEK_CUR))) }

  /// Where the regular file has holes; none where the system can't tell. Where the next byte is read stays as it is.
  ///
  /// O(holes), of which each takes room for its beginning and its end on the disk.
  func holes() -> FileHoles {
    #if canImport(Darwin)
      let (seekHole, seekData): (Int32, Int32) = (3, 4)
    #else
      let (seekData, seekHole): (Int32, Int32) = (3, 4)
    #endif
    let (end, current) = (off_t(clamping: byteCount), lseek(number, 0, SEEK_CUR))
    defer { lseek(number, current, SEEK_SET) }
    var (position, innerBytes): (off_t, UInt64) = (0, 0)
    while position < end {
      let data = lseek(number, position, seekData)
      // There are no more bytes.
      if data < 0, errno == ENXIO { return FileHoles(dataEnd: UInt64(position), innerBytes: innerBytes) }
      guard data >= position, data < end else { break }
      innerBytes += UInt64(data - position)
      let hole = lseek(number, data, seekHole)
      guard hole > data else { break }
      position = hole
    }
    return FileHoles(dataEnd: byteCount, innerBytes: innerBytes)
  }

  /// Puts the next bytes at the front of `buffer`; answers how many, 0 only at the end. Waits for them if need be.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    while true {
      // Sound: at most as many bytes are written as there is room for.
      let status = unsafe readNext(number, buffer.baseAddress, buffer.count)
      if status >= 0 { return status }
      switch errno {
      case EINTR: continue
      case EAGAIN: waitForBytes()
      case let code: throw Self.failure(code)
      }
    }
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

  /// Whoever shares standard input may have made it return at once.
  private func waitForBytes() {
    var descriptor = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
    // Sound: there is one descriptor, and it outlives the call.
    unsafe poll(&descriptor, 1, -1)
  }

  /// Opens a file of one of `kinds`, and nothing else.
  private static func open(_ path: String, _ kinds: [FileKind]) throws(InputError) -> OpenedFile {
    do throws(OpenFailure) { return try OpenedFile(path, kinds, waitsForWriter: true) } catch { throw fault(error) }
  }

  /// Says how the file differs from what was opened: whether it was written to since, or `path` leads elsewhere.
  ///
  /// Throws ``InputError/Code/fileChanged`` when it does.
  func checkUnchanged(_ path: String) throws(InputError) {
    guard kind == .regular, let state = file.currentState else { return }
    guard state == file.state else {
      throw InputError(
        .fileChanged, "the file was written to while it was read: verify it again when nobody writes to it any more")
    }
    guard let current = FileState(of: path), !current.isSameFile(as: file.state) else { return }
    throw InputError(
      .fileChanged, "another file has taken its place while it was read: verify that too")
  }

  /// Why the directory at `path` can't be listed.
  static func fault(listing path: String) -> InputError {
    do throws(OpenFailure) {
      _ = try OpenedFile(path, [.directory])
      return InputError(.unreadable, "the directory can't be listed")
    } catch {
      switch error {
      case .system(ENOENT), .system(ENOTDIR): return InputError(.notFound, "the directory is no longer there")
      case .system(EACCES), .system(EPERM):
        return InputError(.permissionDenied, "the directory can't be listed: permission denied")
      case .system, .kind: return InputError(.unreadable, "the directory can't be listed")
      }
    }
  }

  private static func fault(_ failure: OpenFailure) -> InputError {
    switch failure {
    case .system(let code): Self.failure(code)
    case .kind: InputError(.notRegular, "neither a regular file nor a directory")
    }
  }

  private static func failure(_ code: Int32) -> InputError {
    switch code {
    case ENOENT, ENOTDIR: InputError(.notFound, "no such file or directory")
    case EACCES, EPERM: InputError(.permissionDenied, "permission denied")
    default: InputError(.unreadable, "can't be read: \(unsafe String(cString: strerror(code)))")
    }
  }
}

/// read(2), under a name that no method of a descriptor has.
private func readNext(_ number: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  unsafe read(number, buffer, count)
}
