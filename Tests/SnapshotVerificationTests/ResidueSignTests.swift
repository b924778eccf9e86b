import TestSupport
import Testing

@testable import SnapshotReading

@Suite("Signs among bytes that no page owns")
struct ResidueSignTests {
  /// What is looked for begins with one of these.
  private static let heads: [(kind: ResidueSign.Kind, bytes: [UInt8])] = [
    (.row, [0x5F, 0, 0, 0, 0]), (.protobuf, Array("k8s\0\n".utf8)), (.object, Array("{\"kind\"".utf8)),
    (.object, Array("{\n  \"apiVersion\"".utf8)), (.object, Array("{ \"metadata\"".utf8)),
    (.object, Array("azhzAAo".utf8)), (.object, Array("apiVersion: ".utf8)), (.object, [0xD9, 0xD9, 0xF7, 0xA4]),
    (.secret, [0x1A, 0, 0x22, 0]), (.secret, Array("-----BEGIN ".utf8)), (.secret, Array("\"kind\":".utf8)),
    (.secret, Array("}\n".utf8)),
  ]

  private static func sign(
    _ choice: ResidueSign.Choice = .all, in bytes: [UInt8], from start: Int
  ) -> ResidueSign? {
    ResidueSign(choice, in: bytes.rawSpan, from: start)
  }

  @Test("One sign is found wherever it stands", arguments: heads.indices)
  func oneSign(index: Int) throws {
    let (kind, head) = Self.heads[index]
    let count = 900
    for start in [0, 1, 7, 255] {
      for place in start..<(count - head.count) {
        var bytes = [UInt8](repeating: 0xFF, count: count)
        bytes.replaceSubrange(place..<(place + head.count), with: head)
        let sign = try #require(Self.sign(in: bytes, from: start))
        try #require(sign.offset == place && sign.kind == kind, "at \(place) from \(start)")
        let asked = Self.sign(.rowsAndProtobuf, in: bytes, from: start)
        try #require(asked?.offset == (kind == .row || kind == .protobuf ? place : nil))
      }
    }
  }

  @Test("A sign is found although the bytes end with it")
  func cut() {
    for (kind, head) in Self.heads {
      for length in 2...head.count {
        for before in [0, 1, 40, 300] {
          let bytes = [UInt8](repeating: 0xFF, count: before) + head.prefix(length)
          let sign = Self.sign(in: bytes, from: 0)
          #expect(sign?.offset == before && sign?.kind == kind, "\(length) bytes of \(head) behind \(before)")
        }
      }
    }
  }

  @Test("Among random bytes, none is passed over")
  func random() throws {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<20 {
      var bytes = (0..<5000).map { _ in UInt8.random(in: 0...255, using: &generator) }
      var places: [Int] = []
      var place = Int.random(in: 0..<300, using: &generator)
      while place < bytes.count - 20 {
        let head = try #require(Self.heads.randomElement(using: &generator)).bytes
        bytes.replaceSubrange(place..<(place + head.count), with: head)
        places.append(place)
        place += head.count + Int.random(in: 0..<400, using: &generator)
      }
      var found: [Int] = []
      var start = 0
      while let sign = Self.sign(in: bytes, from: start) {
        found.append(sign.offset)
        start = sign.offset + 1
      }
      #expect(Set(found).isSuperset(of: places))
      #expect(found == found.sorted())
    }
  }

  @Test("Where nothing is left, nothing is found")
  func nothing() {
    let bytes: [UInt8] = [0x5F, 0, 0, 0, 0]
    for start in [4, 5, 9] { #expect(Self.sign(in: bytes, from: start) == nil) }
    #expect(Self.sign(in: [], from: 0) == nil)
  }
}
