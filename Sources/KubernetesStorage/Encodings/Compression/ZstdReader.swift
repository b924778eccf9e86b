import ByteViews

/// Reads what zstd wrote (RFC 8878), frame by frame, as far as the work for it is allowed.
///
/// Frames that need a dictionary are none that everybody can read. Checksums are not looked at: whether the bytes are what
/// was packed does not matter to whoever finds an object in them.
struct ZstdReader: ~Escapable {
  static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
  /// §3.1.1.2.3.
  private static let mostBlockBytes = 128 << 10

  private let bytes: RawSpan
  private let limit: Int
  private var position: Int
  /// What was decoded.
  private(set) var output: [UInt8] = []
  /// Bytes that were looked at, decoded, or written to tables.
  private(set) var examined = 0
  /// Whether the limit ended the reading.
  private(set) var isLimited = false

  // What one block of a frame leaves to the next.
  private var frameStart = 0
  private var huffman: HuffmanTable?
  private var sequences = ZstdSequenceTables()

  struct Broken: Error {}

  /// A reader of the frames that begin at `start`, which examines no more than `limit` bytes.
  @_lifetime(copy bytes)
  init(_ bytes: RawSpan, from start: Int, atMost limit: Int) {
    self.bytes = bytes
    position = start
    self.limit = limit
  }

  /// Reads the frames, one behind the other; answers where the last whole one ends, nil where not even one is whole.
  mutating func read() -> Int? {
    var end: Int?
    do throws(Broken) {
      while try passSkippable() || bytes.holds(Self.magic, at: position) {
        guard bytes.holds(Self.magic, at: position) else { continue }
        try readFrame()
        end = position
      }
    } catch {}
    return end
  }

  /// Overwrites what was decoded. To be called last.
  mutating func wipe() {
    // Sound: the buffer is the array's own.
    unsafe output.withUnsafeMutableBytes { unsafe KubernetesStorage.wipe($0) }
  }

  private mutating func charge(_ count: Int) throws(Broken) {
    guard count <= limit - examined else {
      isLimited = true
      throw Broken()
    }
    examined += count
  }

  /// §3.1.2: a frame of anything, of a length that it states.
  private mutating func passSkippable() throws(Broken) -> Bool {
    guard let length = Self.skippableBytes(in: bytes, at: position) else { return false }
    try charge(8)
    position += length
    return true
  }

  /// Bytes in the skippable frame that begins at `start`; nil when none does that is whole.
  static func skippableBytes(in bytes: RawSpan, at start: Int) -> Int? {
    guard start + 8 <= bytes.byteCount, bytes.byte(at: start) & 0xF0 == 0x50,
      bytes.holds([0x2A, 0x4D, 0x18], at: start + 1)
    else { return nil }
    let length = (0..<4).reduce(0) { $0 | Int(bytes.byte(at: start + 4 + $1)) << (8 * $1) }
    return length <= bytes.byteCount - start - 8 ? 8 + length : nil
  }

