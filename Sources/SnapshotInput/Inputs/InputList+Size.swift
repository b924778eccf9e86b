import FileAccess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension InputList.Entry {
  /// Bytes in the file as it is now, 0 where nothing can be read; nil for standard input and for a pipe, whose length
  /// only shows when they have been read.
  public var byteCount: UInt64? {
    guard !isStandardInput else { return nil }
    var status = stat()
    // Sound: `status` outlives the call, which fills it.
    guard error == nil, unsafe stat(path, &status) == 0 else { return 0 }
    switch FileKind(status) {
    case .regular: return UInt64(max(0, status.st_size))
    case .pipe: return nil
    case .directory, .link, .other: return 0
    }
  }
}
