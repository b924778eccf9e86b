import TestSupport

extension SeededGenerator {
  /// `bytes` in one to four pieces, of which none is empty unless all is.
  mutating func pieces(of bytes: [UInt8]) -> [[UInt8]] {
    guard bytes.count > 1 else { return [bytes] }
    let cuts = Set((0..<count(0...3)).map { _ in count(1...bytes.count - 1) }).sorted()
    return zip([0] + cuts, cuts + [bytes.count]).map { Array(bytes[$0..<$1]) }
  }
}
