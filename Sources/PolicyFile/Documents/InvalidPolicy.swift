/// A policy that can't be understood, and why.
public struct InvalidPolicy: Error, Hashable, Sendable, CustomStringConvertible {
  /// All that is wrong, in the order of the lines; never empty. What makes the text unreadable as YAML stands alone.
  public let errors: [PolicyError]

  init(_ errors: [PolicyError]) {
    precondition(!errors.isEmpty, "nothing is wrong")
    self.errors = errors
  }

  /// One line for each error.
  public var description: String { errors.map(\.description).joined(separator: "\n") }
}
