import TestSupport

extension SeededGenerator {
  /// `count` bytes that look random.
  static func bytes(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
    var random = SeededGenerator(seed: seed)
    return random.bytes(count)
  }
}
