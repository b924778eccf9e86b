import Yams

/// The one document of a text.
///
/// Yams quotes the text in its errors; from them only positions and the parser's own fixed sentences are taken.
struct YAMLDocument {
  /// A configuration with a thousand keys has two thirds of it.
  static let maximumByteCount = 128 << 10
  /// An alias may stand in what another one repeats; of n aliases, e to the power of n/e copies can be made.
  static let maximumAliases = 16

  /// The outermost value.
  let root: YAMLValue

  /// Reads `text`. O(n).
  init(_ text: [UInt8]) throws(ConfigurationError) {
    let text = try Self.decoded(text)
    let aliases = YAMLAliases(in: text)
    guard aliases.count <= Self.maximumAliases, aliases.count == 0 || !aliases.hasCompoundMember else {
      throw Self.error(
        .tooManyAliases,
        aliases.hasCompoundMember
          ? "there are aliases ('*name') beside members that are no plain names: write out what the aliases stand for"
          : "there are more than \(Self.maximumAliases) aliases ('*name'): write out what they stand for")
    }
    let node: Node
    do {
      let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
      guard let first = try parser.nextRoot() else { throw Self.error(.empty, "there is nothing but comments") }
      node = first
      while let further = try parser.nextRoot() {
        guard YAMLValue(further).isNull else {
          throw ConfigurationError(
            .severalDocuments, at: YAMLValue(further).place,
            "another document begins here, but an API server reads the first one only")
        }
      }
    } catch let error as ConfigurationError {
      throw error
    } catch let error as YamlError {
      throw ConfigurationError(error, in: text)
    } catch {
      throw Self.error(.notYAML, "the text can't be read as YAML")
    }
    root = YAMLValue(node)
    guard !root.isNull else { throw Self.error(.empty, "the document is empty") }
    // The JSON decoder, not the YAML one, gets what begins with a brace (apimachinery pkg/util/yaml, IsJSONBuffer).
    if text.first(where: { !$0.isWhitespace }) == "{", let line = root.lineWithoutJSON(limit: Self.maximumByteCount) {
      throw ConfigurationError(
        .notJSON, at: ConfigurationPlace(line: line, path: ""),
        "what begins with a brace is read as JSON, in which names and texts stand in double quotes")
    }
  }

  /// The text without a byte order mark, which YAML parsers pass over.
  private static func decoded(_ bytes: [UInt8]) throws(ConfigurationError) -> String {
    guard !bytes.isEmpty else { throw error(.empty, "the file is empty") }
    guard bytes.count <= maximumByteCount else {
      throw error(.tooLarge, "the file has more than \(maximumByteCount) bytes, and no configuration is so large")
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw error(.notUTF8, "the text is UTF-16: save it as UTF-8")
    }
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    guard let text = String(validating: content, as: UTF8.self) else {
      let lines = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let line = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
      throw ConfigurationError(
        .notUTF8, at: ConfigurationPlace(line: line + 1, path: ""), "the text is not UTF-8")
    }
    return text
  }

  private static func error(_ code: ConfigurationError.Code, _ reason: String) -> ConfigurationError {
    ConfigurationError(code, at: ConfigurationPlace(line: 1, path: ""), reason)
  }
}

extension ConfigurationError {
  /// What a parser's error says without the text it quotes. The problems of libyaml are fixed sentences.
  fileprivate init(_ error: YamlError, in text: String) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      let place = ConfigurationPlace(line: mark.line, path: "")
      if problem.hasPrefix("Maximum nesting level") {
        self.init(.tooDeep, at: place, "collections lie more than a thousand deep in one another")
      } else if problem == "did not find expected alphabetic or numeric character" {
        self.init(.notYAML, at: place, "\(problem): a name that begins with '*', '&' or '!' must stand in quotes")
      } else {
        self.init(.notYAML, at: place, problem)
      }
    case .reader(let problem, let offset, _, _):
      let line = offset.map { text.prefix($0).count(where: \.isNewline) + 1 } ?? 1
      self.init(.notYAML, at: ConfigurationPlace(line: line, path: ""), problem)
    case .duplicatedKeysInMapping(_, let context):
      let place = ConfigurationPlace(line: context.mark.line, path: "")
      self.init(.duplicateMember, at: place, "a member that begins here stands twice in its mapping")
    default:
      self.init(.notYAML, at: ConfigurationPlace(line: 1, path: ""), "the text can't be read as YAML")
    }
  }
}
