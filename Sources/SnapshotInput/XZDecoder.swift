import CLZMA

/// Unpacks xz, all of its streams, through liblzma.
///
/// libarchive's filter for xz grants whatever window the data asks for: a file of some megabytes can take gigabytes of
/// memory with it.
@safe final class XZDecoder: ByteReader {
  private let layer: Layer
  private let blocks: PackedBlocks
  private let stream: UnsafeMutablePointer<lzma_stream>
  private var action = LZMA_RUN
  private var isAtEnd = false

  init(_ layer: Layer, of packed: any ByteReader) {
    self.layer = layer
    blocks = PackedBlocks(of: packed)
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: lzma_stream())
    // lzma/container.h: LZMA_CONCATENATED. Beside the window the decoder needs less than 1 MiB.
    let concatenated: UInt32 = 0x08
    // Sound: the stream is initialized as LZMA_STREAM_INIT does it, with zeros.
    let code = unsafe lzma_stream_decoder(stream, UnpackingLimits.windowBytes + 1 << 20, concatenated)
    precondition(code == LZMA_OK, "liblzma has no memory")
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
      case LZMA_STREAM_END: isAtEnd = true
      default: throw fault(code)
      }
    }
    return 0
  }

  private func refill() throws(InputError) {
    let block = unsafe try blocks.next()
    if unsafe block.isEmpty { action = LZMA_FINISH }
    unsafe stream.pointee.next_in = block.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.pointee.avail_in = block.count
  }

  private func fault(_ code: lzma_ret) -> InputError {
    switch code {
    case LZMA_OK, LZMA_BUF_ERROR: layer.truncated
    case LZMA_MEMLIMIT_ERROR: layer.excessiveMemory
    case LZMA_OPTIONS_ERROR: layer.unsupported("options of a newer format")
    // This is also what liblzma says when something follows that is no stream of its own.
    default: layer.damaged("corrupt, or followed by other bytes")
    }
  }
}
