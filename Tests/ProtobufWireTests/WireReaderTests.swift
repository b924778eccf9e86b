import ProtobufWire
import TestSupport
import Testing

@Suite("Protobuf fields")
struct WireReaderTests {
  private static func fields(_ message: [UInt8]) throws(WireError) -> [WireField] {
    var reader = WireReader(unsafe message.span.bytes)
    var fields: [WireField] = []
    while let field = try reader.next() { fields.append(field) }
    return fields
  }

  private static func error(_ message: [UInt8]) -> WireError? {
    do throws(WireError) {
      _ = try fields(message)
      return nil
    } catch {
      return error
    }
  }

  @Test("The empty message has no fields")
  func empty() throws {
    #expect(try Self.fields([]).isEmpty)
  }

  @Test("Every wire type")
  func wireTypes() throws {
    let message: [UInt8] = [
      0x08, 0x96, 0x01,
      0x11, 1, 2, 3, 4, 5, 6, 7, 8,
      0x1A, 0x02, 0x68, 0x69,
      0x25, 9, 8, 7, 6,
      0x2A, 0x00,
    ]
    #expect(
      try Self.fields(message) == [
        WireField(number: 1, offset: 0, payload: .varint(150)),
        WireField(number: 2, offset: 3, payload: .fixed(4..<12)),
        WireField(number: 3, offset: 12, payload: .bytes(14..<16)),
        WireField(number: 4, offset: 16, payload: .fixed(17..<21)),
        WireField(number: 5, offset: 21, payload: .bytes(23..<23)),
      ])
  }

  @Test(
    "Numbers come back as they were written",
    arguments: [0, 1, 127, 128, 16_383, 16_384, 1 << 32, 1 << 62, 1 << 63, UInt64.max])
  func varints(_ number: UInt64) throws {
    var writer = ProtobufWriter(keepsDefaults: true)
    writer.varint(7, number)
    #expect(try Self.fields(writer.bytes) == [WireField(number: 7, offset: 0, payload: .varint(number))])
  }

  @Test("Field numbers from 1 to 2^29 − 1", arguments: [1, 15, 16, 2047, 2048, (1 << 29) - 1])
  func fieldNumbers(_ number: UInt64) throws {
    var writer = ProtobufWriter()
    writer.bytes(number, [1])
    #expect(try Self.fields(writer.bytes).map(\.number) == [UInt32(number)])
  }

  @Test("Field numbers beyond", arguments: [0, 1 << 29, 1 << 40, (1 << 61) - 1])
  func invalidFieldNumbers(_ number: UInt64) {
    var writer = ProtobufWriter()
    writer.varint(1, UInt64(1))
    writer.bytes(number, [1])
    #expect(Self.error(writer.bytes) == WireError(.invalidFieldNumber, at: 2))
  }

  @Test("Varints longer than they need be are read, ten bytes at most")
  func longVarints() throws {
    for count in 0...8 {
      let padded = [0x81] + [UInt8](repeating: 0x80, count: count) + [0x00]
      #expect(try Self.fields([0x08] + padded).map(\.payload) == [.varint(1)])
    }
    #expect(Self.error([0x08, 0x81] + [UInt8](repeating: 0x80, count: 9) + [0x00])?.code == .varintOverflow)
    let greatest = [UInt8](repeating: 0xFF, count: 9) + [0x01]
    #expect(try Self.fields([0x08] + greatest).map(\.payload) == [.varint(.max)])
  }

  @Test("Varints of more than 64 bits overflow", arguments: UInt8(2)...255)
  func overflow(_ tenth: UInt8) {
    let bytes = [0x08] + [UInt8](repeating: 0xFF, count: 9) + [tenth, 0x00]
    #expect(Self.error(bytes) == WireError(.varintOverflow, at: 1))
  }

  @Test("Groups and undefined wire types are refused", arguments: [3, 4, 6, 7] as [UInt8])
  func unsupported(_ wireType: UInt8) {
    #expect(Self.error([0x08, 0x01, 0x08 | wireType, 0x00]) == WireError(.unsupportedWireType, at: 2))
  }

  @Test("A length beyond the end of the message", arguments: [3, 127, 128, 1 << 31, 1 << 62, 1 << 63, UInt64.max])
  func lengthBeyondEnd(_ length: UInt64) {
    var writer = ProtobufWriter()
    writer.raw([0x0A])
    writer.raw(varint: length)
    writer.raw([1, 2])
    #expect(Self.error(writer.bytes) == WireError(.truncated, at: 1))
  }

  @Test("Every truncation is found, but for those between fields")
  func truncations() throws {
    let message: [UInt8] = [
      0x08, 0x96, 0x01, 0x11, 1, 2, 3, 4, 5, 6, 7, 8, 0x1A, 0x02, 0x68, 0x69, 0x25, 9, 8, 7, 6, 0x80, 0x01, 0x05,
    ]
    let boundaries = try Self.fields(message).map(\.offset) + [message.count]
    for count in 0...message.count {
      let cut = Array(message.prefix(count))
      #expect(Self.error(cut)?.code == (boundaries.contains(count) ? nil : .truncated), "\(count)")
    }
  }

  @Test("A known field of another wire type is an error that names the field")
  func unexpectedWireType() throws {
    let fields = try Self.fields([0x08, 0x01, 0x12, 0x00, 0x1D, 1, 2, 3, 4])
    #expect(try fields[0].varint() == 1)
    #expect(try fields[1].bytes() == 4..<4)
    #expect(throws: WireError(.unexpectedWireType, at: 0)) { try fields[0].bytes() }
    #expect(throws: WireError(.unexpectedWireType, at: 2)) { try fields[1].varint() }
    #expect(throws: WireError(.unexpectedWireType, at: 4)) { try fields[2].bytes() }
    #expect(throws: WireError(.unexpectedWireType, at: 4)) { try fields[2].varint() }
  }

  @Test("Random bytes end in fields or an error, and payloads lie inside the message in order")
  func randomBytes() {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<20_000 {
      let message = random.bytes(Int.random(in: 0...64, using: &random))
      guard let fields = try? Self.fields(message) else { continue }
      var end = 0
      for field in fields {
        #expect(field.offset == end || field.offset > end)
        switch field.payload {
        case .varint: end = field.offset + 2
        case .fixed(let range), .bytes(let range):
          #expect(range.lowerBound > field.offset && range.upperBound <= message.count)
          end = range.upperBound
        }
      }
    }
  }

  @Test("Random messages come back as they were written")
  func roundTrip() throws {
    var random = SeededGenerator(seed: 2)
    for _ in 0..<500 {
      var writer = ProtobufWriter(keepsDefaults: true)
      var expected: [WireField] = []
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        let number = UInt32.random(in: 1...0x1FFF_FFFF, using: &random)
        let offset = writer.bytes.count
        if Bool.random(using: &random) {
          let value = random.next() >> UInt64.random(in: 0...63, using: &random)
          writer.varint(UInt64(number), value)
          expected.append(WireField(number: number, offset: offset, payload: .varint(value)))
        } else {
          let bytes = random.bytes(Int.random(in: 0...300, using: &random))
          writer.bytes(UInt64(number), bytes)
          let end = writer.bytes.count
          expected.append(WireField(number: number, offset: offset, payload: .bytes((end - bytes.count)..<end)))
        }
      }
      #expect(try Self.fields(writer.bytes) == expected)
    }
  }
}
