import Foundation
import Testing

@testable import HTMLReporting

@Suite("The page is for everybody")
struct AccessibilityTests {
  @Test func `no page has a fault that its markup shows`() throws {
    for (name, page) in try PageSample.pages() {
      #expect(AccessibilityCheck(try ParsedPage(page)).faults == [], "\(name)")
    }
  }

  @Test func `the check finds what it looks for`() throws {
    let page = try PageSample.page(naming: "plain")
    let spoilt: [(text: String, other: String)] = [
      ("lang=\"en\"", "x=\"en\""), (">The three layers</h2>", ">The three layers</h2><h4>x</h4>"),
      ("id=\"layers\"", "id=\"pages\""), ("href=\"#layers\"", "href=\"https://x\""), ("scope=\"row\"", "x=\"row\""),
      ("<caption>", "<colgroup/><caption hidden=\"\"/><caption>"), ("role=\"img\"", "x=\"img\""),
      ("<footer>", "<footer onclick=\"x\">"), ("<footer>", "<script/><footer>"), ("<footer>", "<footer style=\"x\">"),
      ("<nav aria-label", "<nav x"), ("<h1", "<h1/><h1"), ("<summary>", "<summary/><summary>"),
    ]
    for (text, other) in spoilt {
      try #require(page.contains(text))
      let faults = AccessibilityCheck(try ParsedPage(page.replacing(text, with: other, maxReplacements: 1))).faults
      #expect(!faults.isEmpty, "\(text)")
    }
  }

  @Test func `the policy allows the style sheet and nothing else`() throws {
    let page = try ParsedPage(PageSample.page([PageSample.passing]))
    let policy = page.all("meta").first { $0.attributes["http-equiv"] == "Content-Security-Policy" }
    #expect(
      policy?.attributes["content"]
        == "default-src 'none'; style-src '\(StyleSheet.digest)'; base-uri 'none'; form-action 'none'")
    #expect(page.all("style").map(\.text) == [StyleSheet.text])
    #expect(!StyleSheet.text.contains("url(") && !StyleSheet.text.contains("@import"))
    #expect(!StyleSheet.text.contains { "<&".contains($0) })
  }

  /// Text on what it stands on, by the names that the style sheet has for colors: WCAG 2.2, 1.4.3, asks for 4.5.
  @Test(arguments: ColorScheme.allCases)
  func `text can be told from what it stands on`(scheme: ColorScheme) throws {
    let colors = try scheme.colors()
    let texts = ["ink", "quiet", "good", "bad", "warn", "note", "link"]
    for text in texts {
      for ground in ["page", "panel"] { #expect(try colors.contrast(text, ground) >= 4.5, "\(text) on \(ground)") }
    }
    for (text, ground) in [
      ("good", "good-soft"), ("bad", "bad-soft"), ("warn", "warn-soft"), ("note", "note-soft"), ("ink", "code"),
    ] {
      #expect(try colors.contrast(text, ground) >= 4.5, "\(text) on \(ground)")
    }
  }

  /// WCAG 2.2, 1.4.11, asks for 3 where a color tells something.
  @Test(arguments: ColorScheme.allCases)
  func `what is alarming in a picture can be told from what it stands on`(scheme: ColorScheme) throws {
    let colors = try scheme.colors()
    for fill in ["bad-fill", "bad-deep", "good-fill"] {
      #expect(try colors.contrast(fill, "panel") >= 3, "\(fill)")
    }
  }
}
