#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Pages of memory for secrets: never in a core file, where the limits of the process allow never swapped out, and wiped
/// before they are given back.
@safe struct ShieldedMemory: ~Copyable {
  let start: UnsafeMutableRawPointer
  let byteCount: Int
  /// Whether it is a mapping of its own; else it comes from the heap.
  private let isMapped: Bool

  /// Pages of zeros, at least `minimumBytes` and never none.
  init(_ minimumBytes: Int) {
    let pageBytes = Int(sysconf(Int32(_SC_PAGESIZE)))
    byteCount = max(1, (minimumBytes + pageBytes - 1) / pageBytes) * pageBytes
    // Sound: the mapping is checked, and is this value's alone.
    if let start = unsafe mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0),
      unsafe start != MAP_FAILED
    {
      (isMapped, unsafe self.start) = (true, unsafe start)
    } else {
      // Whole pages too, where there can be no further mapping; Swift's runtime ends the process where there is no memory.
      isMapped = false
      unsafe start = .allocate(byteCount: byteCount, alignment: pageBytes)
      unsafe start.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
    }
    // Sound: neither call touches what the memory holds. One that is refused leaves the secret as safe as any other
    // memory of the process.
    _ = unsafe mlock(start, byteCount)
    #if os(Linux)
      _ = unsafe madvise(start, byteCount, MADV_DONTDUMP)
    #endif
  }

  deinit {
    wipe(byteCount)
    // Sound: nobody else has the memory, and it is no longer used after this.
    if isMapped {
      unsafe munmap(start, byteCount)
    } else {
      unsafe munlock(start, byteCount)
      unsafe start.deallocate()
    }
  }

  /// Overwrites the first `count` bytes with zeros.
  func wipe(_ count: Int) {
    precondition(count <= byteCount, "beyond the memory")
    // Sound: so many bytes are there.
    unsafe UnsafeMutableRawBufferPointer(start: start, count: count).wipe()
  }
}
