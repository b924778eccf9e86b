/// What a meta page says: bbolt internal/common/meta.go.
struct PaintedMeta {
  let isBigEndian: Bool
  let pageSize: Int
  let root: UInt64
  let freelist: UInt64
  let highWater: UInt64
  let txid: UInt64

  /// The meta page at `start` of `bytes`; nil where it can't be used.
  init?(_ bytes: [UInt8], at start: Int) {
    guard bytes.count >= start + 80 else { return nil }
    let isBig = Array(bytes[start + 16..<start + 20]) == [0xED, 0x0C, 0xDA, 0xED]
    func load(_ offset: Int, _ width: Int) -> UInt64 {
      BytePainter.load(bytes, start + offset, width, isBigEndian: isBig)
    }
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes[start + 16..<start + 72] { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let size = load(24, 4)
    guard load(16, 4) == 0xED0C_DAED, load(20, 4) == 2, load(72, 8) == sum, (512...16_777_216).contains(size),
      size & (size - 1) == 0, load(32, 8) >= 2, load(32, 8) < load(56, 8)
    else { return nil }
    isBigEndian = isBig
    pageSize = Int(size)
    root = load(32, 8)
    freelist = load(48, 8)
    highWater = load(56, 8)
    txid = load(64, 8)
  }
}
