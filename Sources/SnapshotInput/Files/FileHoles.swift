/// Where a file has no bytes on its disk, and is zero for that reason alone (lseek(2), `SEEK_HOLE`).
package struct FileHoles: Hashable, Sendable {
  /// Where the last bytes end that are there: a hole is all that follows, if anything does.
  package let dataEnd: UInt64
  /// Bytes in the holes before that.
  package let innerBytes: UInt64

  /// A file without holes.
  init(none byteCount: UInt64) { self.init(dataEnd: byteCount, innerBytes: 0) }

  init(dataEnd: UInt64, innerBytes: UInt64) {
    self.dataEnd = dataEnd
    self.innerBytes = innerBytes
  }

  /// Bytes in holes before `end`.
  package func bytes(before end: UInt64) -> UInt64 { innerBytes + (end > dataEnd ? end - dataEnd : 0) }
}
