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

/// A program may pack with a smaller window than others do: its head differs, and what it packs is the same.
@Suite("Zlib with any window")
struct ZlibWindowTests {
  private static let secret = Array(
    #"{"kind":"Secret","apiVersion":"v1","metadata":{"name":"a","namespace":"b"},"data":{"p":"c2VjcmV0"}}"#.utf8)

  @Test("Is found wherever it stands in a body", arguments: [Int32](9...15), [0, 1, 13, 16, 17, 28, 41, 77])
  func place(windowBits: Int32, offset: Int) {
    var random = SeededGenerator(seed: UInt64(offset))
    let packed = Wrapping.deflated(Self.secret, windowBits: windowBits)
    let length = (offset + packed.count + 200) / 16 * 16
    let body = random.bytes(offset) + packed + random.bytes(length - offset - packed.count)
    #expect(Classification(Array("k8s:enc:aescbc:v1:key1:".utf8) + body).valueClass == .plaintext)
    let trace = unsafe SecretTrace.first(in: body.span.bytes, from: 0..<body.count)
    #expect(trace?.range.lowerBound == offset)
  }
}

/// Ciphertext is refused as soon as zlib refuses it, and no sooner: what zlib unpacks a byte of is read as far.
@Suite("Deflate beside zlib")
struct DeflateBesideZlibTests {
  /// A block says in its first 17 bits what kind it is and, with codes of its own, how many there are.
  @Test("Any first three bytes unpack as zlib unpacks them", arguments: 0..<8 as Range<UInt8>)
  func heads(third: UInt8) {
    var random = SeededGenerator(seed: UInt64(third))
    var (begun, ended) = (0, 0)
    for number in 0...UInt16.max {
      let data = [UInt8(number & 0xFF), UInt8(number >> 8), third << 5 | random.bytes(1)[0] >> 3] + random.bytes(60)
      guard let (plain, isWhole) = Inflation.begun(data, atMost: 1 << 16) else { continue }
      var reader = DeflateReader(unsafe data.span.bytes, from: 0, isWhole: true)
      let end = reader.read()
      if isWhole {
        ended += 1
        guard case .ended(at: plain.bytesRead, plain.bytes.count, _) = end else {
          #expect(Bool(false), "\(data.prefix(8)) ends for zlib")
          continue
        }
      } else if end != .broken {
        #expect(Bool(false), "\(data.prefix(8)) has no end for zlib")
      }
      if reader.decoded != plain.bytes { #expect(Bool(false), "\(data.prefix(8)) unpacks to other bytes") }
      if !plain.bytes.isEmpty { begun += 1 }
    }
    // A quarter of all blocks has the codes that every reader knows.
    #expect(begun > 10_000)
    #expect(ended > 0)
  }

  @Test func `what begins like a stream is looked at`() {
    let suffixes: [[UInt8]] = [
      [8, 0, 0, 0, 0, 0, 0, 0], [0x2F, 0xFD, 0x20, 0, 1, 0, 0], [0x4D, 0x18, 4, 0, 0, 0, 1, 2, 3, 4], [1, 2, 3, 4],
    ]
    for number in 0...UInt16.max {
      let pair = [UInt8(number >> 8), UInt8(number & 0xFF)]
      for suffix in suffixes {
        let bytes = pair + suffix + [UInt8](repeating: 0x5A, count: 16)
        guard PackedHead.format(of: unsafe bytes.span.bytes, at: 0) != nil else { continue }
        #expect(CompressedStream.heads.contains(pair[0], pair[1]), "\(pair)")
      }
    }
  }

  /// RFC 1952 has a reader refuse the flags that are reserved. Readers that do not unfold the Secret.
  @Test("A flag that is reserved hides nothing from who does not look at it", arguments: [0x20, 0x40, 0x80, 0xE0])
  func reservedFlags(flags: UInt8) {
    var packed = Wrapping.gzip(Stored.protobufSecret)
    packed[3] |= flags
    for start in [0, 16, 33] {
      var random = SeededGenerator(seed: UInt64(start))
      let body = random.bytes(start) + packed
      let value = Stored.prefix(.aescbc, "key1") + body + random.bytes(160 - body.count % 16)
      #expect(Classification(of: unsafe value.span.bytes).valueClass == .plaintext)
    }
  }
}

/// What is examined of a body is counted: read, decoded, or written to tables.
@Suite("The work of unfolding a body")
struct UnfoldingWorkTests {
  /// Deflate data of four blocks that bring their own codes and hold nothing: each costs two tables.
  private static let emptyTables: [UInt8] = [
    0x04, 0xC0, 0x81, 0x00, 0x00, 0x00, 0x00, 0x00, 0x90, 0xFF, 0x6B, 0x10, 0x00, 0x07, 0x02, 0x00, 0x00, 0x00, 0x00,
    0x40, 0xFE, 0xAF, 0x41, 0x00, 0x1C, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0xF9, 0xBF, 0x06, 0x01, 0x70, 0x20, 0x00,
    0x00, 0x00, 0x00, 0x00, 0xE4, 0xFF, 0x1A,
  ]
  private static let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]

