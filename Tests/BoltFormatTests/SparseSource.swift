import BoltFormat

/// A file of any length without the memory for it: zeros, except for the pieces that are given.
struct SparseSource: ByteSource {
  let byteCount: UInt64
  let pieces: [(offset: UInt64, bytes: [UInt8])]

  init(byteCount: UInt64, _ pieces: [UInt64: [UInt8]]) {
    self.byteCount = byteCount
    self.pieces = pieces.map { ($0.key, $0.value) }
  }

  func read(_ count: Int, at offset: UInt64, into buffer: inout [UInt8]) throws(BoltError) {
    guard offset <= byteCount, UInt64(count) <= byteCount - offset else {
      throw BoltError(.readFailed, offset: ByteOffset(offset), bound: UInt64(count))
    }
    let wanted = offset..<offset + UInt64(count)
    buffer.replaceSubrange(..<min(count, buffer.count), with: [UInt8](repeating: 0, count: count))
    for piece in pieces {
      let common = wanted.clamped(to: piece.offset..<piece.offset + UInt64(piece.bytes.count))
      guard !common.isEmpty else { continue }
      let target = Int(common.lowerBound - offset)..<Int(common.upperBound - offset)
      let part = Int(common.lowerBound - piece.offset)..<Int(common.upperBound - piece.offset)
      buffer.replaceSubrange(target, with: piece.bytes[part])
    }
  }
}
