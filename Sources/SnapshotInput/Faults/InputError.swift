/// Why an input can't be read as a snapshot.
public struct InputError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A stable identifier, such as `not-found`.
  public enum Code: String, CaseIterable, Sendable {
    case notFound = "not-found"
    case permissionDenied = "permission-denied"
    case unreadable
    case notRegular = "not-a-regular-file"
    case terminal
    case repeatedStandardInput = "repeated-standard-input"
    case empty = "empty-file"
    case emptyDirectory = "empty-directory"
    case compressed
    case notSnapshot = "not-a-snapshot"
    case readFailed = "read-failed"
    case fileChanged = "file-changed"
    // What is inside a container.
    case noSnapshot = "no-snapshot"
    case containerTruncated = "container-truncated"
    case containerDamaged = "container-damaged"
    case containerTrailingData = "container-trailing-data"
    case containerEncrypted = "container-encrypted"
    case unsupportedCompression = "unsupported-compression"
    // What would exhaust the machine.
    case tooLarge = "unpacked-too-large"
    case excessiveRatio = "unpacked-ratio"
    case excessiveMemory = "unpacking-memory"
    case nestedTooDeep = "nested-too-deep"
  }

  /// What is wrong.
  public let code: Code
  /// A sentence that says so, without the input's path.
  public let description: String
  /// The entry of an archive that is concerned, as ``SnapshotStream/member`` names it; nil for the input as a whole.
  public let member: String?
  /// The containers that were opened on the way, outermost first.
  public var containers: [Container] = []
  /// What the input turned out to be, where that is known and is no snapshot.
  public var content: FileContent?

  init(_ code: Code, _ description: String, member: String? = nil) {
    self.code = code
    self.description = description
    self.member = member
  }
}
