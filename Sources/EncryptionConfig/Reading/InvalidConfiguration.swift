/// A configuration with which no API server would start, and why.
public struct InvalidConfiguration: Error, Hashable, Sendable, CustomStringConvertible {
  /// All that is wrong, in the order of the lines; never empty. What makes the text unreadable as YAML stands alone.
  public let errors: [ConfigurationError]
  /// What the configuration lies in; nil when the file is the configuration itself.
  public let wrapping: ConfigurationWrapping?

  init(_ errors: [ConfigurationError], in wrapping: ConfigurationWrapping? = nil) {
    precondition(!errors.isEmpty, "nothing is wrong")
    self.errors = errors
    self.wrapping = wrapping
  }

  /// One line for each error.
  public var description: String { errors.map(\.description).joined(separator: "\n") }
}
