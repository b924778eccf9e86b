import Cryptography
import TestSupport
import Testing

@testable import SnapshotReading

@Suite("The SHA-256 of a stream is taken wherever its trailer may start")
struct TrailerHashTests {
  @Test(
    "However it comes in pieces",
    arguments: [0, 1, 31, 32, 33, 100, 4096, 5000], [0, 1, 32, 4064, 4096, 5000, 10_000] as [UInt64])
  func pieces(count: Int, imageBytes: UInt64) throws {
    var random = SeededGenerator(seed: 3)
    let bytes = random.bytes(count)
    for _ in 0..<20 {
      var hash = TrailerHash(imageBytes: imageBytes)
      var start = 0
      while start < count {
        let end = min(count, start + Int.random(in: 1...max(1, count / 3), using: &random))
        hash.update(unsafe bytes[start..<end].span.bytes)
        start = end
      }
      let outcome = hash.finish()
      #expect(outcome.byteCount == UInt64(count))
      #expect(outcome.digests[UInt64(count)] == Self.digest(bytes[...]))
      if count >= 32 {
        #expect(outcome.digests[UInt64(count - 32)] == Self.digest(bytes[..<(count - 32)]))
        #expect(outcome.embedded[UInt64(count - 32)] == SHA256Digest(bytes: Array(bytes.suffix(32))))
      }
      if imageBytes <= count {
        #expect(outcome.digests[imageBytes] == Self.digest(bytes[..<Int(imageBytes)]))
      } else {
        #expect(outcome.digests[imageBytes] == nil)
      }
      if imageBytes + 32 <= count {
        let place = Int(imageBytes)..<Int(imageBytes) + 32
        #expect(outcome.embedded[imageBytes] == SHA256Digest(bytes: Array(bytes[place])))
      }
    }
  }

  private static func digest(_ bytes: ArraySlice<UInt8>) -> SHA256Digest {
    var hash = SHA256()
    hash.update(unsafe bytes.span.bytes)
    return hash.digest()
  }
}
