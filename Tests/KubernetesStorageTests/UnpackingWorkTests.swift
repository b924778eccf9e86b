import TestSupport
import Testing

@testable import KubernetesStorage

/// What is packed costs no more than its length allows, and hides nothing by being packed well.
@Suite("The work of unpacking")
struct UnpackingWorkTests {
  /// One million zeros take some thousand bytes.
  private static let packed = Wrapping.zlib([UInt8](repeating: 0, count: 1 << 20))

  @Test func `a reader stops at its limit, and says so`() {
    let bytes = Self.packed
    var reader = DeflateReader(unsafe bytes.span.bytes, from: 2, isWhole: true, atMost: 5000)
    #expect(reader.read() == .limited)
    #expect(reader.decodedBytes < 5000 + 258)
  }

  @Test func `what ends below the limit ends as it did`() {
    let bytes = Wrapping.zlib(Array("a short text, a short text, a short text".utf8))
    var reader = DeflateReader(unsafe bytes.span.bytes, from: 2, isWhole: true, atMost: 5000)
    guard case .ended(_, let decoded, _) = reader.read() else { return #expect(Bool(false), "not read to its end") }
    #expect(decoded == 40)
  }

  @Test("A Secret behind more padding than may be unpacked is no less a find", arguments: [0, 1 << 20])
  func padding(count: Int) {
    let secret = Array(#"{"kind":"Secret","apiVersion":"v1","metadata":{"name":"a"},"data":{"p":"c2VjcmV0"}}"#.utf8)
    for bytes in [Wrapping.zlib, Wrapping.gzip].map({ $0([UInt8](repeating: 0x20, count: count) + secret) }) {
      #expect(unsafe SecretTrace.first(in: bytes.span.bytes, from: 0..<bytes.count) != nil)
      let envelope = Array("k8s:enc:secretbox:v1:k:".utf8) + bytes
      #expect([.plaintext, .malformed].contains(Classification(envelope).valueClass))
    }
  }
}
