#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The names in a directory: the one place where directories are listed.
///
/// Foundation takes a directory that can't be read any further for one that ends there.
package enum DirectoryNames {
  /// The names in the directory at `path`, but for `.` and `..`, in no order; what is not UTF-8 in them is repaired.
  ///
  /// Throws when the directory can't be opened, or can't be read to its end.
  package static func list(_ path: String) throws(OpenFailure) -> [String] {
    var entries = unsafe opendir(path)
    while unsafe entries == nil, errno == EINTR { unsafe entries = opendir(path) }
    guard let entries = unsafe entries else { throw .system(errno) }
    defer { _ = unsafe closedir(entries) }
    var names: [String] = []
    while true {
      // readdir(3): the end and an error answer the same, and only an error sets errno.
      errno = 0
      // Sound: the entry is read before the next is asked for.
      guard let entry = unsafe readdir(entries) else {
        guard errno == 0 else { throw .system(errno) }
        return names
      }
      // Sound: a name ends with a zero byte.
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
  }
}
