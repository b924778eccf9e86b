#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Which file something is, and how it stood at one moment: what changes when it is written to.
package struct FileState: Hashable, Sendable {
  /// Bytes in the file.
  package let byteCount: UInt64
  /// Which of all files it is, whatever its path.
  package let identity: Identity
  private let modified: Instant
  /// When the file was last written to, in seconds since 1970.
  package var modifiedSeconds: Int64 { Int64(modified.seconds) }

  /// The number of a file, and that of the device that it lies on.
  package struct Identity: Hashable, Sendable {
    let device: UInt64
    let number: UInt64
  }

  private struct Instant: Hashable, Sendable {
    let seconds: Int
    let nanoseconds: Int
  }

  /// The state of what `path` leads to; nil when there is nothing.
  package init?(of path: String) {
    var status = stat()
    // Sound: `status` outlives the call, which fills it.
    guard unsafe stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// The state that a file's status tells.
  package init(_ status: stat) {
    byteCount = UInt64(max(0, status.st_size))
    identity = Identity(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    modified = Instant(seconds: time.tv_sec, nanoseconds: time.tv_nsec)
  }

  /// Whether both are one file, changed or not.
  package func isSameFile(as other: FileState) -> Bool { identity == other.identity }

  /// Whether the directory at `path` is this one or lies below it. O(depth).
  package func contains(directory path: String) -> Bool {
    var (path, below): (String, FileState?) = (path, nil)
    // Above the root lies the root.
    while let state = FileState(of: path), below?.isSameFile(as: state) != true {
      if state.isSameFile(as: self) { return true }
      (path, below) = (path + "/..", state)
    }
    return false
  }
}
