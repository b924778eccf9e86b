import Testing

@testable import Reporting

@Suite("Text made printable")
struct PrintableTextTests {
  @Test(arguments: ["", "plain", "a b", "100%", "%0A", "naïve", "鍵", "🔑", "~!@#$^&*()\"'\\<>", "\u{A0}", "\u{FFFD}"])
  func `ordinary text stays as it is`(text: String) {
    #expect(PrintableText(text).description == text)
  }

  @Test func `all control characters are escaped`() throws {
    for value in Array(0x00...0x1F) + Array(0x7F...0x9F) {
      let scalar = try #require(Unicode.Scalar(UInt32(value)))
      let escaped = String(scalar).utf8.map { ($0 < 16 ? "%0" : "%") + String($0, radix: 16, uppercase: true) }
      #expect(PrintableText("a\(scalar)b").description == "a\(escaped.joined())b")
    }
  }

  @Test(
    arguments: [
      0x061C, 0x200B, 0x200D, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067,
      0x2068, 0x2069, 0xFEFF, 0xE0041,
    ])
  func `what reorders, breaks or hides text is escaped`(value: Int) throws {
    let scalar = try #require(Unicode.Scalar(UInt32(value)))
    #expect(PrintableText(String(scalar)).description.wholeMatch(of: /(%[0-9A-F]{2})+/) != nil)
  }

  @Test func `an escape that joins a character before it is not missed`() {
    #expect(PrintableText("e\u{301}\u{200D}\r\n").description == "e\u{301}%E2%80%8D%0D%0A")
  }
}
