import ByteViews

/// Reads what deflate wrote (RFC 1951), as far as is enough to tell whether bytes are compressed.
///
/// One of some ten million random bodies decodes so far as is enough, one of 1700 to an early end. Most of them are refused by
/// what their first block says of itself, before there are any tables or bytes: bodies of real ciphertext are read all the time.
struct DeflateReader: ~Escapable {
  /// So many bytes must be decoded, of so many, with so many repetitions: random ones don't come so far. A code in which
  /// all bytes are equally long takes anything, but repeats nothing.
  private static let enough = (decoded: 1024, read: 128, repetitions: 12)
  /// No more than this is examined, whatever the limit.
  private static let longest = 4 << 20
  /// What the two tables of a block cost that brings its own codes, at least.
  private static let tableBytes = 320

  private let bytes: RawSpan
  private let start: Int
  private let isWhole: Bool
  /// Bytes that may be examined.
  private let mostExamined: Int
  private var position: Int
  private var held: UInt32 = 0
  private var heldBits: UInt32 = 0
  /// What was decoded.
  private var output: [UInt8] = []
  /// Bytes of it that were not merely stored.
  private var coded = 0
  private var repetitions = 0
  /// Bytes that were written to tables.
  private var tabled = 0
  /// Whether the caller's limit ended the reading.
  private var isLimited = false
  /// Whether the bytes ended before the data did.
  private(set) var isCut = false

  /// How reading ended.
  enum End: Equatable {
    /// With the last block, which ends at an offset.
    case ended(at: Int, decoded: Int, adler32: UInt32)
    /// After as much as is enough.
    case goesOn
    /// After as many bytes as the caller's limit allows.
    case limited
    /// It is not what deflate writes, or ends early.
    case broken
  }

  /// A reader of `bytes` from `start` on, which reads to the end if it `isWhole`, and examines no more than `limit` bytes.
  @_lifetime(copy bytes)
  init(_ bytes: RawSpan, from start: Int, isWhole: Bool = false, atMost limit: Int = .max) {
    self.bytes = bytes
    self.start = start
    self.isWhole = isWhole
    mostExamined = min(limit, Self.longest)
    position = start
  }

  /// Reads to the end, or as far as is enough.
  mutating func read() -> End {
    do throws(Broken) {
      var isLast = false
      while !isLast {
        guard examined <= mostExamined else { throw exceeded() }
        isLast = try bits(1) == 1
        switch try bits(2) {
        case 0: try readStored()
        case 1: try readCoded(.fixedLiterals, .fixedDistances)
        case 2:
          let (literals, distances) = try codes()
          try readCoded(literals, distances)
        default: return .broken
        }
        if isEnough { return .goesOn }
      }
      // Bits that are held beyond the last byte used were not read.
      return .ended(at: position - Int(heldBits / 8), decoded: output.count, adler32: adler32)
    } catch {
      return isLimited ? .limited : .broken
    }
  }

  private var isEnough: Bool { !isWhole && isConvincing }

  /// Whether so much was decoded, with so many repetitions, as random bytes hardly ever are.
  var isConvincing: Bool {
    repetitions >= Self.enough.repetitions && coded >= Self.enough.decoded
      && position - start >= Self.enough.read
  }

  private struct Broken: Error {}

  private mutating func cut() -> Broken {
    isCut = true
    return Broken()
  }

  private mutating func exceeded() -> Broken {
    isLimited = mostExamined < Self.longest
    return Broken()
  }

  /// Bytes that were read, decoded, or written to tables.
  var examined: Int { position - start + output.count + tabled }

  /// What was decoded.
  var decoded: [UInt8] { output }

  /// Bytes that were decoded.
  var decodedBytes: Int { output.count }

  /// Overwrites what was decoded. To be called last.
  mutating func wipe() {
    // Sound: the buffer is the array's own.
    unsafe output.withUnsafeMutableBytes { unsafe KubernetesStorage.wipe($0) }
  }

  /// RFC 1950 §8.2.
  private var adler32: UInt32 {
    var (low, high): (UInt32, UInt32) = (1, 0)
    for byte in output {
      low = (low + UInt32(byte)) % 65_521
      high = (high + low) % 65_521
    }
    return high << 16 | low
  }

  private mutating func bits(_ count: UInt32) throws(Broken) -> UInt32 {
    while heldBits < count {
      guard position < bytes.byteCount else { throw cut() }
      held |= UInt32(bytes.byte(at: position)) << heldBits
      position += 1
      heldBits += 8
    }
    let value = held & (1 << count - 1)
    held >>= count
    heldBits -= count
    return value
  }

  private mutating func readStored() throws(Broken) {
    position -= Int(heldBits / 8)
    (held, heldBits) = (0, 0)
    guard position + 4 <= bytes.byteCount else { throw cut() }
    let length = Int(bytes.byte(at: position)) | Int(bytes.byte(at: position + 1)) << 8
    let complement = Int(bytes.byte(at: position + 2)) | Int(bytes.byte(at: position + 3)) << 8
    guard length ^ complement == 0xFFFF else { throw Broken() }
    let count = min(length, bytes.byteCount - position - 4)
    guard examined + 2 * count <= mostExamined else { throw exceeded() }
    for offset in position + 4..<position + 4 + count { output.append(bytes.byte(at: offset)) }
    position += 4 + count
    if count < length { throw cut() }
  }

