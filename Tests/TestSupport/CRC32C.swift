/// CRC-32C (Castagnoli): the hash of `etcdctl snapshot status`.
struct CRC32C: Sendable {
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1 }
  }
  private var state: UInt32 = 0xFFFF_FFFF

  /// The checksum of no bytes.
  init() {}

  /// The checksum of everything fed so far.
  var value: UInt32 { ~state }

  /// Feeds `bytes`.
  mutating func update(_ bytes: some Sequence<UInt8>) {
    let table = Self.table
    for byte in bytes { state = table[Int(UInt8(truncatingIfNeeded: state) ^ byte)] ^ state >> 8 }
  }
}
