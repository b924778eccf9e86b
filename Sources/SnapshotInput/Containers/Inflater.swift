import CZlib

/// Unpacks gzip (RFC 1952), all of its members, and zlib (RFC 1950), through zlib, which checks their checksums.
///
/// libarchive has no filter for zlib, and its filter for gzip does not look at the checksum and length at the end.
final class Inflater: ByteReader {
  private let container: NamedContainer
  private let blocks: PackedBlocks
  private let state: InflateState
  private var isAtEnd = false

  init(_ container: NamedContainer, of packed: any ByteReader) throws(InputError) {
    self.container = container
    blocks = PackedBlocks(of: packed)
    state = try InflateState(container)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    while !isAtEnd {
      let (byteCount, code) = unsafe state.inflate(into: buffer)
      if byteCount > 0 { return byteCount }
      switch code {
      case Z_OK, Z_BUF_ERROR: guard try refill() else { throw container.truncated }
      case Z_STREAM_END: try startNextMember()
      case Z_MEM_ERROR: throw container.lackingMemory
      case Z_NEED_DICT: throw container.unsupported("with a preset dictionary")
      default: throw container.damaged(state.message)
      }
    }
    return 0
  }

  /// Gets input when there is none left; answers whether there is now.
  private func refill() throws(InputError) -> Bool {
    if state.needsInput { unsafe state.use(try blocks.next()) }
    return !state.needsInput
  }

  /// Goes on after the end of a stream: gzip's may follow one another, and zeros fill up the blocks of tapes.
  private func startNextMember() throws(InputError) {
    while try refill() {
      switch state.nextByte {
      case 0: state.skipByte()
      case 0x1F where container.kind == .gzip: return state.reset()
      default: throw container.trailingData
      }
    }
    isAtEnd = true
  }

  /// Whether zlib data may begin with `head`: a header of two bytes alone proves little.
  static func canBegin(with head: ArraySlice<UInt8>) -> Bool {
    guard let state = try? InflateState(NamedContainer(kind: .zlib, member: nil)) else { return false }
    var output = [UInt8](repeating: 0, count: 4096)
    // Sound: both buffers outlive the call that works on them.
    let code = unsafe head.withUnsafeBytes { input in
      unsafe state.use(input)
      return unsafe output.withUnsafeMutableBytes { unsafe state.inflate(into: $0).code }
    }
    return code == Z_OK || code == Z_BUF_ERROR || code == Z_STREAM_END
  }
}