  private mutating func readCoded(_ literals: Code, _ distances: Code) throws(Broken) {
    while !isEnough {
      guard examined < mostExamined else { throw exceeded() }
      let symbol = try Int(next(literals))
      switch symbol {
      case ..<256:
        output.append(UInt8(symbol))
        coded += 1
      case 256: return
      case 257...285:
        let length = try Self.lengthBases[symbol - 257] + Int(bits(Self.lengthBits[symbol - 257]))
        let code = try Int(next(distances))
        guard code < 30 else { throw Broken() }
        let distance = try Self.distanceBases[code] + Int(bits(UInt32(max(0, code / 2 - 1))))
        guard distance <= output.count else { throw Broken() }
        for _ in 0..<length { output.append(output[output.count - distance]) }
        coded += length
        repetitions += 1
      default: throw Broken()
      }
    }
  }

  private mutating func next(_ code: Code) throws(Broken) -> UInt16 {
    // Of the bits that are held too many, whole bytes are given back at the end.
    while heldBits < 15, position < bytes.byteCount {
      held |= UInt32(bytes.byte(at: position)) << heldBits
      position += 1
      heldBits += 8
    }
    var (value, first, index) = (0, 0, 0)
    for length in 1...15 {
      guard length <= heldBits else { throw cut() }
      value |= Int(held >> (UInt32(length) - 1) & 1)
      let count = code.counts[length]
      if value - count < first {
        held >>= UInt32(length)
        heldBits -= UInt32(length)
        return code.symbols[index + value - first]
      }
      index += count
      first = (first + count) << 1
      value <<= 1
    }
    throw Broken()
  }

  /// The codes of a block that brings its own (§3.2.7).
  private mutating func codes() throws(Broken) -> (literals: Code, distances: Code) {
    let literals = try Int(bits(5)) + 257
    let distances = try Int(bits(5)) + 1
    let count = try Int(bits(4)) + 4
    guard literals <= 286, distances <= 30 else { throw Broken() }
    // Three bits each, and what they leave of all sequences of seven bits.
    var packed: UInt64 = 0
    var left = 1 << 7
    for index in 0..<count {
      let length = try bits(3)
      packed |= UInt64(length) << UInt64(3 * Self.order[index])
      if length > 0 { left -= 1 << (7 - Int(length)) }
    }
    guard left == 0, let code = Code((0..<19).map({ UInt8(packed >> UInt64(3 * $0) & 7) })) else { throw Broken() }
    tabled += Self.tableBytes
    var lengths: [UInt8] = []
    while lengths.count < literals + distances {
      let symbol = try next(code)
      switch symbol {
      case 16:
        guard let last = lengths.last else { throw Broken() }
        lengths += try [UInt8](repeating: last, count: 3 + Int(bits(2)))
      case 17: lengths += try [UInt8](repeating: 0, count: 3 + Int(bits(3)))
      case 18: lengths += try [UInt8](repeating: 0, count: 11 + Int(bits(7)))
      default: lengths.append(UInt8(symbol))
      }
    }
    // Without an end, a block has none. A block without repetitions may have no code of distances.
    guard lengths.count == literals + distances, lengths[256] > 0,
      let literalCode = Code(lengths[..<literals]), literalCode.isComplete || literalCode.isSingleBit,
      let distanceCode = Code(lengths[literals...]),
      distanceCode.isComplete || distanceCode.isSingleBit || distanceCode.symbols.isEmpty
    else { throw Broken() }
    return (literalCode, distanceCode)
  }

  /// A canonical Huffman code (§3.2.2).
  private struct Code {
    /// How many symbols have each length.
    private(set) var counts = [Int](repeating: 0, count: 16)
    /// By length, then by value.
    private(set) var symbols: [UInt16] = []
    /// Whether every sequence of bits stands for something.
    let isComplete: Bool

    /// Whether it has one symbol, of one bit: the only code that may be incomplete (§3.2.7; zlib inftrees.c).
    var isSingleBit: Bool { symbols.count == 1 && counts[1] == 1 }

    /// nil where two symbols would have to share a sequence of bits.
    init?(_ lengths: some Collection<UInt8>) {
      var left = 1
      for length in lengths where length > 0 { counts[Int(length)] += 1 }
      for length in 1...15 {
        left = left * 2 - counts[length]
        if left < 0 { return nil }
      }
      isComplete = left == 0
      sort(lengths)
    }

    private init(fixed lengths: [UInt8]) {
      for length in lengths { counts[Int(length)] += 1 }
      isComplete = true
      sort(lengths)
    }

    private mutating func sort(_ lengths: some Collection<UInt8>) {
      var next = [Int](repeating: 0, count: 16)
      for length in 1...15 { next[length] = (length > 1 ? next[length - 1] + counts[length - 1] : 0) }
      symbols = [UInt16](repeating: 0, count: next[15] + counts[15])
      for (symbol, length) in lengths.enumerated() where length > 0 {
        symbols[next[Int(length)]] = UInt16(symbol)
        next[Int(length)] += 1
      }
    }

    /// §3.2.6.
    static let fixedLiterals = Code(fixed: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
    static let fixedDistances = Code(fixed: [UInt8](repeating: 5, count: 30))
  }

  private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
  /// §3.2.5.
  private static let lengthBases = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
  ]
  private static let lengthBits: [UInt32] = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBases = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
    8193, 12_289, 16_385, 24_577,
  ]
}
