/// The frames of zstd data, as far as they follow one another without a gap (RFC 8878, 3.1).
///
/// libzstd takes what follows the last frame for a damaged frame, and libarchive then drops what it had unpacked of the
/// one before. So only whole frames are handed on, and what follows them is told.
final class ZstdFrames: ByteReader {
  private let packed: any ByteReader
  private var state = State.magic
  /// Bytes of the field that is being read.
  private var field: [UInt8] = []
  /// The beginning of a magic number that may follow a frame: it is handed on once it is whole.
  private var held: [UInt8] = []
  private var hasFrame = false
  /// Whether bytes that are no frame follow the last one.
  private(set) var hasTrailingBytes = false

  /// Where in a frame the next byte stands.
  private enum State {
    case magic
    case skippableLength
    case descriptor
    case header(count: Int, hasChecksum: Bool)
    case blockHeader(hasChecksum: Bool)
    /// Bytes that are handed on unseen.
    case content(count: UInt64, then: Next)
    /// What is no zstd data: libzstd says so.
    case unknown
  }

  /// What follows the content of a block or of a skippable frame.
  private enum Next {
    case block(hasChecksum: Bool)
    case frame
  }

  init(of packed: any ByteReader) { self.packed = packed }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    while !hasTrailingBytes {
      let start = held.count
      // Sound: a buffer holds more than the three bytes that are held at most.
      unsafe buffer.copyBytes(from: held)
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[start...])
      let count = unsafe try packed.read(into: rest)
      guard count > 0 else {
        hasTrailingBytes = start > 0
        return 0
      }
      let end = unsafe start + take(UnsafeRawBufferPointer(rebasing: rest[..<count]))
      if end > 0 { return end }
    }
    return 0
  }

  /// Follows `bytes`; answers where among them ends what can be handed on: before them where what was held can't be.
  private func take(_ bytes: UnsafeRawBufferPointer) -> Int {
    held = []
    var position = 0
    while position < bytes.count {
      switch state {
      case .unknown: return bytes.count
      case .content(let left, let next):
        let step = min(left, UInt64(bytes.count - position))
        position += Int(step)
        guard step == left else {
          state = .content(count: left - step, then: next)
          continue
        }
        advance(to: next)
      default:
        field.append(unsafe bytes[position])
        position += 1
        followField()
        if hasTrailingBytes { return position - 4 }
      }
    }
    guard case .magic = state, hasFrame else { return position }
    held = field
    return position - field.count
  }

  private func advance(to next: Next) {
    switch next {
    case .block(let hasChecksum): state = .blockHeader(hasChecksum: hasChecksum)
    case .frame: (state, hasFrame) = (.magic, true)
    }
  }

  /// Goes on where ``field`` is complete.
  private func followField() {
    let number = field.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    switch state {
    case .magic where field.count == 4: followMagic(UInt32(truncatingIfNeeded: number))
    case .skippableLength where field.count == 4: state = .content(count: number, then: .frame)
    case .descriptor: followDescriptor(field[0])
    case .header(let count, let hasChecksum) where field.count == count: state = .blockHeader(hasChecksum: hasChecksum)
    case .blockHeader(let hasChecksum) where field.count == 3: followBlockHeader(number, hasChecksum)
    default: return
    }
    field.removeAll(keepingCapacity: true)
    if case .content(0, let next) = state { advance(to: next) }
  }

  private func followMagic(_ magic: UInt32) {
    switch magic {
    case 0xFD2F_B528: state = .descriptor
    case 0x184D_2A50...0x184D_2A5F: state = .skippableLength
    default:
      state = .unknown
      hasTrailingBytes = hasFrame
    }
  }

  /// 3.1.1.1: how long the header is, by its first byte.
  private func followDescriptor(_ descriptor: UInt8) {
    let isSingleSegment = descriptor & 0x20 != 0
    let dictionaryBytes = [0, 1, 2, 4][Int(descriptor & 3)]
    let sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][Int(descriptor >> 6)]
    let count = (isSingleSegment ? 0 : 1) + dictionaryBytes + sizeBytes
    state = .header(count: count, hasChecksum: descriptor & 4 != 0)
  }

  /// 3.1.1.2: whether the block is the last one, its type and its size; one that repeats a byte holds that alone.
  private func followBlockHeader(_ header: UInt64, _ hasChecksum: Bool) {
    let (isLast, type, size) = (header & 1 != 0, header >> 1 & 3, header >> 3)
    guard type < 3 else { return state = .unknown }
    let count = (type == 1 ? 1 : size) + (isLast && hasChecksum ? 4 : 0)
    state = .content(count: count, then: isLast ? .frame : .block(hasChecksum: hasChecksum))
  }
}
