import Testing

/// A text made to take much time, memory or stack.
struct HostileText: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let bytes: [UInt8]

  private init(_ name: String, _ text: String) {
    testDescription = name
    bytes = Array(text.utf8)
  }

  private init(_ name: String, bytes: [UInt8]) {
    testDescription = name
    self.bytes = bytes
  }

  /// As much as is read at all.
  private static let most = 128 << 10

  static let all = [
    HostileText("flow sequences in one another", String(repeating: "[", count: most)),
    HostileText("flow mappings in one another", String(repeating: "{a: ", count: most / 4)),
    HostileText("block sequences in one another", String(repeating: "- ", count: most / 2)),
    HostileText("block mappings in one another", String(repeating: "? ", count: most / 2)),
    HostileText("deep, and closed again", nested(depth: 900)),
    HostileText("many members", (0..<most / 8).map { "\($0): 1\n" }.joined()),
    HostileText("many equal members", String(repeating: "a: 1\n", count: most / 5)),
    HostileText("many elements", "resources: [" + String(repeating: "1,", count: most / 2 - 8) + "]"),
    HostileText("many entries", "resources: [" + String(repeating: "{},", count: most / 3 - 8) + "]"),
    HostileText("many resources", "resources: [{resources: [" + String(repeating: "a,", count: most / 2 - 16) + "]}]"),
    HostileText("many documents", String(repeating: "---\n", count: most / 4)),
    HostileText("many anchors", "- " + (0..<most / 12).map { "&a\($0) x\n- " }.joined()),
    HostileText("many aliases", "- &a x\n" + String(repeating: "- *a\n", count: most / 5 - 2)),
    HostileText("aliases that double", doubling(levels: 30, of: "x", aliases: 2)),
    HostileText(
      "aliases within the limit", doubling(levels: 2, of: String(repeating: "x,", count: 30_000), aliases: 8)),
    HostileText("deep aliases within the limit", chained(depth: 900, count: 16)),
    HostileText("aliases behind question marks", chained(depth: 900, count: 15) + "? *a15\n: x\n"),
    HostileText("aliases before colons", chained(depth: 900, count: 15) + "*a15 : x\n"),
    HostileText("aliases in members", chained(depth: 900, count: 15) + "b: {[*a15] : x}\n"),
    HostileText("aliases in members of flows", chained(depth: 900, count: 15) + "b: [?{a: *a15}]\n"),
    HostileText(
      "many merges", "a: &a {\((0..<10_000).map { "k\($0): 1" }.joined(separator: ","))}\n<<: [*a, *a, *a]\n"),
    HostileText("a long text", "a: " + String(repeating: "x", count: most - 4)),
    HostileText("an open quotation", "a: \"" + String(repeating: "x ", count: most / 2 - 4)),
    HostileText("many escapes", "a: \"" + String(repeating: "\\x41", count: most / 4 - 4) + "\""),
    HostileText("many tags", String(repeating: "!a ", count: most / 3)),
    HostileText("half a document of braces that is no JSON", "{" + String(repeating: "a,", count: most / 2 - 2) + "}"),
    HostileText("nothing but zeros", bytes: [UInt8](repeating: 0, count: most)),
    HostileText("nothing but line feeds", bytes: [UInt8](repeating: 0x0A, count: most)),
    HostileText("nothing but commas", bytes: [UInt8](repeating: 0x2C, count: most)),
    HostileText("nothing but colons", bytes: [UInt8](repeating: 0x3A, count: most)),
    HostileText("nothing but bytes of no UTF-8", bytes: [UInt8](repeating: 0x80, count: most)),
    HostileText("64 MiB", bytes: [UInt8](repeating: 0x41, count: 64 << 20)),
  ]

  private static func nested(depth: Int, around content: String = "x") -> String {
    String(repeating: "[", count: depth) + content + String(repeating: "]", count: depth)
  }

  /// Each level repeats the one before.
  private static func doubling(levels: Int, of content: String, aliases: Int) -> String {
    "a0: &a0 [\(content)]\n"
      + (1...levels).map { level in
        "a\(level): &a\(level) [\(String(repeating: "*a\(level - 1),", count: aliases))]\n"
      }.joined()
  }

  /// Each is as deep as it may be, and holds the one before at its bottom.
  private static func chained(depth: Int, count: Int) -> String {
    "a0: &a0 x\n"
      + (1...count).map { "a\($0): &a\($0) \(nested(depth: depth, around: "*a\($0 - 1)"))\n" }.joined()
  }
}
