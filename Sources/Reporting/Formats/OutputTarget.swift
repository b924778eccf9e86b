#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where a report is written: standard output, piece by piece, or a file, which is there whole or not at all.
///
/// A file is written under another name beside its own, brought to the disk, and renamed: who reads it never meets a
/// part, and what it replaces stays until then. Only its owner may read it (mode 0600), for reports name Secrets.
public struct OutputTarget: ~Copyable {
  private let descriptor: Int32
  /// The file's own name, and the one under which it is written; nil of standard output.
  private let names: (final: String, temporary: String)?
  private var isComplete = false

  /// Standard output.
  public static var standardOutput: OutputTarget { OutputTarget(descriptor: STDOUT_FILENO, names: nil) }

  /// Standard error.
  public static var standardError: OutputTarget { OutputTarget(descriptor: STDERR_FILENO, names: nil) }

  private init(descriptor: Int32, names: (final: String, temporary: String)?) {
    self.descriptor = descriptor
    self.names = names
  }

  /// The file at `path`, which is replaced when it is complete.
  public init(path: String) throws(WriteFailure) {
    let temporary = "\(path).\(getpid()).tmp"
    // A name that somebody put there first is not followed, and not written to.
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw WriteFailure(errno) }
    self.init(descriptor: descriptor, names: (path, temporary))
  }

  deinit {
    guard let names, !isComplete else { return }
    close(descriptor)
    unsafe unlink(names.temporary)
  }

  /// Writes all of `text`.
  public func write(_ text: String) throws(WriteFailure) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      // Sound: the buffer is read inside the call that lends it.
      let count = unsafe bytes.withUnsafeBytes { unsafe writeOnce(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw WriteFailure(errno)
      }
      bytes = bytes.dropFirst(count)
    }
  }

  /// Ends the writing: a file gets its own name now.
  public consuming func complete() throws(WriteFailure) {
    guard let names else { return }
    guard fsync(descriptor) == 0 else { throw WriteFailure(errno) }
    guard unsafe rename(names.temporary, names.final) == 0 else { throw WriteFailure(errno) }
    close(descriptor)
    isComplete = true
  }
}

/// Why something could not be written.
public struct WriteFailure: Error, Hashable, CustomStringConvertible {
  /// The system's error number (errno(3)).
  public let code: Int32

  init(_ code: Int32) { self.code = code }

  /// The system's words for it.
  public var description: String { unsafe String(cString: strerror(code)) }
}

/// What write(2) does, which inside ``OutputTarget`` has another name.
private func writeOnce(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  unsafe write(descriptor, bytes, count)
}
