import Foundation
import KubernetesStorage
import TestSupport
import Testing

@Suite("Outlines of base64 of protobuf")
struct Base64OutlineTests {
  private static func base64(_ bytes: [UInt8]) -> [UInt8] { Array(Data(bytes).base64EncodedString().utf8) }

  @Test("Base64 has the outline of what it stands for", arguments: 0..<6)
  func sameOutline(_ count: Int) throws {
    let raw = Stored.secretMessage(
      name: String(repeating: "n", count: count + 1), data: [("k", [UInt8](repeating: 0xFF, count: count))])
    let value = Stored.protobuf(raw: raw)
    let outline = try #require(ObjectOutline(value, .protobuf))
    #expect(outline.secret?.data == [.init(name: "k", bytes: count)])
    for end in ["", "\n", "\r\n", "\0\0", " "] {
      #expect(ObjectOutline(Self.base64(value) + Array(end.utf8), .base64Protobuf) == outline)
    }
  }

  @Test("Every digit is decoded")
  func digits() throws {
    let name = String(decoding: UInt8(0x20)...0x7E, as: UTF8.self) + "éÿ\u{10FFFF}"
    let value = Stored.protobuf(raw: Stored.secretMessage(name: name, data: []))
    #expect(ObjectOutline(Self.base64(value), .base64Protobuf)?.name == name)
  }

  @Test("A truncation has no more than the whole")
  func truncations() {
    let whole = Self.base64(Stored.protobufSecret)
    for count in 0..<whole.count {
      let outline = ObjectOutline(Array(whole.prefix(count)), .base64Protobuf)
      #expect(outline == nil || outline == ObjectOutline(Stored.protobufSecret, .protobuf))
    }
  }

  @Test(
    "What is no base64 of protobuf has no outline",
    arguments: ["", "=", "azhz", "azhzAA==", "e30=", "azhzAA-_", "\n"])
  func unreadable(_ text: String) {
    #expect(ObjectOutline(Array(text.utf8), .base64Protobuf) == nil)
  }

  @Test("Random digits are no trap")
  func randomDigits() {
    var random = SeededGenerator(seed: 64)
    for round in 0..<2_000 {
      _ = ObjectOutline(Self.base64(Array("k8s\0".utf8) + random.bytes(round % 90)), .base64Protobuf)
    }
  }
}
