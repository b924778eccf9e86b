import Testing
import VerificationModel

@testable import HTMLReporting

@Suite("Names chosen by an attacker are text, and nothing else")
struct HostileMarkupTests {
  static let names = [
    "<script>alert(1)</script>", "</style><script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
    "{{mustache}}", "{{{style}}}", "{{#parts}}", "{{>head}}", "&lt;b&gt;", "&#60;script&#62;", "]]>", "<!--", "-->",
    "=cmd()", "javascript:alert(1)",
    // A quotation mark or a bracket with an accent on it is one character to Swift, and two to a browser.
    "\"\u{301} onload=alert(1) x=\"\u{301}", "<\u{338}script>", "'\u{301}x",
    // Escape sequences, bidirectional controls, line separators, invisible characters, and what was invalid UTF-8.
    "\u{1B}[31m\u{9B}2J", "a\u{202E}b\u{2066}c\u{2069}", "a\u{2028}b\r\nc\u{0}d", "\u{200B}\u{FEFF}\u{E0041}",
    String(decoding: [0xFF, 0xFE, 0x3C, 0xC3, 0x28], as: UTF8.self), "\u{FFFE}\u{FFFF}",
    "Z" + String(repeating: "\u{336}\u{489}", count: 400), "\u{5E9}\u{5DC}\u{5D5}\u{5DD}",
    String(repeating: "W", count: 32 << 10), String(repeating: "<\"'&", count: 8 << 10),
  ]

  @Test(arguments: names)
  func `no name changes an element or an attribute`(name: String) throws {
    let harmless = try ParsedPage(PageSample.page(naming: "plain")).structure
    let page = try PageSample.page(naming: name)
    let parsed = try ParsedPage(page)
    #expect(parsed.structure == harmless)
    #expect(AccessibilityCheck(parsed).faults == [])
    #expect(parsed.all("script").isEmpty)
    let active = page.unicodeScalars.filter {
      $0 != "\n" && [.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
    }
    #expect(active.isEmpty)
  }

  @Test func `a name is shown as it is`() throws {
    for name in Self.names.prefix(16) {
      let parsed = try ParsedPage(PageSample.page(naming: name))
      #expect(parsed.elements.contains { $0.name == "b" && $0.text == name }, "\(name)")
    }
  }

  @Test func `of a name of 32 KiB the first screen shows the ends`() throws {
    let name = String(repeating: "W", count: 32 << 10)
    let parsed = try ParsedPage(PageSample.page(naming: name))
    #expect(try #require(parsed.first(ofClass: "file")).wholeText.count == SnapshotPart.pathColumns)
    #expect(try #require(parsed.all("title").first).text.count < 100)
  }
}
