/// What a text may have of aliases, found out before it is parsed.
///
/// Yams shares what an alias repeats, so that many cost little; but it hashes members, in full, with a frame of the stack
/// for every level. Aliases beside members that are lists or mappings could so take any time and any stack. Nothing is
/// told apart from comments and quoted texts, so there may be less than is found.
struct YAMLAliases {
  /// The line of each: `*` and a letter or digit where a value may begin.
  private(set) var lines: [Int] = []
  /// The line of the first member that may be a list, a mapping or an alias: `? …`, `[…]:`, `{…}:` or `*name:`. Such are
  /// always written on one line (libyaml: scanner.c, yaml_parser_stale_simple_keys), but for the first form.
  private(set) var compoundMemberLine: Int?

  /// Reads `text`. O(n).
  init(in text: String) {
    /// The byte before, and the last one that is no blank, before it.
    var previous = UInt8(ascii: "\n")
    var lastVisible = previous
    var isInAlias = false
    var followsAlias = false
    var line = 1
    for byte in text.utf8 {
      if previous == UInt8(ascii: "*"), byte.isAnchorByte, lastVisible.mayPrecedeValue {
        lines.append(line)
        isInAlias = true
      }
      isInAlias = isInAlias && byte.isAnchorByte
      let follower = previous.isBlank ? lastVisible : previous
      switch byte {
      case UInt8(ascii: ":"):
        if followsAlias || follower == UInt8(ascii: "]") || follower == UInt8(ascii: "}") { noteCompoundMember(line) }
      case UInt8(ascii: "?"):
        if follower.mayPrecedeValue { noteCompoundMember(line) }
      case UInt8(ascii: "\n"):
        line += 1
      default:
        break
      }
      followsAlias = isInAlias || followsAlias && byte.isBlank
      if !previous.isBlank { lastVisible = previous }
      previous = byte
    }
  }

  private mutating func noteCompoundMember(_ line: Int) { compoundMemberLine = compoundMemberLine ?? line }
}

extension UInt8 {
  /// A space or tab.
  fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 }

  /// Whether libyaml takes it for part of an anchor's name: a letter, a digit, `_` or `-`.
  fileprivate var isAnchorByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// Whether a value may begin behind it, blanks left out. Line breaks outside of ASCII are among the bytes above.
  fileprivate var mayPrecedeValue: Bool {
    switch self {
    case 0x00..<0x20, 0x80..., UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ","), UInt8(ascii: ":"),
      UInt8(ascii: "?"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
