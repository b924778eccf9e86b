import ByteViews

/// Makes fingerprints of 64 bits of a few bytes, under a secret made fresh for one run.
///
/// For where a chance of about one in 2^64 that two inputs share one is good enough: to count keys, and to find equal nonces.
/// Of six million keys, two share 63 bits once in half a million runs. A ``KeyDigest`` takes several times as long.
///
/// The hash is NH (Black, Halevi, Krawczyk, Krovetz and Rogaway, "UMAC: fast and secure message authentication", 1999) with
/// words of 64 bits: pairs of words, each with a secret word added to it, are multiplied, and the products summed up. The
/// length stands in a pair of its own. That two sums are equal has a chance of 2^-64; for the last step, which spreads a sum
/// over all bits, there is no proof. As nobody knows the secret, nobody can prepare two inputs with one fingerprint.
public struct FingerprintMaker: Sendable {
  /// Longer inputs have a ``KeyDigest`` made.
  private static let longest = 128

  /// One word for each of the longest input, two for its length, and two for the end.
  private let secret: [UInt64]
  private let digests = KeyDigest.Maker()

  /// A maker with a secret of its own.
  public init() {
    var generator = SystemRandomNumberGenerator()
    secret = (0..<20).map { _ in generator.next() }
  }

  /// The fingerprint of `bytes`. O(n), allocates nothing.
  public func fingerprint(of bytes: RawSpan) -> UInt64 {
    let count = bytes.byteCount
    guard count <= Self.longest else { return digests.digest(of: bytes).fragment }
    let secret = secret.span
    var sum = Self.product(UInt64(count) &+ secret[16], secret[17])
    if count >= 16 {
      var offset = 0
      var index = 0
      while offset < count {
        // The last two words overlap those before.
        let start = min(offset, count - 16)
        sum &+= Self.product(
          bytes.loadWord(at: start) &+ secret[index], bytes.loadWord(at: start + 8) &+ secret[index + 1])
        offset += 16
        index += 2
      }
    } else if count >= 8 {
      sum &+= Self.product(bytes.loadWord(at: 0) &+ secret[0], bytes.loadWord(at: count - 8) &+ secret[1])
    } else {
      sum &+= Self.product(bytes.paddedWord(at: 0) &+ secret[0], secret[1])
    }
    // Low bits of a product depend on low bits of its factors alone: another multiplication spreads all of them.
    let (high, low) = (UInt64(truncatingIfNeeded: sum >> 64), UInt64(truncatingIfNeeded: sum))
    let spread = Self.product(high ^ secret[18], low ^ secret[19])
    return UInt64(truncatingIfNeeded: spread >> 64) ^ UInt64(truncatingIfNeeded: spread)
  }

  @inline(__always)
  private static func product(_ one: UInt64, _ other: UInt64) -> UInt128 {
    let product = one.multipliedFullWidth(by: other)
    return UInt128(product.high) << 64 | UInt128(product.low)
  }
}
