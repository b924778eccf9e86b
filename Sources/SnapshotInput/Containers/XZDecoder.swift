import CLZMA

/// Unpacks xz, all of its streams, through liblzma.
///
/// libarchive's filter for xz grants whatever window the data asks for: a file of some megabytes can take gigabytes of
/// memory with it.
@safe final class XZDecoder: ByteReader {
  private let container: NamedContainer
  private let blocks: PackedBlocks
  private let stream: UnsafeMutablePointer<lzma_stream>
  private var action = LZMA_RUN
  private var isAtEnd = false
  /// Whether a stream came to its end, behind which may stand another.
  private var hasStream = false

  init(_ container: NamedContainer, of packed: any ByteReader) throws(InputError) {
    self.container = container
    blocks = PackedBlocks(of: packed)
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: lzma_stream())
    try startStream()
  }

  /// Lets liblzma expect the beginning of a stream. What follows its end is looked at here: liblzma does not tell other
  /// bytes there from a stream that was cut.
  private func startStream() throws(InputError) {
    // Sound: the stream is initialized as LZMA_STREAM_INIT does it, with zeros. Beside the window the decoder needs less
    // than 1 MiB.
    let code = unsafe lzma_stream_decoder(stream, UnpackingLimits.windowBytes + 1 << 20, 0)
    guard code == LZMA_OK else { throw fault(code) }
    action = LZMA_RUN
  }

  deinit {
    unsafe lzma_end(stream)
    unsafe stream.deallocate()
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    while !isAtEnd {
      unsafe stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
      unsafe stream.pointee.avail_out = buffer.count
      // Sound: liblzma writes at most as many bytes as there is room for.
      let code = unsafe lzma_code(stream, action)
      let byteCount = unsafe buffer.count - stream.pointee.avail_out
      if byteCount > 0 { return byteCount }
      switch code {
      case LZMA_OK where action == LZMA_RUN: try refill()
      case LZMA_BUF_ERROR where action == LZMA_RUN: try refill()
      case LZMA_STREAM_END: try startNextStream()
      case LZMA_FORMAT_ERROR where hasStream: throw container.trailingData
      default: throw fault(code)
      }
    }
    return 0
  }

  /// Goes on after the end of a stream: others may follow, each behind zeros (tukaani.org/xz/xz-file-format.txt, 2.2).
  private func startNextStream() throws(InputError) {
    hasStream = true
    while true {
      if unsafe stream.pointee.avail_in == 0 {
        if action == LZMA_RUN { try refill() }
        if unsafe stream.pointee.avail_in == 0 { return isAtEnd = true }
      }
      // Sound: there is at least one byte.
      switch unsafe stream.pointee.next_in.pointee {
      case 0:
        unsafe stream.pointee.next_in = stream.pointee.next_in.advanced(by: 1)
        unsafe stream.pointee.avail_in -= 1
      case 0xFD: return try startStream()
      default: throw container.trailingData
      }
    }
  }

  private func refill() throws(InputError) {
    let block = unsafe try blocks.next()
    if unsafe block.isEmpty { action = LZMA_FINISH }
    unsafe stream.pointee.next_in = block.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.pointee.avail_in = block.count
  }

  private func fault(_ code: lzma_ret) -> InputError {
    switch code {
    case LZMA_OK, LZMA_BUF_ERROR: container.truncated
    case LZMA_MEM_ERROR: container.lackingMemory
    case LZMA_MEMLIMIT_ERROR: container.excessiveMemory
    case LZMA_OPTIONS_ERROR: container.unsupported("options of a newer format")
    default: container.damaged("corrupt")
    }
  }
}
