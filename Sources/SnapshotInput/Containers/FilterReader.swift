/// Unpacks zstd, lz4, bzip2 and what compress(1) wrote, with all their frames, through libarchive.
@safe final class FilterReader: ByteReader {
  /// A filter, by libarchive's code for it (archive.h).
  enum Filter: Int32 {
    case bzip2 = 2
    case compress = 3
    case lz4 = 13
    case zstd = 14
  }

  private let container: NamedContainer
  private let reader: LibarchiveReader
  private let zstdFrames: ZstdFrames?
  private var block = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
  private var isAtEnd = false

  init(_ filter: Filter, _ container: NamedContainer, of packed: any ByteReader) throws(InputError) {
    self.container = container
    zstdFrames = filter == .zstd ? ZstdFrames(of: packed) : nil
    reader = try LibarchiveReader(.filtered(filter), container, of: zstdFrames ?? packed)
    _ = unsafe try reader.nextHeader()
    guard reader.unpacks(filter) else { throw container.damaged("its header is wrong") }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    while unsafe block.isEmpty, !isAtEnd {
      unsafe (block, _, isAtEnd) = try reader.nextData()
      if isAtEnd { try checkEnd() }
    }
    let count = min(unsafe block.count, buffer.count)
    // Sound: both hold at least `count` bytes, and libarchive keeps the block until the next is asked for.
    unsafe buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: block[..<count]))
    unsafe block = UnsafeRawBufferPointer(rebasing: block[count...])
    return count
  }

  /// libarchive stops without a word before what is no bzip2 data, or too short to be: another stream may follow one.
  private func checkEnd() throws(InputError) {
    let hasRest = try reader.drain()
    guard reader.usedBytes > 0 else { throw container.truncated }
    if zstdFrames?.hasTrailingBytes == true { throw container.trailingData }
    guard reader.packedBytes == UInt64(reader.usedBytes), !hasRest else { throw container.trailingData }
  }
}
