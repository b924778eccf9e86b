import COpenSSL

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Pages of memory that hold nothing but one secret: never in a core file, where the limits of the process allow never
/// swapped out, and wiped before they are given back.
@safe final class SecretMemory: Sendable {
  /// The first byte; of an empty secret, of a page that is not used.
  nonisolated(unsafe) let start: UnsafeRawPointer
  let byteCount: Int
  private let mappedBytes: Int

  /// Pages that hold a copy of `bytes`.
  init(_ bytes: [UInt8]) {
    byteCount = bytes.count
    let pageBytes = Int(sysconf(Int32(_SC_PAGESIZE)))
    mappedBytes = max(1, (bytes.count + pageBytes - 1) / pageBytes) * pageBytes
    // Sound: the mapping is checked, is this value's alone, and is as long as what is copied into it.
    guard let memory = unsafe mmap(nil, mappedBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0),
      unsafe memory != MAP_FAILED
    else {
      fatalError("the system has no memory for a key")
    }
    unsafe start = UnsafeRawPointer(memory)
    unsafe Self.shield(memory, mappedBytes)
    unsafe bytes.withUnsafeBytes { unsafe memory.copyMemory(from: $0.baseAddress ?? start, byteCount: bytes.count) }
  }

  deinit {
    // Sound: nobody else holds the memory any more, and it is no longer used after this.
    let memory = unsafe UnsafeMutableRawPointer(mutating: start)
    unsafe OPENSSL_cleanse(memory, byteCount)
    unsafe munmap(memory, mappedBytes)
  }

  /// Keeps `memory` out of the swap space, if the process may lock so much, and out of core files.
  private static func shield(_ memory: UnsafeMutableRawPointer, _ count: Int) {
    // Sound: neither call touches what the memory holds. One that is refused leaves the secret as safe as any other
    // memory of the process.
    _ = unsafe mlock(memory, count)
    #if os(Linux)
      _ = unsafe madvise(memory, count, MADV_DONTDUMP)
    #endif
  }
}
