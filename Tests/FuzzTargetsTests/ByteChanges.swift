import TestSupport

/// Changes of bytes in the place of libFuzzer's.
enum ByteChanges {
  /// `bytes` with one to three changes.
  static func changed(_ bytes: [UInt8], atMost limit: Int, _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<random.count(1...3) {
      let place = random.count(0...bytes.count)
      switch random.count(0...4) {
      case 0: bytes.insert(UInt8(random.count(0...255)), at: place)
      case 1: bytes.removeSubrange(place..<min(bytes.count, place + random.count(1...8)))
      case 2: if place < bytes.count { bytes[place] ^= 1 << UInt8(random.count(0...7)) }
      case 3: if place < bytes.count { bytes[place] = random.one(of: [0, 0xFF, 0x7F, 0x80, 0x22, 0x0A]) }
      default:
        let start = random.count(0...bytes.count)
        bytes.insert(contentsOf: Array(bytes[start..<min(bytes.count, start + random.count(1...40))]), at: place)
      }
    }
    return Array(bytes.prefix(limit))
  }
}
