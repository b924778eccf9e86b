import EtcdStorage
import TestSupport
import Testing

@Suite("Fingerprints")
struct FingerprintMakerTests {
  @Test("Inputs that differ in length, in one byte or in the order of their words have different fingerprints")
  func distinct() {
    let maker = FingerprintMaker()
    var inputs = (0..<300).map { [UInt8](repeating: 0, count: $0) }
    for count in [1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 127, 128, 129] {
      for place in 0..<count {
        for value in [1, 0x80, 0xFF] as [UInt8] {
          var input = [UInt8](repeating: 0, count: count)
          input[place] = value
          inputs.append(input)
        }
      }
    }
    let words = (1...16).map { [UInt8](repeating: $0, count: 8) }
    for pair in 0..<15 {
      var swapped = words
      swapped.swapAt(pair, pair + 1)
      inputs.append(swapped.flatMap(\.self))
    }
    inputs.append(words.flatMap(\.self))
    #expect(Set(inputs.map { maker.fingerprint(of: $0.rawSpan) }).count == inputs.count)
    for input in inputs { #expect(maker.fingerprint(of: input.rawSpan) == maker.fingerprint(of: input.rawSpan)) }
  }

  @Test("All bits of a fingerprint depend on each byte: no bit is the same for many inputs")
  func spread() {
    let maker = FingerprintMaker()
    for place in [0, 7, 8, 15, 24, 39] {
      var ones = [Int](repeating: 0, count: 64)
      for value in UInt8.min...UInt8.max {
        var input = [UInt8](repeating: 0x2F, count: 40)
        input[place] = value
        let fingerprint = maker.fingerprint(of: input.rawSpan)
        for bit in 0..<64 where fingerprint >> UInt64(bit) & 1 == 1 { ones[bit] += 1 }
      }
      // Of 256 fair coins, so few or so many fall on one side once in 10^15 times.
      for count in ones { #expect((64...192).contains(count), "byte \(place)") }
    }
  }

  @Test("No two makers give the same fingerprint", arguments: [1, 20, 200])
  func secrets(count: Int) {
    let input = [UInt8](repeating: 7, count: count)
    #expect(FingerprintMaker().fingerprint(of: input.rawSpan) != FingerprintMaker().fingerprint(of: input.rawSpan))
  }
}
