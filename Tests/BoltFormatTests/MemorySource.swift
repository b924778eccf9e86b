import BoltFormat

/// A file in memory.
struct MemorySource: ByteSource {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var byteCount: UInt64 { UInt64(bytes.count) }

  func read(_ count: Int, at offset: UInt64, into buffer: inout [UInt8]) throws(BoltError) {
    guard offset <= byteCount, UInt64(count) <= byteCount - offset else {
      throw BoltError(.readFailed, offset: ByteOffset(offset), bound: UInt64(count))
    }
    let first = Int(offset)
    buffer.replaceSubrange(..<min(count, buffer.count), with: bytes[first..<first + count])
  }
}
