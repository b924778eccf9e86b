import Cryptography

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that holds secrets, or a pipe that brings them, read whole into memory that the caller is to wipe.
public struct SecretFile: ~Copyable {
  /// What stands in it, at most one byte more than the limit.
  public var bytes: [UInt8] = []
  /// Whether its mode lets users read it who are neither its owner nor of its group; never so of a pipe.
  public private(set) var isReadableByOthers = false

  /// The path that stands for standard input.
  public static let standardInput = "-"
  /// How long a named pipe may be without a program that writes into it.
  private static let patience = Duration.seconds(10)

  /// Reads what is at `path`, or from standard input.
  ///
  /// A named pipe that no program opens for writing within ten seconds is refused; once there is a writer, it may take any
  /// time. What was read is wiped when this throws.
  ///
  /// - Parameter limit: where so many bytes and one more were read, reading ends.
  public init(path: String, limit: Int) throws(SecretFileError) {
    let isStandardInput = path == Self.standardInput
    // A named pipe would else not be opened before there is a writer.
    let descriptor =
      isStandardInput ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard descriptor >= 0 else { throw .system(errno) }
    defer { if !isStandardInput { close(descriptor) } }
    var status = stat()
    // Sound: the call fills the value that it is lent.
    guard unsafe fstat(descriptor, &status) == 0 else { throw .system(errno) }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw .system(EISDIR) }
    guard isatty(descriptor) == 0 else { throw .terminal }
    isReadableByOthers = status.st_mode & S_IFMT == S_IFREG && status.st_mode & S_IROTH != 0
    bytes.reserveCapacity(min(Int(max(0, status.st_size)), limit) + Self.blockBytes)
    do throws(SecretFileError) {
      try read(descriptor, isNamedPipe: !isStandardInput && status.st_mode & S_IFMT == S_IFIFO, limit)
    } catch {
      bytes.wipe()
      throw error
    }
  }

  private static let blockBytes = 1 << 16

  private mutating func read(_ descriptor: Int32, isNamedPipe: Bool, _ limit: Int) throws(SecretFileError) {
    var block = [UInt8](repeating: 0, count: Self.blockBytes)
    defer { block.wipe() }
    var mayLackWriter = isNamedPipe
    let deadline = ContinuousClock.now + Self.patience
    while bytes.count <= limit {
      let wanted = min(block.count, limit + 1 - bytes.count)
      // Sound: at most as many bytes are written as there is room for.
      let count = unsafe block.withUnsafeMutableBytes { unsafe readNext(descriptor, $0.baseAddress, wanted) }
      if count > 0 {
        bytes.append(wiping: block.prefix(count))
        mayLackWriter = false
      } else if count == 0 {
        guard mayLackWriter else { return }
        guard try Self.wait(descriptor, until: deadline) else { return }
      } else if errno == EAGAIN {
        mayLackWriter = false
        _ = try Self.wait(descriptor, until: nil)
      } else if errno != EINTR {
        throw .system(errno)
      }
    }
  }

  /// Waits until there is something to read; answers no when every writer is gone (poll(2): POLLHUP).
  private static func wait(_ descriptor: Int32, until deadline: ContinuousClock.Instant?) throws(SecretFileError)
    -> Bool
  {
    while true {
      let left = deadline.map { max(.zero, $0 - .now) }
      let milliseconds = left.map {
        Int32($0.components.seconds * 1000 + $0.components.attoseconds / 1_000_000_000_000_000)
      }
      var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      // Sound: the call fills the one value that it is lent.
      let count = unsafe poll(&request, 1, milliseconds ?? -1)
      if count > 0 { return request.revents & Int16(POLLIN) != 0 }
      if count == 0 { throw .noWriter }
      if errno != EINTR { throw .system(errno) }
    }
  }
}

/// Why a file that holds secrets can't be read.
public enum SecretFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The system does not let it be read, and has this number for why.
  case system(Int32)
  /// It is a terminal, at which nobody types such a file.
  case terminal
  /// It is a named pipe, into which nobody writes.
  case noWriter

  /// A sentence without its subject: `no such file`.
  public var description: String {
    switch self {
    case .system(ENOENT): "no such file"
    case .system(EACCES): "this user may not read the file"
    case .system(EISDIR): "this is a directory: name the file in it"
    case .system(let code): "the file can't be read: \(unsafe String(cString: strerror(code)))"
    case .terminal: "this is a terminal: name a file"
    case .noWriter: "this is a named pipe, and no program opened it for writing within 10 seconds"
    }
  }
}

extension [UInt8] {
  /// Adds `bytes`; where that takes more memory, wipes what it moves out of.
  fileprivate mutating func append(wiping bytes: ArraySlice<UInt8>) {
    if capacity - count < bytes.count {
      var larger: [UInt8] = []
      larger.reserveCapacity(2 * (count + bytes.count))
      larger += self
      wipe()
      self = larger
    }
    self += bytes
  }
}

/// read(2), under a name that no method hides.
private func readNext(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  // Sound where the caller's buffer has room for `count` bytes.
  unsafe read(descriptor, buffer, count)
}
