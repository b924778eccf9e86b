import StrictYAML

/// Why a policy can't be understood. Two errors are equal when code and place are.
public struct PolicyError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong. The raw value is the identifier that reports print.
  public enum Code: String, CaseIterable, Sendable {
    // The text.
    /// The file can't be opened or read.
    case unreadable
    /// There is nothing, or nothing but comments.
    case empty
    /// The file, or what its aliases repeat, is larger than any policy.
    case tooLarge = "too-large"
    /// The text is not UTF-8.
    case notUTF8 = "not-utf8"
    /// The text is no YAML.
    case notYAML = "not-yaml"
    /// A text that begins with `{` is read as JSON, and this is none.
    case notJSON = "not-json"
    /// Collections lie in one another more deeply than any policy's.
    case tooDeep = "too-deep"
    /// More aliases than any policy needs, or such as could multiply what there is to read.
    case tooManyAliases = "too-many-aliases"
    /// The file has more than one document.
    case severalDocuments = "several-documents"

    // Members.
    /// No such member exists.
    case unknownMember = "unknown-member"
    /// A member stands twice.
    case duplicateMember = "duplicate-member"
    /// A value is of another type than it must be.
    case wrongType = "wrong-type"
    /// A member is missing that must be there.
    case missingMember = "missing-member"
    /// The version is none that this program reads.
    case unknownVersion = "unknown-version"
    /// A value is none of those that may stand there.
    case invalidValue = "invalid-value"
    /// The same stands in a list twice.
    case repeatedValue = "repeated-value"

    // What they name.
    /// There is no such rule, or none of `verify`.
    case unknownRule = "unknown-rule"
    /// What the rule finds can't be waived, nor its severity be changed.
    case notNegotiable = "not-negotiable"
    /// There is no such resource.
    case unknownResource = "unknown-resource"
  }

  /// What is wrong.
  public let code: Code
  /// The line, from 1.
  public let line: Int
  /// The way to it through members and elements, such as `waivers[0].expires`; empty for the file as a whole.
  public let path: String
  /// A clause that says so. It may hold names from the file as they are, so a report escapes them.
  public let reason: String

  init(_ code: Code, at place: YAMLPlace, _ reason: String) {
    self.code = code
    line = place.line
    path = place.path
    self.reason = reason
  }

  /// What the strict reader of YAML found. Its codes are among those here, by their raw values.
  init(_ fault: YAMLFault) {
    self.init(Code(rawValue: fault.code.rawValue) ?? .notYAML, at: fault.place, fault.reason)
  }

  /// Whether the file as a whole is wrong, so that no line is.
  public var isAboutWholeFile: Bool { [.unreadable, .empty, .tooLarge].contains(code) }

  /// The place and the reason: `line 9, waivers[0].expires: …`; of the file as a whole, the reason alone.
  public var description: String {
    isAboutWholeFile ? reason : "\(YAMLPlace(line: line, path: path)): \(reason)"
  }

  /// Whether code and place are the same.
  public static func == (left: PolicyError, right: PolicyError) -> Bool {
    (left.code, left.line, left.path) == (right.code, right.line, right.path)
  }

  /// Hashes code and place.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(code)
    hasher.combine(line)
    hasher.combine(path)
  }
}
