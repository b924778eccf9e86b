import ProtobufWire

/// Why a row is not what etcd writes.
///
/// Equal by code and number, so that a caller can match the one it expects.
public struct EtcdError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong. The raw value is the identifier that reports print.
  public enum Code: String, Sendable {
    /// The row's key has ``EtcdError/found`` bytes; a revision has 17, or 18 of a deletion.
    case revisionKeyLength = "revision-key-length"
    /// Between the two numbers of the row's key there is no `_`.
    case revisionKeySeparator = "revision-key-separator"
    /// The 18th byte of the row's key is not the `t` of a tombstone.
    case revisionKeyMark = "revision-key-mark"
    /// The row's revision is negative.
    case revisionNegative = "revision-negative"
    /// The row's value is no KeyValue message; ``EtcdError/cause`` says why.
    case keyValue = "key-value"
  }

  /// What is wrong.
  public let code: Code
  /// The number that was found, where the sentence has one.
  public let found: Int
  /// Why the row's value is no protobuf message, for ``Code/keyValue``.
  public let cause: WireError?

  @usableFromInline
  init(_ code: Code, found: Int = 0, cause: WireError? = nil) {
    self.code = code
    self.found = found
    self.cause = cause
  }

  /// A sentence about the row.
  public var description: String {
    switch code {
    case .revisionKeyLength: "the row's key has \(found) bytes; a revision has 17 or 18"
    case .revisionKeySeparator: "the row's key is no revision: '_' is missing between its two numbers"
    case .revisionKeyMark: "the row's key is no revision: its 18th byte is not a tombstone's 't'"
    case .revisionNegative: "the row's revision is negative"
    case .keyValue:
      "the row's value is no KeyValue message"
        + (cause.map { ": \($0.code.rawValue) at byte \($0.offset)" } ?? "")
    }
  }
}
