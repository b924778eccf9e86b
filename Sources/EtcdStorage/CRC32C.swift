import ByteViews
import CByteKernels

/// CRC-32C (Castagnoli): the hash of `etcdutl snapshot status`, and the checksum in etcd's WAL and `.snap` files.
///
/// Reflected polynomial 0x82F63B78, all bits inverted before and after, as Go's `hash/crc32` has it. Where the processor
/// has an instruction for it, that takes in eight bytes at a time. Elsewhere sixteen are taken in at a time, each through a
/// table of its own ("slicing", Kounavis and Berry, "Novel Table Lookup-Based Algorithms for High-Performance CRC
/// Generation").
public struct CRC32C: Sendable {
  /// Bytes that are taken in at a time.
  private static let step = 16

  private static let polynomial: UInt32 = 0x82F6_3B78

  /// Entry `256 × k + b` is what byte `b` does to the state when `k` more bytes follow it in one step.
  private static let tables: [UInt32] = {
    var tables: [UInt32] = (0..<256).map { byte in
      (0..<8).reduce(UInt32(byte)) { state, _ in state & 1 == 1 ? state >> 1 ^ polynomial : state >> 1 }
    }
    for index in 256..<256 * step {
      let previous = tables[index - 256]
      tables.append(previous >> 8 ^ tables[Int(previous & 0xFF)])
    }
    return tables
  }()

  /// Nil where the processor's instruction is used.
  private let tables: [UInt32]?
  private var state: UInt32 = .max

  /// Whether this processor has an instruction for it.
  static let hasInstruction = byte_kernels_have_crc32c()

  /// The checksum of no bytes.
  public init() { self.init(byInstruction: Self.hasInstruction) }

  /// The checksum of no bytes; `byInstruction` only where there is one.
  init(byInstruction: Bool) { tables = byInstruction ? nil : Self.tables }

  /// The checksum of everything taken in so far.
  public var value: UInt32 { ~state }

  /// Takes in `bytes`. O(n), allocates nothing.
  public mutating func update(_ bytes: RawSpan) {
    if let tables {
      state = Self.advance(state, over: bytes, tables.span)
    } else {
      // Sound: the bytes outlive the call, which reads as many as there are.
      state = unsafe bytes.withUnsafeBytes { unsafe byte_kernels_crc32c(state, $0.baseAddress, $0.count) }
    }
  }

  /// Takes in `byteCount` bytes of which only the `checksum` is known. O(log byteCount).
  ///
  /// What bytes do to the checksum of those before them is a multiplication by x^(8 × their number) modulo the polynomial
  /// (zlib crc32.c, `crc32_combine`).
  public mutating func append(_ checksum: UInt32, byteCount: UInt64) {
    // x^0; the greatest power of x stands in the lowest bit.
    var factor: UInt32 = 1 << 31
    var (rest, exponent) = (byteCount, 3)
    while rest > 0 {
      if rest & 1 == 1 { factor = Self.product(Self.powers[exponent], factor) }
      (rest, exponent) = (rest >> 1, exponent + 1)
    }
    state = ~(Self.product(factor, value) ^ checksum)
  }

  /// Entry `n` is x^(2^n) modulo the polynomial.
  private static let powers: [UInt32] = sequence(first: 1 << 30) { product($0, $0) }.prefix(64 + 3).map(\.self)

  /// The product of two polynomials modulo that of the checksum.
  private static func product(_ one: UInt32, _ other: UInt32) -> UInt32 {
    var (product, shifted) = (0 as UInt32, other)
    for bit in (0..<32).reversed() {
      if one >> UInt32(bit) & 1 == 1 { product ^= shifted }
      shifted = shifted & 1 == 1 ? shifted >> 1 ^ polynomial : shifted >> 1
    }
    return product
  }

  private static func advance(_ state: UInt32, over bytes: RawSpan, _ tables: Span<UInt32>) -> UInt32 {
    var crc = state
    var offset = 0
    while offset <= bytes.byteCount - step {
      let first = bytes.word(at: offset) ^ UInt64(crc)
      let second = bytes.word(at: offset + 8)
      crc = slice(first, 8, tables) ^ slice(second, 0, tables)
      offset += step
    }
    while offset < bytes.byteCount {
      crc = crc >> 8 ^ tables[Int(UInt8(truncatingIfNeeded: crc) ^ bytes.byte(at: offset))]
      offset += 1
    }
    return crc
  }

  /// What the eight bytes of `word` do to the state, the first of them the lowest, when `following` more bytes (0 or 8)
  /// come after them in the same step.
  @inline(__always)
  private static func slice(_ word: UInt64, _ following: Int, _ tables: Span<UInt32>) -> UInt32 {
    var sum: UInt32 = 0
    for index in 0..<8 {
      let byte = Int(truncatingIfNeeded: word >> UInt64(8 * index) & 0xFF)
      // Sound: there are 16 tables of 256 entries, and `following + 7 - index` is at most 15.
      sum ^= unsafe tables[unchecked: (following + 7 - index) << 8 | byte]
    }
    return sum
  }
}
