import Testing

@testable import Reporting

@Suite("Columns of a terminal")
struct ColumnTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("naïve", 5), ("…", 1), ("пароль", 6), ("κλειδί", 6),
    // Wide and fullwidth East Asian characters, and halfwidth ones.
    ("鍵", 2), ("a鍵b", 4), ("ＡＢ", 4), ("かぎ", 4), ("ｶﾅ", 2), ("한글", 4), ("〈鍵〉", 6), ("𠮷", 2), ("䷀", 2),
    // Hangul in letters: initial, vowel, final.
    ("\u{1112}\u{1161}\u{11AB}", 2), ("\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}", 4), ("\u{1112}", 2),
    // Marks that join the character before them.
    ("e\u{301}", 1), ("cafe\u{301}s", 5), ("a\u{20DD}", 1), ("が", 2), ("か\u{3099}", 2), ("ぎ\u{302A}", 2),
    ("שָׁלוֹם", 4), ("ที่นี่", 2), ("x\u{E0100}", 1),
    // Devanagari: vowels above and below the line take nothing, those beside it a column, like each consonant.
    ("कुंजी", 3), ("क\u{94D}ष", 2), ("स\u{94D}त\u{94D}र\u{940}", 4),
    // Emoji, by themselves and in sequences.
    ("🔑", 2), ("⌚", 2), ("❤", 1), ("❤\u{FE0F}", 2), ("1\u{FE0F}\u{20E3}", 2), ("👍🏽", 2), ("🏽", 2),
    ("👩\u{200D}👩", 2 + 2), ("🇩🇪", 2), ("🇩🇪🇫🇷", 4), ("🇩", 1), ("1", 1), ("1\u{20E3}", 1), ("a\u{FE0F}", 1),
    // A mark with nothing to join.
    ("\u{301}", 1), ("\u{1161}", 1),
  ])
  func `every character takes what terminals give it`(text: String, columns: Int) {
    #expect(PrintableText(text).description.replacing("%E2%80%8D", with: "").columns == columns)
  }

  @Test func `text is no longer than its columns allow`() {
    let tower = "a" + String(repeating: "\u{301}", count: 100)
    #expect(tower.columns == 101)
    #expect(("a" + String(repeating: "\u{301}", count: 7)).columns == 1)
    for width in 1...30 {
      let (start, middle) = (tower.elidedAtStart(to: width), (tower + tower).elidedInMiddle(to: width))
      #expect(start.columns <= width && start.unicodeScalars.count <= 8 * width)
      #expect(middle.columns <= width && middle.unicodeScalars.count <= 8 * width)
    }
  }

  @Test func `nothing is cut in two that is one character`() {
    #expect("cafe\u{301}s".prefix(columns: 4) == "cafe\u{301}")
    #expect("cafe\u{301}s".suffix(columns: 2) == "e\u{301}s")
    #expect("🇩🇪🇫🇷".prefix(columns: 3) == "🇩🇪")
    #expect("👍🏽👍🏽".suffix(columns: 3) == "👍🏽")
    #expect("\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}".elidedAtStart(to: 3) == "…\u{1100}\u{1173}\u{11AF}")
  }

  @Test(arguments: [
    String(repeating: "\u{301}", count: 500), String(repeating: "क\u{94D}", count: 200),
    String(repeating: "\u{1100}", count: 200), String(repeating: "🇩", count: 201),
    String(repeating: "鍵\u{3099}", count: 99),
  ])
  func `whatever characters there are, lines end`(text: String) {
    for indent in [0, 4, 20] {
      let lines = ["x", text, text].wrapped(after: indent, indent: indent)
      #expect(lines.allSatisfy { $0.columns <= 80 })
      #expect(lines.joined().unicodeScalars.count { $0 != " " } == 1 + 2 * text.unicodeScalars.count)
    }
  }

  @Test func `tables align whatever they hold`() {
    let cells = ["a", "鍵", "e\u{301}e\u{301}e\u{301}", "🇩🇪🔑", "한\u{1112}\u{1161}\u{11AB}"]
    let table = Table(alignment: .right, rows: cells.map { .cells([$0, "1"]) })
    let lines = table.lines(Style(color: false))
    #expect(lines == ["a     1", "鍵    1", "e\u{301}e\u{301}e\u{301}   1", "🇩🇪🔑  1", "한\u{1112}\u{1161}\u{11AB}  1"])
  }
}
