import Foundation
import TestSupport
import Testing
import VerificationModel

@testable import HTMLReporting

/// Runs where Chromium is installed (package `chromium`).
@Suite("The page in a browser", .enabled(if: Browser.path != nil, "Chromium is not installed"))
struct BrowserTests {
  /// A script asks the page; the policy of the page itself would not let it run, so it is taken out of this copy.
  private static func instrumented(_ page: String, _ scripts: String) throws -> String {
    let policy = try #require(page.firstMatch(of: /<meta http-equiv="Content-Security-Policy"[^>]*>/))
    return page.replacing(policy.output, with: "").replacing("</body>", with: "\(scripts)</body>")
  }

  @Test(arguments: [360, 820, 1400])
  func `nothing is wider than the screen, and the verdict is on the first`(width: Int) async throws {
    let long = String(repeating: "W", count: 3_000) + " <b> " + String(repeating: "\u{5E9}", count: 3_000)
    for name in ["plain", long] {
      let script = """
        <script>parent.postMessage([document.documentElement.scrollWidth, innerWidth,
        Math.round(document.querySelector("h1").getBoundingClientRect().top)].join(" "), "*")</script>
        """
      let answer = try await Browser.answer(
        Self.instrumented(PageSample.page([PageSample.snapshot(naming: name)]), script), width: width)
      let numbers = answer.split(separator: " ").compactMap { Int($0) }
      try #require(numbers.count == 3, "\(answer)")
      #expect(numbers[1] == width)
      #expect(numbers[0] <= numbers[1])
      #expect(numbers[2] < 200)
    }
  }

  @Test func `the style sheet is allowed by the policy, and a script is not`() async throws {
    let page = try PageSample.page([PageSample.passing])
      .replacing("</body>", with: "<script>document.body.append('it ran')</script></body>")
    let dump = try await Browser.dump(page)
    #expect(dump.errors.contains("script-src"))
    #expect(!dump.errors.contains("style-src"))
    #expect(!dump.page.contains("it ran</"))
  }

  /// axe-core, where Python has it (`pip install axe-core-python`).
  @Test(.enabled(if: Browser.axe != nil, "axe-core is not installed"))
  func `axe finds nothing`() async throws {
    let axe = try String(contentsOfFile: try #require(Browser.axe), encoding: .utf8)
    for (name, page) in try PageSample.pages() {
      let script = """
        <script>\(axe.replacing("</script", with: "<\\/script"))</script>
        <script>document.querySelectorAll("details").forEach(d => d.open = true);
        axe.run().then(r => parent.postMessage("violations: " + r.violations.map(v => v.id + " " +
        v.nodes[0].html.slice(0, 80)).join("; ") + " passes: " + r.passes.length, "*"),
        e => parent.postMessage("failed: " + e, "*"))</script>
        """
      let answer = try await Browser.answer(Self.instrumented(page, script), width: 820)
      #expect(answer.hasPrefix("violations:  passes: "), "\(name): \(answer)")
    }
  }
}
