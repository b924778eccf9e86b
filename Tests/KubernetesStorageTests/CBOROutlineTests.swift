import Foundation
import KubernetesStorage
import TestSupport
import Testing

@Suite("Outlines of CBOR")
struct CBOROutlineTests {
  /// A Secret with `data` alone.
  private static func keys(_ data: CBORValue) -> [SecretOutline.DataKey]? {
    let object = CBORValue.map([
      (.bytes("apiVersion"), .bytes("v1")), (.bytes("kind"), .bytes("Secret")), (.bytes("data"), data),
    ])
    return ObjectOutline(object.stored, .cbor)?.secret?.data
  }

  private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

  /// The first half and the second.
  private static func halves(_ text: String) -> [String] {
    let middle = text.index(text.startIndex, offsetBy: text.count / 2)
    return [String(text[..<middle]), "", String(text[middle...])]
  }

  /// The same Secret in every form.
  private static let forms: [[UInt8]] = [
    Stored.cborSecret,
    Stored.secret(string: CBORValue.text, data: { .text(base64($0)) }),
    Stored.secret(string: CBORValue.bytes, data: { .bytes(base64($0)) }),
    Stored.secret(string: CBORValue.text, data: { .tagged(22, .bytes($0)) }, map: CBORValue.indefiniteMap),
    Stored.secret(string: { .byteChunks(halves($0)) }, data: { .tagged(22, .byteChunks(halves($0))) }),
    Stored.secret(string: { .textChunks(halves($0)) }, data: { .textChunks(halves(base64($0))) }),
    Stored.secret(string: { .tagged(1 << 40, .text($0)) }, data: { .tagged(99, .tagged(23, .bytes($0))) }),
  ]

  @Test("A Secret in any form of CBOR has the outline that it has in protobuf", arguments: 0..<forms.count)
  func sameOutline(_ index: Int) throws {
    let protobuf = try #require(ObjectOutline(Stored.protobufSecret, .protobuf))
    #expect(ObjectOutline(Self.forms[index], .cbor) == protobuf)
    #expect(ObjectOutline(Self.forms[index] + [0x00, 0xFF, 0x20], .cbor) == protobuf)
    #expect(Classification(Self.forms[index]).encoding == .cbor)
  }

  @Test("No truncation has an outline", arguments: 0..<forms.count)
  func truncations(_ index: Int) {
    for count in 0..<Self.forms[index].count {
      #expect(ObjectOutline(Array(Self.forms[index].prefix(count)), .cbor) == nil)
    }
  }

