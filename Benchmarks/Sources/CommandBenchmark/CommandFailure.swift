/// Why a command could not be measured.
public struct CommandFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// A few words.
  public let description: String

  /// A failure described by `description`.
  public init(_ description: String) { self.description = description }
}
