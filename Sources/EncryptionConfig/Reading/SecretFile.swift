import Cryptography
import FileAccess

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
  package static let patience = Duration.seconds(10)

  /// Reads what is at `path`, or from standard input.
  ///
  /// A named pipe that no program opens for writing within ten seconds is refused; once there is a writer, it may take any
  /// time. What was read is wiped when this throws.
  ///
  /// - Parameters:
  ///   - path: a file or pipe; ``standardInput`` stands for standard input.
  ///   - limit: where so many bytes and one more were read, reading ends.
  public init(path: String, limit: Int) throws(SecretFileError) {
    try self.init(reading: try Self.open(path), limit: limit)
  }

  /// Opens what is at `path`, or standard input, to be read later. A named pipe is opened without waiting for a writer.
  package static func open(_ path: String) throws(SecretFileError) -> OpenedFile {
    do throws(OpenFailure) {
      return path == standardInput
        ? try OpenedFile(duplicating: STDIN_FILENO) : try OpenedFile(path, [.regular, .pipe, .other])
    } catch {
      switch error {
      case .system(let code): throw .system(code)
      case .kind: throw .system(EISDIR)
      }
    }
  }

  /// Reads what ``open(_:)`` opened, as above.
  ///
  /// - Parameter patience: how long a named pipe may be without a writer.
  package init(
    reading file: consuming OpenedFile, limit: Int, patience: Duration = Self.patience
  ) throws(SecretFileError) {
    guard file.kind != .directory else { throw .system(EISDIR) }
    guard !file.isTerminal else { throw .terminal }
    isReadableByOthers = file.isReadableByOthers
    bytes.reserveCapacity(Int(min(file.state.byteCount, UInt64(limit))) + Self.blockBytes)
    do throws(SecretFileError) {
      try read(file.number, file.isNamed && file.kind == .pipe ? patience : nil, limit)
    } catch {
      bytes.wipe()
      throw error
    }
  }

  private static let blockBytes = 1 << 16

  /// - Parameter patience: of a named pipe, how long it may be without a writer.
  private mutating func read(_ descriptor: Int32, _ patience: Duration?, _ limit: Int) throws(SecretFileError) {
    var block = [UInt8](repeating: 0, count: Self.blockBytes)
    defer { block.wipe() }
    var mayLackWriter = patience != nil
    let deadline = ContinuousClock.now + (patience ?? .zero)
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
