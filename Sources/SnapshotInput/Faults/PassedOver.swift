/// A file that was found and not verified: named in every report, so that nothing is left out in silence.
public struct PassedOver: Hashable, Sendable {
  /// Why it was not verified.
  public enum Reason: String, CaseIterable, Hashable, Sendable {
    /// It is no snapshot as far as can be seen, and such files were to be ignored.
    case unrecognized
    /// It is a file that belongs beside snapshots; it was searched for keys and plaintext.
    case companion
    /// A symbolic link in a directory or an archive, which is not followed.
    case symbolicLink = "symbolic-link"
    /// A second name of a file in the same archive.
    case hardLink = "hard-link"
    /// The same file as another one that was found.
    case sameFile = "same-file"
    /// A device, a socket, or a pipe in a directory.
    case specialFile = "special-file"
  }

  /// The path of the input.
  public let path: String
  /// The name inside an archive, as ``SnapshotStream/member`` has it.
  public let member: String?
  /// Why it was not verified.
  public let reason: Reason
  /// What it is, as far as that is known.
  public let content: FileContent?

  /// A file that was passed over.
  public init(path: String, member: String? = nil, reason: Reason, content: FileContent? = nil) {
    self.path = path
    self.member = member
    self.reason = reason
    self.content = content
  }

  /// The path, and the name inside an archive.
  public var name: String { path + (member.map { ":" + $0 } ?? "") }
}
