import EtcdStorage
import TestSupport
import Testing

@Suite("Values of bucket `key`")
struct KeyValueTests {
  private static let whole = EtcdWriter.KeyValue(
    key: Array("/registry/secrets/default/a".utf8), createRevision: 300, modRevision: 70_000, version: 3,
    value: [UInt8](repeating: 7, count: 300), lease: 0x694D_9E05_C521)

  @Test(
    "What etcd writes is read",
    arguments: [
      whole, EtcdWriter.KeyValue(key: []), EtcdWriter.KeyValue(key: [0, 0xFF]),
      EtcdWriter.KeyValue(key: [1], createRevision: .max, modRevision: .max, version: .max, value: [], lease: .max),
      EtcdWriter.KeyValue(key: [1], createRevision: -1, modRevision: .min, version: -2, value: [0], lease: .min),
    ])
  func roundTrip(_ keyValue: EtcdWriter.KeyValue) throws {
    #expect(try fields(of: keyValue.encoded) == keyValue)
  }

  @Test("Fields may come in any order", arguments: [[6, 5, 4, 3, 2, 1], [5, 1, 6, 2, 4, 3], [3, 6, 1, 4, 2, 5]])
  func order(_ numbers: [UInt64]) throws {
    var message = ProtobufWriter()
    for number in numbers { Self.write(number, to: &message) }
    #expect(try fields(of: message.bytes) == Self.whole)
  }

  @Test("Of a repeated field the last one counts", arguments: 1...6 as ClosedRange<UInt64>)
  func repeated(_ number: UInt64) throws {
    var message = ProtobufWriter()
    if number == 1 || number == 5 {
      message.bytes(number, Array("earlier".utf8))
    } else {
      message.varint(number, 99 as UInt64)
    }
    for number in 1...6 as ClosedRange<UInt64> { Self.write(number, to: &message) }
    #expect(try fields(of: message.bytes) == Self.whole)
  }

  @Test("A repeated field that is empty counts too")
  func repeatedEmpty() throws {
    var message = ProtobufWriter(keepsDefaults: true)
    message.bytes(5, [1, 2, 3])
    message.bytes(5, [])
    #expect(try fields(of: message.bytes).value == [])
  }

  @Test("Unknown fields are passed over")
  func unknown() throws {
    var message = ProtobufWriter()
    message.varint(7, 1 as UInt64)
    message.raw(Self.whole.encoded)
    message.bytes(1000, [1, 2, 3])
    message.raw(varint: 8 << 3 | 1)
    message.raw([UInt8](repeating: 0xFF, count: 8))
    message.raw(varint: 9 << 3 | 5)
    message.raw([UInt8](repeating: 0xFF, count: 4))
    #expect(try fields(of: message.bytes) == Self.whole)
  }

  @Test("A field of another wire type is refused", arguments: 1...6 as ClosedRange<UInt64>)
  func wireType(_ number: UInt64) {
    var message = ProtobufWriter()
    if number == 1 || number == 5 { message.varint(number, 1 as UInt64) } else { message.bytes(number, [1]) }
    let error = #expect(throws: EtcdError.self) { try fields(of: Self.whole.encoded + message.bytes) }
    #expect(error?.code == .keyValue)
    #expect(error?.cause?.code == .unexpectedWireType)
    #expect(error?.cause?.offset == Self.whole.encoded.count)
    #expect(error?.description.contains("unexpected-wire-type at byte \(Self.whole.encoded.count)") == true)
  }

  @Test("A message is cut off where a field ends, or refused")
  func truncation() throws {
    let bytes = Self.whole.encoded
    var message = ProtobufWriter()
    var borders: Set<Int> = [0]
    for number in 1...6 as ClosedRange<UInt64> {
      Self.write(number, to: &message)
      borders.insert(message.bytes.count)
    }
    for count in 0...bytes.count {
      let read = try? fields(of: Array(bytes.prefix(count)))
      #expect((read != nil) == borders.contains(count), "\(count) bytes")
    }
  }

  @Test("A length beyond the message is refused", arguments: [0x7F, 1 << 31, 1 << 62, .max] as [UInt64])
  func length(_ count: UInt64) {
    var message = ProtobufWriter()
    message.raw(varint: 5 << 3 | 2)
    message.raw(varint: count)
    let error = #expect(throws: EtcdError.self) { try fields(of: message.bytes) }
    #expect(error?.cause?.code == .truncated)
  }

  private static func write(_ number: UInt64, to message: inout ProtobufWriter) {
    switch number {
    case 1: message.bytes(1, whole.key)
    case 2: message.varint(2, whole.createRevision)
    case 3: message.varint(3, whole.modRevision)
    case 4: message.varint(4, whole.version)
    case 5: message.bytes(5, whole.value)
    default: message.varint(6, whole.lease)
    }
  }
}
