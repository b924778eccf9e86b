/// Why an input can't be read as a snapshot.
public struct InputError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A stable identifier, such as `not-found`.
  public enum Code: String, CaseIterable, Sendable {
    /// There is nothing at the path.
    case notFound = "not-found"
    /// The file may not be read by this user.
    case permissionDenied = "permission-denied"
    /// The system can't open it, list it or read it; the sentence has its reason.
    case unreadable
    /// It is neither a file nor a directory nor a pipe.
    case notRegular = "not-a-regular-file"
    /// Standard input is a terminal.
    case terminal
    /// Standard input is named a second time; it can be read once.
    case repeatedStandardInput = "repeated-standard-input"
    /// There is no byte in it, or nothing was packed in it.
    case empty = "empty-file"
    /// There is no snapshot in the directory.
    case emptyDirectory = "empty-directory"
    /// It is packed, and was read as a plain file.
    case compressed
    /// It is no bbolt file; ``InputError/content`` has what it is, where that is known.
    case notSnapshot = "not-a-snapshot"
    /// The file became shorter while it was read.
    case readFailed = "read-failed"
    /// It was written to, or another file took its place, while it was read.
    case fileChanged = "file-changed"
    // What is inside a container.
    /// None of an archive's files is a snapshot.
    case noSnapshot = "no-snapshot"
    /// What is packed ends before its end.
    case containerTruncated = "container-truncated"
    /// What is packed can't be unpacked, or has another checksum than it should.
    case containerDamaged = "container-damaged"
    /// Other bytes than padding follow what is packed.
    case containerTrailingData = "container-trailing-data"
    /// What is packed needs a password.
    case containerEncrypted = "container-encrypted"
    /// What is packed uses a method or an option of its format that is not read here.
    case unsupportedCompression = "unsupported-compression"
    // What would exhaust the machine.
    /// One snapshot unfolds to more than ``UnpackingLimits`` lets it.
    case tooLarge = "unpacked-too-large"
    /// An input unfolds to more times its size than ``UnpackingLimits`` lets it.
    case excessiveRatio = "unpacked-ratio"
    /// A decoder asks for a larger window than it is granted, or the system has no more memory.
    case excessiveMemory = "unpacking-memory"
    /// More than eight containers lie in one another.
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
