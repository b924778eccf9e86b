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
    for key in fits { #expect(glob.matches(Array(key.utf8)), "\(text) \(key)") }
    for key in others { #expect(!glob.matches(Array(key.utf8)), "\(text) \(key)") }
  }

  /// All texts of up to four of these letters as globs, held against a matcher that tries everything.
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
    for text in (0...4).flatMap({ all(["a", "/", "*", "?"], $0) }) {
      let glob = try #require(KeyGlob(String(text)))
      for key in keys {
        #expect(glob.matches(Array(String(key).utf8)) == matches(text[...], key[...]), "\(String(text)) \(String(key))")
      }
    }
  }

  @Test func `never go back, whatever the key is`() throws {
    let glob = try #require(KeyGlob(String(repeating: "*a**a", count: 200) + "*b*"))
    let key = Array(repeating: UInt8(ascii: "a"), count: 2000)
    let time = ContinuousClock().measure { #expect(!glob.matches(key)) }
    #expect(time < .seconds(5))
  }
}