  @Test("Sizes of data are those of the decoded bytes")
  func sizes() {
    let data = CBORValue.map([
      (.bytes("tagged"), .tagged(22, .bytes("QUJD"))), (.bytes("untagged"), .bytes("QUJD")),
      (.bytes("lines"), .bytes("QU\r\nI=")), (.bytes("not base64"), .bytes("correct horse")),
      (.bytes("short"), .bytes("app")), (.bytes("text"), .text("QQ==")), (.bytes("null"), .null),
      (.bytes("number"), .raw([0x18, 0x2A])), (.bytes("array"), .array([.text("QQ==")])),
      (.bytes("text"), .text("QUI=")),
    ])
    #expect(
      Self.keys(data) == [
        .init(name: "tagged", bytes: 4), .init(name: "untagged", bytes: 3), .init(name: "lines", bytes: 2),
        .init(name: "not base64", bytes: 13), .init(name: "short", bytes: 3), .init(name: "text", bytes: 2),
        .init(name: "null", bytes: 0),
      ])
    #expect(Self.keys(.array([.bytes("a"), .null])) == [])
    #expect(Self.keys(.null) == [])
  }

  @Test("Integers, floats, simple values and what nests are passed over")
  func otherItems() {
    let items: [[UInt8]] = [
      [0x17], [0x18, 0xFF], [0x19, 1, 0], [0x1B, 255, 255, 255, 255, 255, 255, 255, 255], [0x20], [0x3A, 1, 2, 3, 4],
      [0xE0], [0xF4], [0xF5], [0xF7], [0xF8, 0x20], [0xF9, 0x7E, 0], [0xFA, 1, 2, 3, 4],
      [0xFB, 1, 2, 3, 4, 5, 6, 7, 8],
    ]
    let nested = CBORValue.map([
      (.text("name"), .text("no")), (.text("data"), .map([(.text("no"), .indefiniteArray(items.map(CBORValue.raw)))])),
      (.text("namespace"), .array([.text("no"), .map([]), .indefiniteMap([])])),
    ])
    let object = CBORValue.map([
      (.text("spec"), nested), (.text("kind"), .text("Pod")),
      (.text("metadata"), .map([(.text("labels"), nested), (.text("name"), .text("yes"))])), (.text("status"), nested),
    ])
    let outline = ObjectOutline(object.stored, .cbor)
    #expect(outline?.kind == "Pod")
    #expect(outline?.name == "yes")
    #expect(outline?.namespace == "")
    #expect(outline?.secret == nil)
  }

  @Test("Names are cut at 1024 bytes and data keys at 1000")
  func limits() throws {
    let long = String(repeating: "n", count: 1023) + "é"
    #expect(Self.keys(.map([(.textChunks([long, long]), .null)]))?.first?.name == String(repeating: "n", count: 1023))
    let members = (0..<1001).map { (CBORValue.text("k\($0)"), CBORValue.null) }
    let object = CBORValue.map([
      (.text("apiVersion"), .text("v1")), (.text("kind"), .text("Secret")), (.text("data"), .map(members)),
    ])
    let secret = try #require(ObjectOutline(object.stored, .cbor)?.secret)
    #expect(secret.data.count == 1000)
    #expect(secret.isCut)
  }

  private static let damagedItems: [[UInt8]] = [
    [], [0x80], [0x60], [0xF6], [0x01], [0xFF], [0xBF], [0xA1, 0xFF], [0xA1, 0x61, 0x61, 0xFF],
    [0xBF, 0x61, 0x61, 0xFF], [0xA1, 0x01, 0x02], [0xA1, 0x80, 0x80], [0xA1, 0xF6, 0xF6], [0xA1, 0x61, 0x61, 0x1C],
    [0xA1, 0x61, 0x61, 0x1F], [0xA1, 0x61, 0x61, 0x3F], [0xA1, 0x61, 0x61, 0xDF], [0xA1, 0x61, 0x61, 0xF8, 0x1F],
    [0xA1, 0x61, 0x61, 0xFC], [0xA1, 0x61, 0x61, 0xC1, 0xFF], [0xA1, 0x61, 0x61, 0x5F, 0x61, 0x61, 0xFF],
    [0xA1, 0x61, 0x61, 0x7F, 0x7F, 0xFF, 0xFF], [0xA1, 0x61, 0x61, 0x5F, 0x41, 0x61], [0xA1, 0x61, 0x61, 0x9F, 0x01],
  ]

  @Test("What is no CBOR of an object has no outline", arguments: damagedItems)
  func damaged(_ bytes: [UInt8]) {
    #expect(ObjectOutline([0xD9, 0xD9, 0xF7] + bytes, .cbor) == nil)
  }

  @Test("Lengths beyond the end are refused", arguments: [0x5B, 0x7B, 0x9B, 0xBB] as [UInt8])
  func hugeLengths(_ head: UInt8) {
    let lengths: [UInt64] = [.max, .max / 2 + 1, .max / 2, 1 << 62, 1 << 32, 1000]
    for length in lengths {
      var item = [head]
      for shift: UInt64 in [56, 48, 40, 32, 24, 16, 8, 0] {
        item.append(UInt8(truncatingIfNeeded: length >> shift))
      }
      item += [UInt8](repeating: 0x60, count: 64)
      #expect(ObjectOutline([0xD9, 0xD9, 0xF7] + item, .cbor) == nil)
      #expect(ObjectOutline([0xD9, 0xD9, 0xF7, 0xA1, 0x61, 0x61] + item, .cbor) == nil)
      #expect(ObjectOutline([0xD9, 0xD9, 0xF7, 0xA1, 0x61, 0x61, 0x5F] + item, .cbor) == nil)
    }
  }

  @Test("Up to 128 containers may lie inside each other", arguments: [0x81, 0x9F] as [UInt8])
  func depth(_ head: UInt8) {
    for count in [127, 128, 100_000] {
      var bytes: [UInt8] = [0xD9, 0xD9, 0xF7, 0xA1, 0x61, 0x61]
      bytes += [UInt8](repeating: head, count: count)
      bytes.append(0x01)
      if head == 0x9F { bytes += [UInt8](repeating: 0xFF, count: count) }
      #expect((ObjectOutline(bytes, .cbor) != nil) == (count == 127))
    }
  }

  @Test("100,000 tags or chunks are read one by one")
  func longChains() {
    let tags = [UInt8](repeating: 0xC1, count: 100_000)
    #expect(ObjectOutline([0xD9, 0xD9, 0xF7, 0xA1, 0x61, 0x61] + tags + [0x01], .cbor) != nil)
    #expect(ObjectOutline(tags, .cbor) == nil)
    let chunks = CBORValue.byteChunks([String](repeating: "", count: 100_000) + ["QQ=="])
    #expect(Self.keys(.map([(.text("k"), chunks)])) == [.init(name: "k", bytes: 1)])
  }

  @Test("Random bytes behind the tag are no trap")
  func randomBytes() {
    var random = SeededGenerator(seed: 55799)
    for round in 0..<20_000 {
      var bytes = random.bytes(1 + round % 96)
      if round % 2 == 0 { bytes[0] = 0xA0 | bytes[0] & 0x1F }
      _ = ObjectOutline([0xD9, 0xD9, 0xF7] + bytes, .cbor)
      var changed = Stored.cborSecret
      changed[3 + Int(random.next() % UInt64(changed.count - 3))] = UInt8(truncatingIfNeeded: random.next())
      #expect((ObjectOutline(changed, .cbor)?.secret?.data.count ?? 0) <= 5)
    }
  }
}
