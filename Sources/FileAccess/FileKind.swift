#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a path leads to.
package enum FileKind: Sendable {
  case regular
  case directory
  case pipe
  /// A symbolic link that is not followed.
  case link
  /// A device or a socket.
  case other

  /// What `path` leads to; nil when there is nothing, or it can't be told.
  package init?(of path: String, followingLinks: Bool) {
    var status = stat()
    // Sound: `status` outlives the call, which fills it.
    guard unsafe (followingLinks ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
    self.init(status)
  }

  /// The kind that a file's status tells.
  package init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: self = .regular
    case S_IFDIR: self = .directory
    case S_IFIFO: self = .pipe
    case S_IFLNK: self = .link
    default: self = .other
    }
  }
}
