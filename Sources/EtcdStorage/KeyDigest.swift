import ByteViews

/// A key's 128-bit digest under a secret made fresh for one run.
///
/// Stands for the key where keeping its bytes would cost too much memory. As nobody knows the secret, nobody can prepare
/// two keys with one digest.
public struct KeyDigest: Hashable, Sendable {
  let high: UInt64
  let low: UInt64

  /// The digest's lowest bits, for a table.
  public var tableIndex: Int { Int(truncatingIfNeeded: low) }

  /// Further bits, for what is kept beside ``tableIndex``.
  public var fragment: UInt64 { high }

  /// Stands where no digest is asked for.
  public static let none = KeyDigest(high: 0, low: 0)

  /// Makes digests that can be compared with one another.
  public struct Maker: Sendable {
    private let key: (UInt64, UInt64)

    /// A maker with a secret of its own.
    public init() {
      var generator = SystemRandomNumberGenerator()
      self.init(key: (generator.next(), generator.next()))
    }

    init(key: (UInt64, UInt64)) { self.key = key }

    /// The digest of `bytes`. O(n), allocates nothing.
    public func digest(of bytes: RawSpan) -> KeyDigest {
      var state = SipHash(key: key)
      var offset = 0
      while offset + 8 <= bytes.byteCount {
        state.absorb(bytes.word(at: offset))
        offset += 8
      }
      var last = UInt64(truncatingIfNeeded: bytes.byteCount) << 56
      let left = UInt64(bytes.byteCount - offset)
      if left > 0, offset > 0 {
        // The last eight bytes, without those that were taken in before.
        last |= bytes.word(at: bytes.byteCount - 8) >> (64 - 8 * left)
      } else {
        for position in 0..<left { last |= UInt64(bytes.byte(at: Int(position))) << (8 * position) }
      }
      state.absorb(last)
      let (low, high) = state.finish()
      return KeyDigest(high: high, low: low)
    }
  }
}
