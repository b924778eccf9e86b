import Cryptography

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension DEKSeeds {
  /// Reads the file or pipe at `path`. What was read of the text is wiped before this returns.
  public init(path: String) throws(DEKSeedsError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw DEKSeedsError(unreadable: errno) }
    defer { close(descriptor) }
    var status = stat()
    // Sound: the call fills the value that it is lent.
    guard unsafe fstat(descriptor, &status) == 0 else { throw DEKSeedsError(unreadable: errno) }
    var text: [UInt8] = []
    defer { text.wipe() }
    var block = [UInt8](repeating: 0, count: 1 << 16)
    defer { block.wipe() }
    text.reserveCapacity(min(Int(max(0, status.st_size)), Self.maximumByteCount) + block.count)
    while text.count <= Self.maximumByteCount {
      // Sound: at most as many bytes are written as there is room for.
      let count = unsafe block.withUnsafeMutableBytes { unsafe readNext(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { break }
      if count < 0, errno != EINTR { throw DEKSeedsError(unreadable: errno) }
      text.append(wiping: block.prefix(max(0, count)))
    }
    try self.init(wiping: &text)
  }
}

extension [UInt8] {
  /// Adds `bytes`; where that takes more memory, wipes what it moves out of.
  fileprivate mutating func append(wiping bytes: ArraySlice<UInt8>) {
    if capacity - count < bytes.count {
      var larger: [UInt8] = []
      larger.reserveCapacity(2 * (count + bytes.count))
      larger += self
      wipe()
      self = larger
    }
    self += bytes
  }
}

/// read(2), under a name that no method hides.
private func readNext(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  // Sound where the caller's buffer has room for `count` bytes.
  unsafe read(descriptor, buffer, count)
}
