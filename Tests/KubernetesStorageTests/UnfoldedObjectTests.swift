import Foundation
import TestSupport
import Testing

@testable import KubernetesStorage

@Suite("An object that is compressed behind a prefix is one in the clear")
struct UnfoldedObjectTests {
  private static let secret = Stored.protobufSecret
  private static var random: SeededGenerator { SeededGenerator(seed: 310) }

  /// A way to compress.
  struct Packing: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let pack: @Sendable ([UInt8]) -> [UInt8]
  }

  private static func zlib(windowBits: Int32) -> @Sendable ([UInt8]) -> [UInt8] {
    { Wrapping.deflated($0, windowBits: windowBits) }
  }

  static let packings: [Packing] =
    [
      Packing(testDescription: "gzip") { Wrapping.gzip($0) },
      Packing(testDescription: "gzip of two members") { bytes in
        Wrapping.gzip(Array(bytes.prefix(40))) + Wrapping.gzip(Array(bytes.dropFirst(40)))
      },
      Packing(testDescription: "gzip behind an empty member") { Wrapping.gzip([]) + Wrapping.gzip($0) },
      Packing(testDescription: "gzip of gzip of gzip") { Wrapping.gzip(Wrapping.gzip(Wrapping.gzip($0))) },
      Packing(testDescription: "gzip of zlib") { Wrapping.gzip(Wrapping.zlib($0)) },
      Packing(testDescription: "gzip of base64") { Wrapping.gzip(Wrapping.base64($0)) },
      Packing(testDescription: "gzip of UTF-16") { _ in Wrapping.gzip(Wrapping.wide(Stored.jsonSecret)) },
      Packing(testDescription: "gzip of other bytes and the object") { bytes in
        var random = SeededGenerator(seed: 311)
        return Wrapping.gzip(random.bytes(300) + bytes)
      },
      Packing(testDescription: "gzip of an unusual system") { bytes in
        var stream = Wrapping.gzip(bytes)
        (stream[8], stream[9]) = (7, 200)
        return stream
      },
      Packing(testDescription: "gzip with an extra field and a name") { bytes in
        var stream = Wrapping.gzip(bytes)
        stream[3] |= 0x0C
        stream.insert(contentsOf: [3, 0, 1, 2, 3, 0x61, 0], at: 10)
        return stream
      },
      Packing(testDescription: "gzip without its end") { Wrapping.gzip($0).dropLast(12) },
    ]
    + (9...15).map { bits in Packing(testDescription: "zlib of window 2^\(bits)", pack: zlib(windowBits: bits)) }

  /// `bytes` where the provider keeps its ciphertext.
  private static func body(_ provider: Provider, _ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    switch provider {
    case .aescbc: bytes + random.bytes((16 - bytes.count % 16) % 16)
    case .aesgcm, .secretbox: bytes
    case .kmsv1: [0, 60] + random.bytes(60) + bytes
    case .kmsv2: Stored.object(data: bytes, source: random.bytes(60))
    }
  }

  @Test(arguments: packings, Provider.allCases)
  func `and tells what it is`(packing: Packing, provider: Provider) throws {
    var random = Self.random
    for start in [0, 12, 16, 24, 40, 44] {
      let packed = random.bytes(start) + packing.pack(Self.secret) + random.bytes(16)
      let value = Stored.prefix(provider, "key1") + Self.body(provider, packed, &random)
      let classification = Classification(value)
      #expect(classification.valueClass == .plaintext, "behind \(start) bytes")
      #expect(classification.reason == .forgedEnvelope)
      #expect(classification.envelope?.provider == provider)
      let object = try #require(classification.object)
      let encoding = try #require(classification.encoding)
      let outline = try #require(ObjectOutline(Array(value[object]), encoding), "behind \(start) bytes")
      #expect(outline.name == "db-creds")
      #expect(outline.secret?.data.map(\.name) == ["password", "username"])
      #expect(ObjectHead(hiddenIn: unsafe value.span.bytes, classification)?.builtIn == BuiltInResource.of(.secrets))
    }
  }

  @Test(arguments: packings)
  func `in the place of an encrypted data key too`(packing: Packing) {
    var random = Self.random
    let packed = packing.pack(Self.secret)
    let v1 = [UInt8(packed.count >> 8), UInt8(packed.count & 255)] + packed + random.bytes(300)
    let v2 = Stored.object(data: random.bytes(300), source: packed)
    for (prefix, body) in [(Provider.kmsv1, v1), (.kmsv2, v2)] {
      #expect(Classification(Stored.prefix(prefix, "plug") + body).reason == .forgedEnvelope)
    }
  }

  @Test(arguments: packings)
  func `without a prefix it lies behind other bytes`(packing: Packing) {
    let classification = Classification(packing.pack(Self.secret))
    #expect(classification.valueClass == .plaintext)
    #expect(classification.reason == .behindOtherBytes)
  }

  @Test func `as base64 it is one as well`() {
    for packed in [Wrapping.gzip(Self.secret), Wrapping.zlib(Self.secret)] {
      let value = Stored.prefix(.secretbox, "key1") + Wrapping.base64(packed)
      #expect(Classification(value).reason == .forgedEnvelope)
    }
  }

  @Test(arguments: Provider.allCases)
  func `what unfolds to no object is no ciphertext, and no object`(provider: Provider) {
    var random = Self.random
    for packed in [Wrapping.gzip(random.bytes(500)), Wrapping.zlib(random.bytes(500))] {
      let value = Stored.prefix(provider, "key1") + Self.body(provider, packed, &random)
      #expect(Classification(value).valueClass == .malformed)
      #expect(Classification(value).reason == .notCiphertext)
    }
  }

  @Test func `random bytes behind the head of a stream are ciphertext`() {
    var random = Self.random
    let heads: [[UInt8]] = [
      [0x1F, 0x8B, 8], [0x78, 0x9C], [0x78, 0x01], [0x08, 0x1D], [0x28, 0x15], [0x68, 0x81],
      [0x28, 0xB5, 0x2F, 0xFD, 0x20],
    ]
    for head in heads {
      for _ in 0..<3000 {
        let body = head + random.bytes(Int.random(in: 60...600, using: &random))
        #expect(Classification(Stored.prefix(.aesgcm, "key1") + body).valueClass == .encrypted, "\(head)")
      }
    }
  }
}
