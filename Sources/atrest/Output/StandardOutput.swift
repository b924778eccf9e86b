import FileAccess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Standard output and standard error, with every failure to write noticed.
enum StandardOutput {
  /// Whether text is colored there unless the call says otherwise. `NO_COLOR` forbids it, `CLICOLOR_FORCE` asks for it
  /// wherever the output goes; else it must be a terminal that shows color.
  static var showsColor: Bool {
    guard (variable("NO_COLOR") ?? "").isEmpty else { return false }
    guard ["", "0"].contains(variable("CLICOLOR_FORCE") ?? "") else { return true }
    return isatty(STDOUT_FILENO) == 1 && variable("TERM") != "dumb"
  }

  /// Columns of the terminal that standard output is, 80 where it does not tell; `Int.max` of anything else, which gets
  /// lines whole.
  static var columns: Int {
    guard isatty(STDOUT_FILENO) == 1 else { return .max }
    var size = winsize()
    // Sound: `size` outlives the call, which fills it.
    guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// The file that standard output goes to; nil of what is no regular file.
  static var file: FileState? { file(of: STDOUT_FILENO) }
  /// The same of standard error.
  static var errorFile: FileState? { file(of: STDERR_FILENO) }

  private static func file(of descriptor: Int32) -> FileState? {
    var status = stat()
    // Sound: `status` outlives the call, which fills it.
    guard unsafe fstat(descriptor, &status) == 0, FileKind(status) == .regular else { return nil }
    return FileState(status)
  }

  /// Lets the reader's going away end the process quietly, as other tools do, whatever the parent process chose.
  static func diesOfBrokenPipe() {
    signal(SIGPIPE, SIG_DFL)
  }

  /// Has a write beyond the greatest length of files (`ulimit -f`) fail, which is told, instead of ending the process.
  static func outlivesFileLimit() {
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Takes the numbers of standard streams that are closed, so that no file that is opened later gets them, and with
  /// them what is meant for a stream. A stream taken so can be neither read nor written.
  static func reserveClosedStreams() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
      _ = unsafe open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// Writes all of `text` to standard output, or ends the process with a message.
  static func send(_ text: String) {
    do throws(WriteFailure) {
      try StandardStream.output.write(text)
    } catch {
      sendError("atrest: the report could not be written: \(error)\n")
      ExitStatus.unwritable.end()
    }
  }

  /// Writes `text` to standard error. A failure there can't be told anybody.
  static func sendError(_ text: String) {
    try? StandardStream.error.write(text)
  }

  private static func variable(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }
}
