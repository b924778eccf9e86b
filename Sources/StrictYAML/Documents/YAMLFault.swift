/// Why a text can't be read as strictly as it is to be.
package struct YAMLFault: Error, Hashable, Sendable {
  /// What is wrong. The raw value is the identifier that reports print.
  package enum Code: String, CaseIterable, Sendable {
    /// There is nothing, or nothing but comments.
    case empty
    /// The file, or what its aliases repeat, is larger than any that is meant to be read.
    case tooLarge = "too-large"
    /// The text is not UTF-8.
    case notUTF8 = "not-utf8"
    /// The text is no YAML.
    case notYAML = "not-yaml"
    /// A text that begins with `{` is read as JSON, and this is none.
    case notJSON = "not-json"
    /// Collections lie in one another too deeply.
    case tooDeep = "too-deep"
    /// More aliases than any such file needs, or such as could multiply what there is to read.
    case tooManyAliases = "too-many-aliases"
    /// No such member exists.
    case unknownMember = "unknown-member"
    /// A member stands twice.
    case duplicateMember = "duplicate-member"
    /// A value is of another type than it must be.
    case wrongType = "wrong-type"
  }

  /// What is wrong.
  package let code: Code
  /// Where.
  package let place: YAMLPlace
  /// A clause that says so. It may hold names from the file as they are; never a text that looks like a secret.
  package let reason: String

  /// A fault at a place.
  package init(_ code: Code, at place: YAMLPlace, _ reason: String) {
    self.code = code
    self.place = place
    self.reason = reason
  }
}
