#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that is there whole or not at all: the one place where files are written that others read.
///
/// It is written beside its own place, brought to the disk, and then gets its name: who reads it never meets a part, and
/// what it replaces stays until then. On Linux it has no name until it is whole, so that nothing is left of it however
/// the process ends; on file systems without nameless files, and on other systems, it has a hidden name meanwhile, which a
/// process that is killed leaves.
///
/// A symbolic link is neither followed nor replaced, and what is no regular file stays what it is: `/dev/stdout` is refused.
package struct AtomicFile: ~Copyable {
  /// Where a file lies, whatever path leads there.
  package struct Place: Hashable, Sendable {
    /// The directory.
    let directory: FileState.Identity
    /// The name in it.
    let name: String
  }

  /// Where it lies once it is complete.
  package let place: Place
  /// The file that it replaces; nil where there is none yet.
  package let replaced: FileState?
  private let descriptor: Int32
  private let directory: Int32
  /// The name that it has until it is complete.
  private let temporaryName: String
  /// Whether it has that name.
  private var isNamed: Bool

  /// Begins the file at `path`, with `mode` whatever the umask.
  ///
  /// Throws when its directory is not there or can't be written to, or when there is something at `path` that is no regular
  /// file.
  package init(path: String, mode: mode_t) throws(OpenFailure) {
    let parts = try Self.parts(of: path)
    let directory = Self.openDirectory(parts.directory)
    guard directory >= 0 else { throw .system(errno) }
    let begun: Begun
    do throws(OpenFailure) {
      begun = try Self.begin(parts.name, mode, in: directory)
    } catch {
      close(directory)
      throw error
    }
    self.directory = directory
    (place, replaced, temporaryName) = (begun.place, begun.replaced, begun.temporaryName)
    (descriptor, isNamed) = begun.open
  }

  deinit {
    // Sound: the name outlives the call.
    if isNamed { unsafe unlinkat(directory, temporaryName, 0) }
    close(descriptor)
    close(directory)
  }

  /// Writes all of `text` behind what was written before.
  package func write(_ text: String) throws(WriteFailure) { try Writing.all(of: text, to: descriptor) }

  /// Brings what was written to the disk, and gives the file its name.
  package consuming func complete() throws(WriteFailure) {
    guard fsync(descriptor) == 0 else { throw WriteFailure(errno) }
    if !isNamed {
      // Sound: both paths outlive the call.
      let status = unsafe linkat(
        AT_FDCWD, Self.openPath(of: descriptor), directory, temporaryName, AT_SYMLINK_FOLLOW)
      guard status == 0 else { throw WriteFailure(errno) }
      isNamed = true
    }
    // Sound: both names outlive the call.
    guard unsafe renameat(directory, temporaryName, directory, place.name) == 0 else { throw WriteFailure(errno) }
    isNamed = false
    // A file system that can't bring a directory to the disk says EINVAL: it keeps the order itself.
    guard fsync(directory) == 0 || errno == EINVAL else { throw WriteFailure(errno) }
  }

  /// The directory in which the file at `path` gets its name.
  package static func directory(of path: String) -> String { (try? parts(of: path))?.directory ?? "." }

  /// Directory and name of `path`. Throws when the path can only be a directory.
  private static func parts(of path: String) throws(OpenFailure) -> (directory: String, name: String) {
    guard !path.utf8.contains(0) else { throw .system(EINVAL) }
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else {
      guard ![".", "..", ""].contains(path) else { throw .kind(.directory) }
      return (".", path)
    }
    let name = String(path[path.utf8.index(after: slash)...])
    guard ![".", "..", ""].contains(name) else { throw .kind(.directory) }
    return (slash == path.startIndex ? "/" : String(path[..<slash]), name)
  }

  /// What `name` is in `directory`; nil when there is nothing. Throws when it is no regular file.
  private static func status(_ name: String, in directory: Int32) throws(OpenFailure) -> FileState? {
    var status = stat()
    // Sound: `status` and the name outlive the call, which fills the first.
    guard unsafe fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      guard errno == ENOENT else { throw .system(errno) }
      return nil
    }
    guard FileKind(status) == .regular else { throw .kind(FileKind(status)) }
    return FileState(status)
  }

  private static func openDirectory(_ path: String) -> Int32 {
    // Sound: the path outlives the call.
    restarting { unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
  }

  /// What is known of a file once it was begun.
  private struct Begun {
    let place: Place
    let replaced: FileState?
    let temporaryName: String
    let open: (descriptor: Int32, isNamed: Bool)
  }

  /// Begins the file that will be `name` in `directory`.
  private static func begin(_ name: String, _ mode: mode_t, in directory: Int32) throws(OpenFailure) -> Begun {
    let replaced = try status(name, in: directory)
    var status = stat()
    // Sound: `status` outlives the call, which fills it.
    guard unsafe fstat(directory, &status) == 0 else { throw .system(errno) }
    let temporaryName = ".atrest-\(getpid())-\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp"
    let open = try openNew(temporaryName, in: directory)
    guard fchmod(open.descriptor, mode) == 0 else {
      let code = errno
      // Sound: the name outlives the call.
      if open.isNamed { unsafe unlinkat(directory, temporaryName, 0) }
      close(open.descriptor)
      throw .system(code)
    }
    return Begun(
      place: Place(directory: FileState(status).identity, name: name), replaced: replaced, temporaryName: temporaryName,
      open: open)
  }

  /// Opens a new file in `directory`: a nameless one where there can be one that gets a name later.
  private static func openNew(
    _ name: String, in directory: Int32
  ) throws(OpenFailure) -> (descriptor: Int32, isNamed: Bool) {
    #if os(Linux)
      // O_TMPFILE (asm-generic/fcntl.h) takes O_DIRECTORY in, whose number is not the same everywhere.
      let nameless = restarting {
        unsafe openat(directory, ".", 0o20000000 | O_DIRECTORY | O_WRONLY | O_CLOEXEC, 0o600)
      }
      if nameless >= 0 {
        // Sound: the path outlives the call.
        if unsafe access(openPath(of: nameless), F_OK) == 0 { return (nameless, false) }
        close(nameless)
      }
    #endif
    // A name that somebody put there first is not followed, and not written to.
    let named = restarting {
      unsafe openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    }
    guard named >= 0 else { throw .system(errno) }
    return (named, true)
  }

  private static func openPath(of descriptor: Int32) -> String { "/proc/self/fd/\(descriptor)" }
}
