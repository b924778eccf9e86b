import FileAccess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The files of a store, by the directory that they lie in.
enum StorePaths {
  /// LMDB's file.
  static func data(_ directory: String) -> String { "\(directory)/data.mdb" }

  /// LMDB's table of readers.
  static func readers(_ directory: String) -> String { "\(directory)/lock.mdb" }

  /// The file whose lock a writer has.
  static func lock(_ directory: String) -> String { "\(directory)/writer.lock" }

  /// Whether there is anything at `path`, a link that leads nowhere counted.
  static func isThere(_ path: String) -> Bool { FileKind(of: path, followingLinks: false) != nil }

  /// Whether the table of readers can be written, or made where there is none.
  static func canRegisterReaders(_ directory: String) -> Bool {
    let table = readers(directory)
    // Sound: the path outlives the call.
    return unsafe access(isThere(table) ? table : directory, W_OK) == 0
  }
}
