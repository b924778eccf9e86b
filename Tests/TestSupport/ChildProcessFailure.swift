/// Why another program did not do what a test needs it for.
public struct ChildProcessFailure: Error, CustomStringConvertible {
  /// A sentence, and what the program itself says.
  public let description: String

  /// A failure with this sentence, and what the program itself says.
  public init(_ sentence: String, says text: String = "") {
    description = text.isEmpty ? sentence : "\(sentence)\n\(text)"
  }
}
