import Reporting
import Testing
import VerificationModel

@testable import HTMLReporting

@Suite("The report as a page of HTML")
struct HTMLReportTests {
  /// White space as a browser shows it.
  private func shown(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test func `the first heading is the first line of the text report, without the path`() throws {
    for snapshot in [PageSample.passing, PageSample.snapshot(naming: "backup.db"), PageSample.unreadable] {
      let page = try ParsedPage(PageSample.page([snapshot]))
      let line = TextReport(isQuiet: true, width: .max).render(snapshot, policy: Policy())
      let heading = shown(try #require(page.all("h1").first).wholeText)
      let notes = page.first(ofClass: "notes").map { " " + shown($0.wholeText) } ?? ""
      #expect(shown(line).replacing(" \(snapshot.name) ", with: " ") == heading + notes)
      #expect(page.all("h1").count == 1)
    }
  }

  @Test func `several snapshots have a table before their parts, in their order`() throws {
    let page = try ParsedPage(PageSample.page([PageSample.passing, PageSample.snapshot(naming: "b")]))
    #expect(shown(page.all("h1")[0].wholeText) == "ERROR 2 snapshots: 1 passed, 1 could not be verified")
    let ids = Set(page.elements.compactMap { $0.attributes["id"] })
    #expect(ids.isSuperset(of: ["s1-verdict", "s2-verdict", "s1-evidence", "s2-findings", "call"]))
    #expect(!ids.contains("s1-findings"))
    let verdicts = page.elements.filter { $0.attributes["class"] == "verdict pass" }
    #expect(verdicts.map(\.text) == ["PASS", "PASS"])
  }

  @Test func `every part says what it is about`() throws {
    let text = try #require(ParsedPage(PageSample.page(naming: "needle")).all("main").first).wholeText
    for words in [
      "9 encrypted", "2 in plaintext", "1 in a malformed envelope", "3 in plaintext", "plaintext-live",
      "What it means", Rule.plaintextLive.details.meaning, "page 7, offset 28772",
      "Accepted by needle until needle: needle",
      "1 needle in 1 namespace can be read from this file", "9 live", "3 old", "key id needle",
      "revision 9001, compacted up to 8000", "member 8e9e",
      "atrest needle needle", "--fail-on high", "took 1.234 seconds", "2026-09-21T14:13:20Z",
      "a symbolic link, not followed",
    ] {
      #expect(text.contains(words), "\(words)")
    }
  }

  @Test func `what was not examined is told in its place`() throws {
    let policy = Policy(layers: [.live], hash: .skipped)
    var snapshot = PageSample.passing
    snapshot.file.hash = .skipped
    let text = try #require(ParsedPage(PageSample.page([snapshot], policy)).all("main").first).wholeText
    #expect(shown(text).contains("history residue other buckets"))
    #expect(text.contains("the SHA-256"))
  }

  @Test func `of many findings the first are in sight, and all are there`() throws {
    var snapshot = PageSample.snapshot(naming: "x")
    snapshot.findings = Array(repeating: snapshot.findings[0], count: 2_345)
    snapshot.findingCounts = [.plaintextLive: 5_000]
    let page = try ParsedPage(PageSample.page([snapshot]))
    let captions = page.all("caption").map(\.wholeText).filter { $0.contains("findings of") }
    #expect(
      captions == [
        "The first 100 of 2345 findings of plaintext-live", "The findings of plaintext-live from 101 to 1100",
        "The findings of plaintext-live from 1101 to 2100", "The findings of plaintext-live from 2101 to 2345",
      ])
    #expect(page.elements.count { $0.name == "td" && $0.text == "revision 42" } == 2_346)
    #expect(page.elements.contains { $0.text.hasPrefix("… and 2655 more") })
  }

  @Test func `templates hold names in three braces alone, for what fills them is escaped before`() {
    for template in PageTemplate.allCases {
      let tags = template.text.matches(of: /\{\{([^}]*)\}\}/).map { String($0.output.1) }
      #expect(tags.allSatisfy { $0.hasPrefix("{") || $0.hasPrefix("#") || $0.hasPrefix("/") }, "\(template)")
      #expect(!template.text.contains("{{&"))
    }
  }

  @Test func `it is written piece by piece`() throws {
    var snapshot = PageSample.snapshot(naming: "x")
    snapshot.findings = Array(repeating: snapshot.findings[0], count: 20_000)
    snapshot.findingCounts = [.plaintextLive: 20_000]
    var longest = 0
    var count = 0
    let report = Report(policy: Policy(), snapshots: [snapshot])
    try HTMLReport().end(report, invocation: PageSample.invocation, duration: .seconds(1)) {
      (longest, count) = (max(longest, $0.utf8.count), count + 1)
    }
    #expect(longest < 128 << 10)
    #expect(count > 20)
  }
}
