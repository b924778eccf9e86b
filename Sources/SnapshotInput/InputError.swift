/// Why an input can't be read as a snapshot.
public struct InputError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A stable identifier, such as `not-found`.
  public enum Code: String, Sendable {
    case notFound = "not-found"
    case permissionDenied = "permission-denied"
    case unreadable
    case notRegular = "not-a-regular-file"
    case empty = "empty-file"
    case emptyDirectory = "empty-directory"
    case compressed
    case readFailed = "read-failed"
  }

  /// What is wrong.
  public let code: Code
  /// A sentence that says so, without the input's path.
  public let description: String

  init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
