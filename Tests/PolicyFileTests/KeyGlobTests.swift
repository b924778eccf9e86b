import Testing

@testable import PolicyFile

@Suite("Globs of keys")
struct KeyGlobTests {
  /// A glob, and the keys that it does and does not name.
  static let globs: [(String, fits: [String], others: [String])] = [
    ("/registry/secrets/a/b", ["/registry/secrets/a/b"], ["/registry/secrets/a/bc", "/registry/secrets/a/", ""]),
    ("/a/*", ["/a/b", "/a/"], ["/a", "/a/b/c", "/b/c"]),
    ("/a/**", ["/a/b", "/a/", "/a/b/c"], ["/a", "/b/a/"]),
    ("**/c", ["/a/b/c", "/c"], ["/a/b/cd", "c"]),
    ("/a/*/c", ["/a/b/c", "/a//c"], ["/a/b/d/c", "/a/c"]),
    ("/a/?", ["/a/b"], ["/a/", "/a/bc", "/a//"]),
    ("*", ["abc", ""], ["a/b"]), ("**", ["", "a/b"], []), ("", [""], ["a"]),
    ("/a/x*y*z", ["/a/xyz", "/a/xayybzz"], ["/a/xz", "/a/xy/z", "/a/xyza"]),
    ("/a/**/d*", ["/a/b/c/d", "/a//dd", "/a/b/d1"], ["/a/d", "/a/b/d/e"]),
    ("/a%2Ab", ["/a*b"], ["/axb", "/a%2Ab"]), ("/a%zz", ["/a%zz"], ["/a"]), ("/%41", ["/A"], ["/%41"]),
    ("*a*", ["a", "bab"], ["b", "b/a"]),
  ]

  @Test(arguments: globs.indices)
  func `name the whole key`(index: Int) throws {
    let (text, fits, others) = Self.globs[index]
    let glob = try #require(KeyGlob(text))
    for key in fits { #expect(Self.fits(glob, key), "\(text) \(key)") }
    for key in others { #expect(!Self.fits(glob, key), "\(text) \(key)") }
  }

  /// Whether the key fits the glob, which is alone in its set.
  private static func fits(_ glob: KeyGlob, _ key: String) -> Bool {
    var set = KeyGlobSet()
    set.insert(glob, number: 0)
    return !numbers(in: set, key).isEmpty
  }

  private static func numbers(in set: KeyGlobSet, _ key: String) -> Set<Int> {
    var numbers: Set<Int> = []
    set.forEachMatch(Array(key.utf8)) { numbers.insert($0) }
    return numbers
  }

  /// All texts of up to four of these letters as globs, each alone and all at once, held against a matcher that tries
  /// everything.
  @Test func `agree with a matcher that tries everything`() throws {
    func all(_ letters: [Character], _ length: Int) -> [[Character]] {
      length == 0 ? [[]] : all(letters, length - 1).flatMap { text in letters.map { text + [$0] } }
    }
    func matches(_ glob: ArraySlice<Character>, _ key: ArraySlice<Character>) -> Bool {
      guard let first = glob.first else { return key.isEmpty }
      if glob.starts(with: ["*", "*"]) {
        return matches(glob.drop { $0 == "*" }, key) || !key.isEmpty && matches(glob, key.dropFirst())
      }
      if first == "*" {
        return matches(glob.dropFirst(), key)
          || key.first.map { $0 != "/" } == true && matches(glob, key.dropFirst())
      }
      guard let next = key.first else { return false }
      return (first == "?" ? next != "/" : first == next) && matches(glob.dropFirst(), key.dropFirst())
    }
    let keys = (0...4).flatMap { all(["a", "b", "/"], $0) }
    let texts = (0...4).flatMap { all(["a", "/", "*", "?"], $0) }
    var set = KeyGlobSet()
    for (number, text) in texts.enumerated() {
      let glob = try #require(KeyGlob(String(text)))
      set.insert(glob, number: number)
      for key in keys {
        #expect(Self.fits(glob, String(key)) == matches(text[...], key[...]), "\(String(text)) \(String(key))")
      }
    }
    for key in keys {
      let expected = Set(texts.indices.filter { matches(texts[$0][...], key[...]) })
      #expect(Self.numbers(in: set, String(key)) == expected, "\(String(key))")
    }
  }

  @Test func `never go back, whatever the key is`() throws {
    let glob = try #require(KeyGlob(String(repeating: "*a**a", count: 200) + "*b*"))
    var set = KeyGlobSet()
    set.insert(glob, number: 0)
    // At most all places of the glob with each byte.
    let steps = set.forEachMatch(Array(repeating: UInt8(ascii: "a"), count: 2000)) { _ in
      Issue.record("it does not fit")
    }
    #expect(steps <= 2000 * (200 * 5 + 4))
  }

  /// Globs that differ at their end, and such that differ between two parts that are left open.
  @Test(arguments: ["/registry/secrets/**team**token**%", "/registry/secrets/**-%**-**z", "**?**?**?%x"])
  func `cost what the key fits of them, not what they are many`(glob: String) throws {
    var set = KeyGlobSet()
    for number in 0..<2000 {
      set.insert(try #require(KeyGlob(glob.replacing("%", with: "\(number)"))), number: number)
    }
    let key = Array("/registry/secrets/team-17/default-token-12345-abcd".utf8)
    let steps = set.forEachMatch(key) { _ in Issue.record("none fits") }
    #expect(steps < key.count * 20, "\(steps)")
  }
}
