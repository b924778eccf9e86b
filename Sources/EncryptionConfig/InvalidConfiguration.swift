/// A configuration with which no API server would start, and why.
public struct InvalidConfiguration: Error, Hashable, Sendable, CustomStringConvertible {
  /// All that is wrong, in the order of the lines; never empty. What makes the text unreadable as YAML stands alone.
  public let errors: [ConfigurationError]

  init(_ errors: [ConfigurationError]) {
    precondition(!errors.isEmpty, "nothing is wrong")
    self.errors = errors
  }

  /// One line for each error.
  public var description: String { errors.map(\.description).joined(separator: "\n") }
}
