/// A file that was opened once, for all who read of it.
final class OpenFile: Sendable {
  /// The path as the caller gave it.
  let path: String
  /// What was opened there.
  let descriptor: FileDescriptor

  init(_ path: String, _ descriptor: consuming FileDescriptor) {
    self.path = path
    self.descriptor = descriptor
  }
}
