/// Searches text for an EncryptionConfiguration that holds a key, byte by byte.
///
/// No parser: of YAML and JSON alike, it knows members by their names, `kind:` or `"kind" :`, wherever they stand. A key
/// is a member `secret` behind the name of a local provider (apiserver pkg/apis/apiserver/v1: a provider has `keys`, and
/// a key has `name` and `secret`). What is kept is a word at most, and of a key only how long it is.
struct ConfigurationText {
  private var isNamed = false
  private var hasKey = false
  private var isInLocalProvider = false
  private var state = State.between
  /// The last eight letters of the current word, the last one lowest.
  private var word: UInt64 = 0
  private var escape = EscapeFilter()

  private enum State {
    case between
    case word
    case afterWord
    case beforeValue(Member)
    /// In the value of `kind`, of which so many bytes are those of the name.
    case kind(Int)
    case secret(Base64Count)
  }

  private enum Member {
    case kind
    case secret
  }

  /// Whether the configuration and a key of it were seen.
  var holdsKey: Bool { isNamed && hasKey }

  /// Takes the text's next byte. O(1).
  mutating func append(_ byte: UInt8) {
    if let byte = escape.filter(byte) { read(byte) }
  }

  /// Takes the end of the text.
  mutating func end() { read(0) }

  private mutating func read(_ byte: UInt8) {
    switch state {
    case .between, .word:
      readWord(byte)
    case .afterWord:
      if byte == UInt8(ascii: ":") {
        memberBegins()
      } else if !byte.mayFrame {
        readWord(byte)
      }
    case .beforeValue(let member):
      if !byte.mayFrame { valueBegins(member, with: byte) }
    case .kind(let count):
      readKind(byte, after: count)
    case .secret(var key):
      if byte.isBase64Digit || byte == UInt8(ascii: "=") {
        key.append(byte)
        state = .secret(key)
      } else {
        hasKey = hasKey || key.isWellFormed && [16, 24, 32].contains(key.decoded)
        readWord(byte)
      }
    }
  }

  private mutating func readWord(_ byte: UInt8) {
    if byte.isLetter || byte.isDigit {
      if case .word = state { word = word << 8 | UInt64(byte) } else { word = UInt64(byte) }
      state = .word
    } else if case .word = state {
      state = .afterWord
      read(byte)
    } else {
      state = .between
    }
  }

  private mutating func memberBegins() {
    state = .between
    if Self.kind.ends(word) {
      state = .beforeValue(.kind)
      isInLocalProvider = false
    } else if Self.secret.ends(word) {
      if isInLocalProvider { state = .beforeValue(.secret) }
    } else if Self.localProviders.contains(where: { $0.ends(word) }) {
      isInLocalProvider = true
    } else if Self.otherMembers.contains(where: { $0.ends(word) }) {
      isInLocalProvider = false
    }
  }

  private mutating func valueBegins(_ member: Member, with byte: UInt8) {
    switch member {
    case .kind:
      readKind(byte, after: 0)
    case .secret:
      state = .secret(Base64Count())
      read(byte)
    }
  }

  private mutating func readKind(_ byte: UInt8, after count: Int) {
    if byte.isLetter || byte.isDigit {
      if count < ConfigurationKind.name.count, ConfigurationKind.name[count] == byte {
        state = .kind(count + 1)
      } else {
        readWord(byte)
      }
    } else {
      isNamed = isNamed || count == ConfigurationKind.name.count || count == ConfigurationKind.olderCount
      readWord(byte)
    }
  }
}

extension ConfigurationText {
  private static let kind = Ending("kind")
  private static let secret = Ending("secret")
  private static let localProviders = [Ending("aescbc"), Ending("aesgcm"), Ending("secretbox")]
  /// What stands where a local provider is over.
  private static let otherMembers = [Ending("kms"), Ending("identity"), Ending("providers"), Ending("resources")]

  /// How a word ends. Its beginning is left open: protobuf has the length of a text in front of it, whose last byte may
  /// be a letter.
  private struct Ending {
    private let letters: UInt64
    private let mask: UInt64

    /// Of `name`, the last eight letters are compared.
    init(_ name: String) {
      self.letters = name.utf8.reduce(0) { $0 << 8 | UInt64($1) }
      self.mask = name.utf8.count < 8 ? 1 << UInt64(8 * name.utf8.count) - 1 : .max
    }

    func ends(_ word: UInt64) -> Bool { word & mask == letters }
  }
}

extension UInt8 {
  /// Whether it may stand around a member's colon: spaces, and the quotes of a name or value.
  fileprivate var mayFrame: Bool {
    self == 0x20 || self == 0x09 || self == UInt8(ascii: "\"") || self == UInt8(ascii: "'")
  }
}
