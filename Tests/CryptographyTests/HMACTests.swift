import Cryptography
import Testing

@Suite("HMAC-SHA256")
struct HMACTests {
  /// RFC 4231, test cases 1, 2 and 6.
  private static let vectors: [(key: [UInt8], message: String, code: String)] = [
    (
      [UInt8](repeating: 0x0B, count: 20), "Hi There",
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
  ]

  @Test func `has the published values, however the message is cut up`() {
    for (key, message, code) in Self.vectors {
      var hmac = HMACSHA256(key: unsafe key.span.bytes)
      let bytes = Array(message.utf8)
      for pieceBytes in [1, 3, 16, 1000] {
        let digest = hmac.code(ofPieces: { take in
          for start in stride(from: 0, to: bytes.count, by: pieceBytes) {
            let piece = Array(bytes[start..<min(start + pieceBytes, bytes.count)])
            unsafe take(piece.span.bytes)
          }
        })
        #expect(digest.description == code)
      }
      #expect(hmac.code(of: unsafe bytes.span.bytes).description == code)
    }
  }

  @Test func `a message of no pieces is the empty one`() {
    let key: [UInt8] = [1]
    var hmac = HMACSHA256(key: unsafe key.span.bytes)
    let nothing: [UInt8] = []
    let code = hmac.code(of: unsafe nothing.span.bytes)
    #expect(hmac.code(ofPieces: { _ in }) == code)
    #expect(hmac.code(ofPieces: { unsafe $0(nothing.span.bytes) }) == code)
  }
}
