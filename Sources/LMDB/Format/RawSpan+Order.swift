#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension RawSpan {
  /// Whether these bytes come before those of `other`: byte by byte, and a shorter key before those that begin with it
  /// (mdb.c, `mdb_cmp_memn`).
  func precedes(_ other: RawSpan) -> Bool {
    let shared = Swift.min(byteCount, other.byteCount)
    // Sound: both have as many bytes as are compared.
    let order = unsafe withUnsafeBytes { own in
      unsafe other.withUnsafeBytes { other in
        guard let own = own.baseAddress, let other = other.baseAddress else { return 0 as Int32 }
        return unsafe memcmp(own, other, shared)
      }
    }
    return order != 0 ? order < 0 : byteCount < other.byteCount
  }
}