  /// Where the first block begins of a frame whose magic stands at `start`, and whether a checksum follows the last.
  static func blocks(in bytes: RawSpan, at start: Int) -> (start: Int, checksumBytes: Int)? {
    guard bytes.holds(magic, at: start), let descriptor = bytes.peek(at: start + 4), descriptor & 0x08 == 0 else {
      return nil
    }
    let isSingleSegment = descriptor & 0x20 != 0
    let sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][Int(descriptor >> 6)]
    let next = start + 5 + (isSingleSegment ? 0 : 1) + [0, 1, 2, 4][Int(descriptor & 3)] + sizeBytes
    return (next, descriptor & 0x04 != 0 ? 4 : 0)
  }

  private mutating func readFrame() throws(Broken) {
    guard let blocks = Self.blocks(in: bytes, at: position) else { throw Broken() }
    position = blocks.start
    frameStart = output.count
    huffman = nil
    sequences = ZstdSequenceTables()
    var isLast = false
    while !isLast {
      guard position + 3 <= bytes.byteCount else { throw Broken() }
      let header =
        Int(bytes.byte(at: position)) | Int(bytes.byte(at: position + 1)) << 8
        | Int(bytes.byte(at: position + 2)) << 16
      position += 3
      isLast = header & 1 == 1
      try readBlock(type: header >> 1 & 3, size: header >> 3)
    }
    position += blocks.checksumBytes
    guard position <= bytes.byteCount else { throw Broken() }
  }

  private mutating func readBlock(type: Int, size: Int) throws(Broken) {
    guard size <= Self.mostBlockBytes, type == 1 || size <= bytes.byteCount - position else { throw Broken() }
    try charge(3 + size)
    switch type {
    case 0:
      for offset in position..<position + size { output.append(bytes.byte(at: offset)) }
      position += size
    case 1:
      guard let byte = bytes.peek(at: position) else { throw Broken() }
      output += [UInt8](repeating: byte, count: size)
      position += 1
    case 2:
      try readCompressed(bytes.extracting(position..<position + size))
      position += size
    default: throw Broken()
    }
  }

  private mutating func readCompressed(_ block: RawSpan) throws(Broken) {
    var position = 0
    var literals = try readLiterals(block, &position)
    defer {
      // Sound: the buffer is the array's own.
      unsafe literals.withUnsafeMutableBytes { unsafe KubernetesStorage.wipe($0) }
    }
    guard let count = Self.sequenceCount(block, &position) else { throw Broken() }
    var used = 0
    if count > 0 {
      guard let tableBytes = sequences.read(block, &position) else { throw Broken() }
      try charge(tableBytes)
      used = try execute(count, block.extracting(position..<block.byteCount), literals)
    }
    try charge(literals.count - used)
    output += literals[used...]
  }

  // MARK: Literals

  /// §3.1.1.3.1.
  private mutating func readLiterals(_ block: RawSpan, _ position: inout Int) throws(Broken) -> [UInt8] {
    guard let first = block.peek(at: 0).map(Int.init) else { throw Broken() }
    let (type, format) = (first & 3, first >> 2 & 3)
    func head(_ count: Int) throws(Broken) -> Int {
      guard count <= block.byteCount else { throw Broken() }
      return (0..<count).reduce(0) { $0 | Int(block.byte(at: $1)) << (8 * $1) }
    }
    if type < 2 {
      let headBytes = format == 1 ? 2 : format == 3 ? 3 : 1
      let size = try head(headBytes) >> (headBytes == 1 ? 3 : 4)
      guard size <= Self.mostBlockBytes, type == 1 || size <= block.byteCount - headBytes,
        headBytes < block.byteCount || size == 0
      else { throw Broken() }
      try charge(size)
      position = headBytes + (type == 1 ? 1 : size)
      if type == 1 { return [UInt8](repeating: block.peek(at: headBytes) ?? 0, count: size) }
      return (headBytes..<headBytes + size).map { block.byte(at: $0) }
    }
    let headBytes = [3, 3, 4, 5][format]
    let sizeBits = [10, 10, 14, 18][format]
    let sizes = try head(headBytes) >> 4
    let (size, packed) = (sizes & (1 << sizeBits - 1), sizes >> sizeBits & (1 << sizeBits - 1))
    guard size <= Self.mostBlockBytes, packed <= block.byteCount - headBytes else { throw Broken() }
    try charge(size)
    let streams = block.extracting(headBytes..<headBytes + packed)
    position = headBytes + packed
    var start = 0
    if type == 2 {
      huffman = HuffmanTable(describedIn: streams, at: &start)
      try charge(huffman?.entries.count ?? 0)
    }
    guard let huffman, start <= streams.byteCount else { throw Broken() }
    return try Self.literals(streams.extracting(start..<streams.byteCount), size, huffman, isOne: format == 0)
  }

  /// Literals in one stream or in four, of which the first three are equally long when unpacked.
  private static func literals(
    _ bytes: RawSpan, _ count: Int, _ huffman: HuffmanTable, isOne: Bool
  ) throws(Broken) -> [UInt8] {
    var literals: [UInt8] = []
    literals.reserveCapacity(count)
    if isOne {
      guard huffman.decode(bytes, count, into: &literals) else { throw Broken() }
      return literals
    }
    guard bytes.byteCount >= 6 else { throw Broken() }
    var start = 6
    let share = (count + 3) / 4
    for stream in 0..<4 {
      let size =
        stream == 3
        ? bytes.byteCount - start
        : Int(bytes.byte(at: 2 * stream)) | Int(bytes.byte(at: 2 * stream + 1)) << 8
      let symbols = stream == 3 ? count - 3 * share : share
      guard size >= 0, size <= bytes.byteCount - start, symbols >= 0,
        huffman.decode(bytes.extracting(start..<start + size), symbols, into: &literals)
      else { throw Broken() }
      start += size
    }
    return literals
  }

  // MARK: Sequences

  /// §3.1.1.3.2.1.
  private static func sequenceCount(_ block: RawSpan, _ position: inout Int) -> Int? {
    guard let first = block.peek(at: position).map(Int.init) else { return nil }
    let bytes = first < 128 ? 1 : first < 255 ? 2 : 3
    guard position + bytes <= block.byteCount else { return nil }
    defer { position += bytes }
    switch bytes {
    case 1: return first
    case 2: return (first - 128) << 8 + Int(block.byte(at: position + 1))
    default:
      return Int(block.byte(at: position + 1)) + Int(block.byte(at: position + 2)) << 8 + 0x7F00
    }
  }

  /// Executes `count` sequences; answers how many of the literals they used.
  private mutating func execute(_ count: Int, _ bytes: RawSpan, _ literals: [UInt8]) throws(Broken) -> Int {
    guard let start = BackwardBits(bytes), var decoder = ZstdSequenceDecoder(start, sequences) else { throw Broken() }
    var used = 0
    for index in 0..<count {
      guard let sequence = decoder.next(isLast: index == count - 1), sequence.literals <= literals.count - used,
        sequence.offset > 0, sequence.offset <= output.count + sequence.literals - frameStart
      else { throw Broken() }
      try charge(sequence.literals + sequence.match)
      output += literals[used..<used + sequence.literals]
      used += sequence.literals
      for _ in 0..<sequence.match { output.append(output[output.count - sequence.offset]) }
    }
    guard decoder.isAtEnd else { throw Broken() }
    sequences.offsets = decoder.offsets
    return used
  }
}
