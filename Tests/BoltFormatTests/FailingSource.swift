import BoltFormat

/// Another source, some bytes of which can't be read.
struct FailingSource: ByteSource {
  let source: MemorySource
  let lost: Range<UInt64>

  var byteCount: UInt64 { source.byteCount }

  func read(_ count: Int, at offset: UInt64, into buffer: inout [UInt8]) throws(BoltError) {
    guard !lost.overlaps(offset..<offset + UInt64(count)) else {
      throw BoltError(.readFailed, offset: ByteOffset(offset))
    }
    try source.read(count, at: offset, into: &buffer)
  }
}
