import EtcdStorage
import TestSupport
import Testing

@Suite("Where key and value lie in values of bucket `key`")
struct KeyValueLayoutTests {
  private static let leases: [Int64] = [0, 1, 127, 128, 1 << 20, 0x694D_9E05_C521, .max, -1]
  private static let numbers: [Int64] = [0, 1, 127, 128, 20_000, 1 << 21, 1 << 40, .max, -1]

  @Test("The layout is what the general reader finds", arguments: numbers, leases)
  func asWritten(_ number: Int64, _ lease: Int64) throws {
    for valueBytes in [0, 1, 7, 8, 9, 127, 128, 20_000] {
      for keyBytes in [0, 1, 8, 127, 128, 300] {
        let message = EtcdWriter.KeyValue(
          key: [UInt8](repeating: 0x10, count: keyBytes), createRevision: number, modRevision: number,
          version: number, value: [UInt8](repeating: 0x30, count: valueBytes), lease: lease
        ).encoded
        try expectSameLayout(message)
      }
    }
  }

  @Test("So it is in damaged messages", arguments: 0..<64 as Range<UInt64>)
  func damaged(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<400 {
      var message = EtcdWriter.KeyValue(
        key: random.bytes(Int.random(in: 0...40, using: &random)),
        createRevision: Self.numbers.randomElement(using: &random) ?? 0,
        modRevision: Self.numbers.randomElement(using: &random) ?? 0,
        version: Self.numbers.randomElement(using: &random) ?? 0,
        value: random.bytes(Int.random(in: 0...40, using: &random)),
        lease: Self.leases.randomElement(using: &random) ?? 0
      ).encoded
      for _ in 0...Int.random(in: 0...2, using: &random) where !message.isEmpty {
        let position = Int.random(in: message.indices, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: message[position] = UInt8.random(in: .min ... .max, using: &random)
        case 1: message.removeSubrange(position...)
        case 2: message.insert(UInt8.random(in: .min ... .max, using: &random), at: position)
        default: message += message[position...]
        }
      }
      try expectSameLayout(message)
    }
  }

  private func expectSameLayout(_ message: [UInt8]) throws {
    let bytes = unsafe message.span.bytes
    let layout = KeyValueLayout(of: bytes)
    guard let keyValue = try? KeyValue(decoding: bytes) else {
      #expect(layout == nil, "\(message)")
      return
    }
    let found = try #require(layout, "\(message)")
    #expect(Array(message[found.keyRange]) == Array(message[keyValue.keyRange]), "\(message)")
    #expect(Array(message[found.valueRange]) == Array(message[keyValue.valueRange]), "\(message)")
    #expect(found.version == keyValue.version, "\(message)")
    #expect(found.isAsWritten == keyValue.isAsWritten, "\(message)")
    let written = EtcdWriter.KeyValue(
      key: Array(message[keyValue.keyRange]), createRevision: keyValue.createRevision,
      modRevision: keyValue.modRevision, version: keyValue.version, value: Array(message[keyValue.valueRange]),
      lease: keyValue.lease)
    #expect(found.isAsWritten == (written.encoded == message), "\(message)")
  }
}