  static let units: [(name: String, bytes: [UInt8])] = [
    ("heads of gzip", head + [0x03, 0, 0, 0, 0, 0]),
    ("heads of zlib", [0x78, 0x9C]),
    ("heads with names that never end", [0x1F, 0x8B, 8, 0x18, 1, 1, 1, 1, 2, 3, 1, 1, 1, 1, 1, 1]),
    ("empty blocks", head + Array(repeatElement([0, 0, 0, 0xFF, 0xFF], count: 40).joined())),
    ("blocks with codes alone", head + Array(repeatElement(emptyTables, count: 20).joined())),
    ("empty members", Wrapping.gzip([])),
    ("bombs", Wrapping.gzip([UInt8](repeating: 0, count: 1 << 20))),
    ("bombs in one another", Wrapping.gzip(Wrapping.gzip([UInt8](repeating: 0, count: 1 << 20)))),
    ("bombs of Secrets", Wrapping.gzip(Stored.protobufSecret + [UInt8](repeating: 0, count: 1 << 20))),
    ("runs of zstd", [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x58, 0x02, 0x00, 0x10, 0x00]),
    ("empty frames of zstd", [0x28, 0xB5, 0x2F, 0xFD, 0x20, 0x00, 0x01, 0x00, 0x00]),
    ("frames to be passed over", [0x50, 0x2A, 0x4D, 0x18, 0, 0, 0, 0]),
  ]

  @Test(arguments: [100, 2000, 3000, 100_000])
  func `what is packed shows a Secret however far its kind lies from its data`(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    let data = random.bytes(count).map { UInt8(ascii: "a") + $0 % 16 }
    let members: [[UInt8]] = [
      Array(#"{"apiVersion":"v1","data":{"p":""#.utf8) + data
        + Array(#""},"kind":"Secret","metadata":{"name":"a"},"type":"Opaque"}"#.utf8),
      Array(#"{"kind":"Secret","metadata":{"annotations":{"a":""#.utf8) + data
        + Array(#""}},"stringData":{"p":"q"}}"#.utf8),
    ]
    for json in members {
      for packed in [Wrapping.gzip(json), Wrapping.zlib(json)] {
        let bytes = [UInt8](repeating: 0, count: 10) + packed + [UInt8](repeating: 0, count: 30)
        #expect(SecretTrace.first(in: unsafe bytes.span.bytes, from: 0..<bytes.count)?.range.lowerBound == 10)
      }
    }
    let reference = Array(#"{"a":""#.utf8) + data + Array(#"","kind":"Secret","name":"b"}"#.utf8)
    let bytes = Wrapping.gzip(reference)
    #expect(SecretTrace.first(in: unsafe bytes.span.bytes, from: 0..<bytes.count) == nil)
  }

  @Test func `a name that ends nowhere is work too`() {
    let packed = Array(repeatElement([0x1F, 0x8B, 8, 8] as [UInt8], count: 1000).joined())
    var examined = 0
    let begins = Unfolding(unsafe packed.span.bytes, at: 0, atMost: 1 << 20, examined: &examined) != nil
    #expect(!begins)
    #expect(examined >= packed.count - 10)
    // Each of a million heads looks at all that follow it: after the first few, there is nothing left to spend.
    let value = Array(repeatElement([0x1F, 0x8B, 8, 8] as [UInt8], count: 1 << 20).joined())
    #expect(SecretTrace.first(in: unsafe value.span.bytes, from: 0..<value.count) != nil)
  }

  @Test(arguments: units, [100, 1000, 10_000, 200_000])
  func `is bounded by its length`(unit: (name: String, bytes: [UInt8]), count: Int) {
    let text = Array(repeatElement(unit.bytes, count: count / unit.bytes.count + 1).joined()).prefix(count)
    var random = SeededGenerator(seed: 313)
    for start in [0, 12, 16, 24, 200] {
      let value = Stored.prefix(.secretbox, "key1") + random.bytes(start) + text + random.bytes(300)
      var examined = 0
      let classification = Classification(of: unsafe value.span.bytes, examined: &examined)
      let bound = 2 * CompressedStream.workLimit(forBytes: value.count) + 2 * value.count
      #expect(examined <= bound, "\(unit.name): \(Double(examined) / Double(value.count)) for each byte")
      if unit.name.hasPrefix("bombs"), start < 200 { #expect(classification.valueClass != .encrypted, "\(unit.name)") }
    }
  }
}
