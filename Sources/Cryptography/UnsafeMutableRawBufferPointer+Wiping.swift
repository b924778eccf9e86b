#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension UnsafeMutableRawBufferPointer {
  /// Overwrites the bytes with zeros, in a way that no optimizer takes out.
  ///
  /// By the C library, which writes whole vectors: OPENSSL_cleanse takes four times as long for a value of some KiB.
  func wipe() {
    guard let start = baseAddress else { return }
    // Sound: as many bytes are written as the buffer has.
    #if canImport(Darwin)
      _ = unsafe memset_s(start, count, 0, count)
    #else
      unsafe explicit_bzero(start, count)
    #endif
  }
}
