import FileAccess

/// The stack that a limit leaves this process (`ulimit -s`). Beyond it a process ends with a signal (SIGSEGV).
enum StackSpace {
  /// What the deepest call takes, and some more.
  private static let byteCount: UInt64 = 128 << 10

  /// Makes sure that the limit leaves enough. Where it does not, that is printed.
  static func check() throws(ExitStatus) {
    guard let limit = ResourceLimit.stack.byteCount, limit < byteCount else { return }
    StandardOutput.sendError(
      "atrest: the limit on the stack (ulimit -s) leaves less than the \(byteCount >> 10) KiB that are needed: raise it\n"
    )
    throw .unreadable
  }
}
