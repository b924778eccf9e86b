import Testing

@testable import KubernetesStorage

@Suite("JSON")
struct JSONReaderTests {
  private static func isValid(_ text: String) -> Bool { isValid(Array(text.utf8)) }

  private static func isValid(_ text: [UInt8]) -> Bool {
    var reader = JSONReader(unsafe text.span.bytes)
    do {
      while try reader.next() != nil {}
      return reader.isAtEnd
    } catch {
      return false
    }
  }

  @Test(
    "Valid texts",
    arguments: [
      "0", "-0", "-1.5e+10", "1E5", "10.01e-2", "true", "false", "null", "\"\"", "[]", "{}", " [ ] ", "[1,2]",
      "[[],{},[{}]]", #"{"a":1,"a":2}"#, #""\"\\\/\b\f\n\r\t\u0000\uD800""#, "\"\u{7F}é😀\"",
    ])
  func valid(_ text: String) {
    #expect(Self.isValid(text))
  }

  @Test(
    "Invalid texts",
    arguments: [
      "", " ", "-", "+1", "01", ".5", "1.", "1.e1", "1e", "1e+", "0x10", "NaN", "tru", "True", "nul", "\"", "\"\\",
      "\"\\x\"", "\"\\u12g4\"", "\"\\u12", "\"\n\"", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1}", "{", "}",
      "{1:2}", "{\"a\"", "{\"a\":", "{\"a\":}", "{\"a\" 1}", "{\"a\":1,}", "{,}", "{\"a\":1]", "1 2", "{}{}", "'a'",
      "{\"a\"::1}", "[1,,2]",
    ])
  func invalid(_ text: String) {
    #expect(!Self.isValid(text))
  }

  @Test("Bytes that are not UTF-8 are let through in strings only")
  func invalidUTF8() {
    #expect(Self.isValid([0x22, 0xFF, 0xC0, 0x22]))
    #expect(!Self.isValid([0xEF, 0xBB, 0xBF, 0x31]))
  }

  @Test("Nesting ends at 128 levels")
  func depth() {
    let nested = { (count: Int) in String(repeating: "[", count: count) + String(repeating: "]", count: count) }
    #expect(Self.isValid(nested(128)))
    #expect(!Self.isValid(nested(129)))
    #expect(!Self.isValid(nested(100_000)))
    let mixed = { (count: Int) in
      String(repeating: "{\"a\":[", count: count) + String(repeating: "]}", count: count)
    }
    #expect(Self.isValid(mixed(64)))
    #expect(!Self.isValid(mixed(65)))
  }

  @Test("Errors tell what and where")
  func errors() throws {
    #expect(throws: SyntaxError(.truncated, at: 4)) { try Self.readAll("[1, ") }
    #expect(throws: SyntaxError(.unexpectedByte, at: 3)) { try Self.readAll("[1 2]") }
    #expect(throws: SyntaxError(.unexpectedByte, at: 5)) { try Self.readAll(#""\u12x4""#) }
    #expect(throws: SyntaxError(.tooDeep, at: 128)) { try Self.readAll(String(repeating: "[", count: 129)) }
  }

  private static func readAll(_ text: String) throws {
    let bytes = Array(text.utf8)
    var reader = JSONReader(unsafe bytes.span.bytes)
    while try reader.next() != nil {}
  }

  @Test("Tokens come in order, with their depth")
  func tokens() throws {
    let text = Array(#"{"a":[1,"b"],"c":null}, more"#.utf8)
    var reader = JSONReader(unsafe text.span.bytes)
    var tokens: [JSONToken] = []
    var depths: [Int] = []
    while let token = try reader.next() {
      tokens.append(token)
      depths.append(reader.depth)
    }
    let string = { (range: Range<Int>) in JSONString(content: range, hasEscapes: false) }
    #expect(
      tokens == [
        .objectStart, .key(string(2..<3)), .arrayStart, .number(6..<7), .string(string(9..<10)), .arrayEnd,
        .key(string(14..<15)), .null, .objectEnd,
      ])
    #expect(depths == [1, 1, 2, 2, 2, 1, 1, 1, 0])
    let isAtEnd = reader.isAtEnd
    #expect(!isAtEnd)
    let further = try reader.next()
    #expect(further == nil)
  }

  @Test(
    "Escapes are resolved",
    arguments: [
      (#"plain"#, "plain"), (#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{c}\n\r\t"), (#"\u0041\u00e9\u20AC"#, "Aé€"),
      (#"\ud83d\ude00"#, "😀"), (#"\ud83d"#, "\u{FFFD}"), (#"\ude00\ud83d"#, "\u{FFFD}\u{FFFD}"),
      (#"\ud83dx"#, "\u{FFFD}x"), (#"\ud83d\u0041"#, "\u{FFFD}A"), (#"\u0000a"#, "\0a"), (#"\uFFFF"#, "\u{FFFF}"),
    ])
  func escapes(_ raw: String, _ expected: String) throws {
    let text = Array("\"\(raw)\"".utf8)
    var reader = JSONReader(unsafe text.span.bytes)
    guard case .string(let string)? = try reader.next() else {
      Issue.record("no string")
      return
    }
    var bytes = JSONStringBytes(string, in: unsafe text.span.bytes)
    var unescaped: [UInt8] = []
    while let byte = bytes.next() { unescaped.append(byte) }
    #expect(String(decoding: unescaped, as: UTF8.self) == expected)
    #expect(string.utf8Count(in: unsafe text.span.bytes) == expected.utf8.count)
  }

  @Test(
    "Members are compared unescaped",
    arguments: [
      ("kind", true), (#"\u006bind"#, true), ("kin", false), ("kinds", false), (#"kind\u0000"#, false),
    ])
  func equality(member: String, isKind: Bool) throws {
    let text = Array(#"{"apiVersion": "v1", "\#(member)": "Secret", "type": "Opaque"}"#.utf8)
    let outline = ObjectOutline(of: unsafe text.span.bytes, encoding: .json)
    #expect(outline?.kind == (isKind ? "Secret" : ""))
  }

  @Test(
    "Decoded size of base64",
    arguments: [
      ("", 0), ("QQ==", 1), ("QUI=", 2), ("QUJD", 3), ("QUJDRA==", 4), ("QUJD\\nRA==", 4), ("QQ", 1), ("QUI", 2),
      (#"\u0051Q=="#, 1), (#"QUJD\/\/\/\/"#, 6),
    ])
  func base64(_ raw: String, _ count: Int) throws {
    let text = Array("\"\(raw)\"".utf8)
    var reader = JSONReader(unsafe text.span.bytes)
    guard case .string(let string)? = try reader.next() else {
      Issue.record("no string")
      return
    }
    #expect(string.base64DecodedCount(in: unsafe text.span.bytes) == count)
  }
}
