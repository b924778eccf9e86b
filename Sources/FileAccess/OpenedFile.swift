#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that was opened for reading: the one place where files are opened to be read.
///
/// Opened once and handed on: whoever reads it needs no path, and so a process may give up the right to open files in
/// between.
package struct OpenedFile: ~Copyable, Sendable {
  /// What system calls know it by.
  package let number: Int32
  /// What was opened.
  package let kind: FileKind
  /// The file as it was when it was opened.
  package let state: FileState
  /// Whether its mode lets users read it who are neither its owner nor of its group; never so of what is no regular file.
  package let isReadableByOthers: Bool
  /// Whether it was opened by its path, and is nobody else's.
  package let isNamed: Bool

  /// Opens what `path` leads to, read-only, where the system allows without touching its access time.
  ///
  /// Throws when it can't be opened, or is none of `kinds`.
  ///
  /// - Parameter waitsForWriter: whether a pipe is waited for until a program opens it for writing. If not, reading it answers
  ///   that it is at its end as long as there is none.
  package init(_ path: String, _ kinds: [FileKind], waitsForWriter: Bool = false) throws(OpenFailure) {
    let waits = waitsForWriter && kinds.contains(.pipe) && FileKind(of: path, followingLinks: true) == .pipe
    let number = Self.openQuietly(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | (waits ? 0 : O_NONBLOCK))
    guard number >= 0 else { throw .system(errno) }
    guard let status = Self.status(number) else {
      let code = errno
      close(number)
      throw .system(code)
    }
    guard kinds.contains(FileKind(status)) else {
      close(number)
      throw .kind(FileKind(status))
    }
    self.init(number, status, isNamed: true)
  }

  /// A descriptor of its own for what `other`, an open one such as 0, reads from; both move along together.
  package init(duplicating other: Int32) throws(OpenFailure) {
    let number = fcntl(other, F_DUPFD_CLOEXEC, 0)
    guard number >= 0 else { throw .system(errno) }
    self.init(number, Self.status(number) ?? stat(), isNamed: false)
  }

  private init(_ number: Int32, _ status: stat, isNamed: Bool) {
    self.number = number
    self.isNamed = isNamed
    kind = FileKind(status)
    state = FileState(status)
    isReadableByOthers = kind == .regular && status.st_mode & S_IROTH != 0
  }

  deinit {
    close(number)
  }

  /// The file as it is now; nil when the system can't tell.
  package var currentState: FileState? { Self.status(number).map { FileState($0) } }

  /// Whether it is a terminal.
  package var isTerminal: Bool { isatty(number) != 0 }

  /// The status of what is open; nil when the system can't tell.
  private static func status(_ number: Int32) -> stat? {
    var status = stat()
    // Sound: `status` outlives the call, which fills it.
    return unsafe fstat(number, &status) == 0 ? status : nil
  }

  private static func openQuietly(_ path: String, _ flags: Int32) -> Int32 {
    #if os(Linux)
      // O_NOATIME (asm-generic/fcntl.h); the system refuses it to those who don't own the file.
      let noAccessTime: Int32 = 0o1000000
      // Sound: the path outlives the call, as it does below.
      let quiet = restarting { unsafe open(path, flags | noAccessTime) }
      if quiet >= 0 { return quiet }
    #endif
    return restarting { unsafe open(path, flags) }
  }
}

/// Why a file was not opened.
package enum OpenFailure: Error, Hashable, Sendable {
  /// The system does not let it be opened, and has this number for why.
  case system(Int32)
  /// It is of a kind that is not wanted.
  case kind(FileKind)
}

extension OpenFailure: CustomStringConvertible {
  /// A clause that says why.
  package var description: String {
    switch self {
    // Sound: the system answers a string for each number.
    case .system(let code): unsafe String(cString: strerror(code)).lowercased()
    case .kind(.directory): "it is a directory"
    case .kind: "it is no regular file"
    }
  }
}
