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
package struct DirectoryNames {
  /// The names, but for `.` and `..`, in no order.
  package private(set) var names: [String] = []
  /// Those that are not UTF-8, with `\u{FFFD}` for what is no character: whatever is opened by one of these is another file.
  package private(set) var repairedNames: [String] = []

  /// Lists the directory at `path`.
  ///
  /// Throws when the directory can't be opened, or can't be read to its end.
  package init(of path: String) throws(OpenFailure) {
    var entries = unsafe opendir(path)
    while unsafe entries == nil, errno == EINTR { unsafe entries = opendir(path) }
    guard let entries = unsafe entries else { throw .system(errno) }
    defer { _ = unsafe closedir(entries) }
    while true {
      // readdir(3): the end and an error answer the same, and only an error sets errno.
      errno = 0
      // Sound: the entry is read before the next is asked for.
      guard let entry = unsafe readdir(entries) else {
        guard errno == 0 else { throw .system(errno) }
        return
      }
      // Sound: a name ends with a zero byte.
      unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { name in
          if let valid = unsafe String(validatingCString: name) {
            if valid != ".", valid != ".." { names.append(valid) }
          } else {
            unsafe repairedNames.append(String(cString: name))
          }
        }
      }
    }
  }
}
