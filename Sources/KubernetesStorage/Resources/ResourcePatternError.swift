/// Why a text names no resources. Two errors are equal when the code and the text are.
public struct ResourcePatternError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A stable identifier, such as `capital-letter`.
  ///
  /// API servers from version 1.27 on refuse the same (apiserver pkg/apis/apiserver/validation/validation_encryption.go),
  /// except what `empty` and `notAName` are said of: that names nothing, so they would encrypt nothing for it.
  public enum Code: String, CaseIterable, Sendable {
    /// There is no text.
    case empty
    /// Names are in lower case.
    case capitalLetter = "capital-letter"
    /// `*` without a dot.
    case bareWildcard = "bare-wildcard"
    /// `<resource>.*`.
    case acrossGroups = "across-groups"
    /// Records without an API, of which only the API server itself knows.
    case noAPI = "no-api"
    /// Events are kept as those of the core group.
    case eventsGroup = "events-group"
    /// The group `extensions`.
    case removedGroup = "removed-group"
    /// The text is no plural and group.
    case notAName = "not-a-name"
  }

  /// What is wrong.
  public let code: Code
  /// What was written.
  public let text: String
  /// A clause that says so, and what to write instead.
  public let description: String

  init(_ code: Code, _ text: String, _ description: String) {
    self.code = code
    self.text = text
    self.description = description
  }
}
