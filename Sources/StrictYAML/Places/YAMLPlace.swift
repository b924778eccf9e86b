/// Where in a file of YAML something stands.
public struct YAMLPlace: Hashable, Sendable, CustomStringConvertible {
  /// The line of the file, from 1.
  public let line: Int
  /// The line of the text itself, from 1, where that is escaped or base64 in one line of the file; else nil.
  public let decodedLine: Int?
  /// The way to it through members and elements of the text, such as
  /// `resources[0].providers[1].aescbc.keys[0].secret`; empty for the text as a whole.
  public let path: String

  /// A place by its line and path.
  public init(line: Int, decodedLine: Int? = nil, path: String) {
    self.line = line
    self.decodedLine = decodedLine
    self.path = path
  }

  /// The beginning of the file.
  package static let start = YAMLPlace(line: 1, path: "")

  /// `line 7`, and behind a comma the path.
  public var description: String { path.isEmpty ? lineDescription : "\(lineDescription), \(path)" }

  /// `line 7`; of a text that was decoded, `line 7 (line 3 once decoded)`.
  public var lineDescription: String {
    "line \(line)" + (decodedLine.map { " (line \($0) once decoded)" } ?? "")
  }

  /// The member `name` of the mapping here. A name that is more than letters, digits, hyphens and underscores stands in
  /// brackets, and one that may not be shown does not appear.
  package func member(_ name: String) -> YAMLPlace {
    let text = QuotableText(name)
    let isPlain = text.isQuoted && !name.isEmpty && name.utf8.allSatisfy(\.isPlain)
    let step = isPlain ? (path.isEmpty ? name : ".\(name)") : "['\(text.bare)']"
    return YAMLPlace(line: line, decodedLine: decodedLine, path: path + step)
  }
}

extension UInt8 {
  /// Whether it may stand in the name of a member without quotes and brackets.
  fileprivate var isPlain: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
