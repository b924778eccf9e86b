import Testing

@testable import Reporting

@Suite("Columns and lines")
struct LayoutTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("naïve", 5), ("鍵", 2), ("ｶﾅ", 2), ("ＡＢ", 4), ("한글", 4), ("🔑", 2), ("…", 1), ("a鍵b", 4),
  ])
  func `wide characters take two columns`(text: String, columns: Int) {
    #expect(text.columns == columns)
  }

  @Test func `eliding keeps within the columns`() {
    #expect("backup.db".elidedAtStart(to: 9) == "backup.db")
    #expect("/a/backup.db".elidedAtStart(to: 10) == "…backup.db")
    #expect("abcdefghij".elidedInMiddle(to: 7) == "abc…hij")
    #expect("abcdefghij".elidedInMiddle(to: 10) == "abcdefghij")
    for width in 1...12 {
      #expect("鍵鍵鍵鍵鍵鍵鍵".elidedInMiddle(to: width).columns <= width)
      #expect("鍵鍵鍵鍵鍵鍵鍵".elidedAtStart(to: width).columns <= width)
    }
  }

  @Test func `lines break between words`() {
    #expect("one two three".words.wrapped(to: 9) == ["one two", "three"])
    #expect("one two three".words.wrapped(to: 9, after: 4, indent: 2) == ["one", "  two", "  three"])
    #expect("one  two".words.wrapped(to: 80) == ["one  two"])
    #expect("".words.wrapped(to: 9) == [""])
  }

  @Test func `a word longer than a line is broken`() {
    #expect(["abcdefgh"].wrapped(to: 3) == ["abc", "def", "gh"])
    #expect(["x", "abcdefgh"].wrapped(to: 4, indent: 1) == ["x", " abc", " def", " gh"])
    #expect(["鍵鍵鍵"].wrapped(to: 5) == ["鍵鍵", "鍵"])
  }

  @Test func `words of any length take linear time, and lose nothing`() {
    for word in [String(repeating: "n", count: 500_000), String(repeating: "é鍵", count: 100_000)] {
      var lines: [String] = []
      let time = ContinuousClock().measure { lines = ["x", word].wrapped(to: 80, indent: 4) }
      #expect(time < .seconds(20))
      #expect(lines.map { $0.drop { $0 == " " } }.joined() == "x" + word)
      #expect(lines.allSatisfy { $0.columns <= 80 })
    }
    #expect(["鍵鍵"].wrapped(to: 1) == ["", "鍵", "鍵"], "what is wider than a line is not broken")
  }

  @Test func `names up to 4096 columns are whole, longer ones lose their middle`() {
    let name = String(repeating: "n", count: 4096)
    #expect(name.boundedName == name)
    #expect("a\(name)z".boundedName.columns == 4096)
    #expect("a\(name)z".boundedName.hasPrefix("an"))
    #expect("a\(name)z".boundedName.hasSuffix("nz"))
  }

  @Test func `phrases are not broken`() {
    #expect(["see", "a (1 b),", "c (2 d)"].wrapped(to: 12) == ["see a (1 b),", "c (2 d)"])
  }

  @Test(arguments: [
    (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c"), ([], ""),
  ])
  func `lists read like sentences`(items: [String], text: String) {
    #expect(items.listed == text)
  }

  @Test func `tables align cells, and measure no notes`() {
    let table = Table(
      alignment: .right,
      rows: [.heading(["key", "n"]), .cells(["鍵", "10"]), .note("a note that is wide"), .cells(["b", "5"])])
    #expect(table.lines(Style(color: false)) == ["key   n", "鍵   10", "a note that is wide", "b     5"])
  }
}
