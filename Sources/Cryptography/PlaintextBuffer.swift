/// The memory into which values are decrypted, one at a time.
///
/// Made once and used for any number of values: it grows to the longest of them and is wiped after each. It is kept as
/// ``SecretBytes`` is.
///
/// ```swift
/// guard key.open(body, authenticating: etcdKey, into: &buffer) == .opened else { … }
/// buffer.withBytes { … }
/// buffer.wipe()
/// ```
@safe public struct PlaintextBuffer: ~Copyable {
  private var memory: ShieldedMemory
  /// Bytes from the start on that may hold something.
  private var usedBytes = 0
  /// Where the value that it holds lies; empty when it holds none.
  private var value = 0..<0

  /// Bytes of the value that it holds; 0 when it holds none.
  public var byteCount: Int { value.count }

  /// An empty buffer that values of up to `capacity` bytes fit without making it grow.
  public init(capacity: Int = 1 << 16) {
    memory = ShieldedMemory(capacity)
  }

  /// What `body` makes of the value; nothing it returns should hold any of its bytes.
  public func withBytes<Result: ~Copyable>(_ body: (RawSpan) -> Result) -> Result {
    // Sound: the memory lives as long as `self`, which is borrowed, and holds so many bytes.
    unsafe body(RawSpan(_unsafeStart: memory.start + value.lowerBound, byteCount: value.count))
  }

  /// Overwrites the value with zeros.
  public mutating func wipe() {
    memory.wipe(usedBytes)
    usedBytes = 0
    value = 0..<0
  }

  /// Wipes what it holds and makes room for `count` bytes, which are to be written from the address returned on and which
  /// ``keep(_:)`` makes the value. Valid until the next call.
  mutating func makeRoom(_ count: Int) -> UnsafeMutableRawPointer {
    wipe()
    if count > memory.byteCount { memory = ShieldedMemory(max(count, 2 * memory.byteCount)) }
    usedBytes = count
    return unsafe memory.start
  }

  /// Makes the bytes of `range` in the room the value.
  mutating func keep(_ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= usedBytes, "more than there was room for")
    value = range
  }

  /// Takes what was encrypted before padding was added to it, and answers whether the padding is one that the API server
  /// takes: see ``AESCBC``. Wipes the value if it is not.
  mutating func removePadding() -> Bool {
    let count = byteCount
    let kept: Int? = withBytes { bytes in
      guard count > 0 else { return nil }
      // Sound: the offsets lie inside, and any byte is a UInt8.
      let padding = Int(unsafe bytes.unsafeLoad(fromByteOffset: count - 1, as: UInt8.self))
      guard padding >= 1, padding <= count else { return nil }
      var difference: UInt8 = 0
      for offset in (count - padding)..<count {
        difference |= unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self) ^ UInt8(padding)
      }
      return difference == 0 ? count - padding : nil
    }
    if let kept { value = value.prefix(kept) } else { wipe() }
    return kept != nil
  }
}
