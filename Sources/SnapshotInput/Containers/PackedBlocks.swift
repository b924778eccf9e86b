/// The bytes of a container, block by block, where C libraries can work on them.
@safe final class PackedBlocks {
  private static let blockBytes = 512 << 10
  private let bytes: any ByteReader
  private let buffer: UnsafeMutableRawBufferPointer

  init(of bytes: any ByteReader) {
    self.bytes = bytes
    unsafe buffer = .allocate(byteCount: Self.blockBytes, alignment: 64)
  }

  deinit {
    unsafe buffer.deallocate()
  }

  /// The next block, empty at the end. It is there until the one after it is asked for, or the value goes away.
  func next() throws(InputError) -> UnsafeRawBufferPointer {
    let count = unsafe try bytes.read(into: buffer)
    return unsafe UnsafeRawBufferPointer(rebasing: buffer[..<count])
  }
}
