/// The 64-bit FNV-1a hash, with which bbolt guards its meta pages (internal/common/meta.go).
enum FNV1a {
  /// The hash of `bytes`. O(n).
  static func hash(_ bytes: RawSpan) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for offset in 0..<bytes.byteCount {
      hash ^= UInt64(bytes.integer(at: offset, as: UInt8.self, .little))
      hash = hash &* 0x100_0000_01B3
    }
    return hash
  }
}
