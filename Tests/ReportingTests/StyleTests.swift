import Testing
import VerificationModel

@testable import Reporting

@Suite("Color with meaning")
struct StyleTests {
  private let style = Style(color: true)

  @Test func `every severity has its own`() {
    let drawn = Severity.allCases.map { style.severity($0, "x") }
    #expect(Set(drawn).count == drawn.count)
    #expect(style.severity(.critical, "x") == "\u{1B}[1;31mx\u{1B}[0m")
    #expect(style.severity(.high, "x") == "\u{1B}[31mx\u{1B}[0m")
    #expect(style.severity(.medium, "x") == "\u{1B}[33mx\u{1B}[0m")
  }

  @Test func `without color nothing is added`() {
    let style = Style(color: false)
    #expect(Severity.allCases.allSatisfy { style.severity($0, "x") == "x" })
    #expect([.good, .bad, nil].allSatisfy { style.tone($0, "x") == "x" })
    #expect(style.bold("x") + style.dim("x") + style.verdict(.error, "x") == "xxx")
  }

  @Test func `cells in a tone are measured without it`() {
    let table = Table(
      alignment: .right, rows: [.heading(["key", "n", "m"]), .cells(["a", "10", "1"], tones: [1: .bad, 2: .good])])
    #expect(
      table.lines(style) == [
        "\u{1B}[1mkey   n  m\u{1B}[0m", "a    \u{1B}[31m10\u{1B}[0m  \u{1B}[32m1\u{1B}[0m",
      ])
  }

  @Test func `of the counts, what is plaintext is red, and green what is encrypted throughout`() {
    let resource = SnapshotReport.ResourceSummary(
      resource: "secrets", prefix: Sample.mixed.prefixes[0],
      live: Sample.counts(plaintext: 3, encrypted: 4, malformed: 5),
      history: Sample.counts(encrypted: 6))
    let lines = LayerTable(resources: [resource], layers: [.live, .history]).lines(style)
    #expect(
      lines[1].hasSuffix("  12          4          \u{1B}[31m3\u{1B}[0m          \u{1B}[31m5\u{1B}[0m"), "\(lines[1])")
    #expect(lines[2].hasSuffix("   6          \u{1B}[32m6\u{1B}[0m          0          0"), "\(lines[2])")
  }

  @Test func `findings are headed by their severity`() {
    let report = TextReport(color: true).render(Sample.mixed, policy: Policy.rows())
    #expect(report.contains("\n\u{1B}[1;31mCRITICAL\u{1B}[0m\u{1B}[1m  plaintext-live (2)\u{1B}[0m\n"))
    #expect(report.contains("\n\u{1B}[34mLOW\u{1B}[0m\u{1B}[1m  trailing-data (1)\u{1B}[0m\n"))
  }
}
