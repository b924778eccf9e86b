import Cryptography

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A configuration and the file it was read from.
public struct ConfigurationFile: Sendable {
  /// What stands in it.
  public let configuration: EncryptionConfiguration
  /// Its size.
  public let byteCount: Int
  /// Whether its mode lets users read it who are neither its owner nor of its group; never so of a pipe.
  public let isReadableByOthers: Bool

  /// The path that stands for standard input.
  public static let standardInput = "-"

  /// Reads the file or pipe at `path`, or standard input, as an API server of `server` does. What was read of the text
  /// is wiped before this returns; see ``EncryptionConfiguration/init(wiping:for:)`` for what is refused.
  ///
  /// Throws ``ConfigurationError/Code/unreadable`` when it can't be opened or read.
  public init(path: String, for server: APIServerSettings = APIServerSettings()) throws(InvalidConfiguration) {
    var text = [UInt8](repeating: 0, count: YAMLDocument.maximumByteCount + 1)
    defer { text.wipe() }
    let status = try Self.read(path, into: &text)
    byteCount = text.count
    isReadableByOthers = status.st_mode & S_IFMT == S_IFREG && status.st_mode & S_IROTH != 0
    configuration = try EncryptionConfiguration(wiping: &text, for: server)
  }

  /// Fills `text` with what is at `path`, and cuts it there.
  private static func read(_ path: String, into text: inout [UInt8]) throws(InvalidConfiguration) -> stat {
    let isStandardInput = path == standardInput
    let descriptor = isStandardInput ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw unreadable(errno) }
    defer { if !isStandardInput { close(descriptor) } }
    var status = stat()
    // Sound: the call fills the value that it is lent.
    guard unsafe fstat(descriptor, &status) == 0 else { throw unreadable(errno) }
    guard isatty(descriptor) == 0 else { throw unreadable("it is a terminal: name a file") }
    var count = 0
    while count < text.count {
      // Sound: at most as many bytes are written as there is room for.
      let bytes = unsafe text.withUnsafeMutableBytes { buffer in
        unsafe readNext(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
      }
      if bytes == 0 { break }
      if bytes < 0, errno != EINTR { throw unreadable(errno) }
      count += max(0, bytes)
    }
    text.removeLast(text.count - count)
    return status
  }

  private static func unreadable(_ code: Int32) -> InvalidConfiguration {
    switch code {
    case ENOENT: unreadable("there is no such file")
    case EACCES: unreadable("it may not be read by this user")
    case EISDIR: unreadable("it is a directory: name the file in it")
    case let code: unreadable("it can't be read: \(unsafe String(cString: strerror(code)))")
    }
  }

  private static func unreadable(_ reason: String) -> InvalidConfiguration {
    InvalidConfiguration([ConfigurationError(.unreadable, at: ConfigurationPlace(line: 1, path: ""), reason)])
  }
}

/// read(2), under a name that no method hides.
private func readNext(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  // Sound where the caller's buffer has room for `count` bytes.
  unsafe read(descriptor, buffer, count)
}
