import FileAccess
import Reporting
import VerificationModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A report that is written to a file beside standard output.
///
/// Once something can't be written, the file is given up, and the call goes on.
///
/// Sound to hand between threads: ``ReportFiles`` has each file written by one thread at a time.
final class ReportFile: @unchecked Sendable {
  /// Where the file will be.
  let place: AtomicFile.Place
  /// The file that it replaces; nil where there is none.
  let replaced: FileState?
  /// What kept the report from being written, once something did.
  private(set) var failure: WriteFailure?
  /// Whether that was told.
  private var isFailureTold = false
  /// The directory in which it gets its name.
  let directory: String
  private let path: String
  private let format: any ReportFormat
  /// The file while it is written.
  private var file: AtomicFile?

  /// Begins the file. Throws a clause that says why it can't be written.
  init(_ request: ReportRequest) throws(Unwritable) {
    path = request.path
    directory = AtomicFile.directory(of: request.path)
    format = request.format.format
    do throws(OpenFailure) {
      let file = try AtomicFile(path: request.path, mode: mode_t(request.format.mode))
      (place, replaced) = (file.place, file.replaced)
      self.file = consume file
    } catch {
      throw Unwritable(request.path, error)
    }
  }

  /// Why no file can be written at a path.
  struct Unwritable: Error, CustomStringConvertible {
    let description: String

    init(_ clause: String) { description = clause }

    init(_ path: String, _ failure: OpenFailure) {
      description =
        switch failure {
        case .system(let code): "no report can be written to '\(path)': \(WriteFailure(code))"
        case .kind(.directory) where FileState(of: path) == nil:
          "no report can be written to '\(path)': there is no such directory, and no name of a file behind it"
        case .kind(.directory): "no report can be written to '\(path)': it is a directory; name a file in it"
        case .kind(.link):
          "no report can be written to '\(path)': it is a symbolic link; name the file that it leads to"
        case .kind: "no report can be written to '\(path)': it is no regular file"
        }
    }
  }

  /// Writes what comes before the first snapshot.
  func start(policy: Policy, invocation: Invocation) throws {
    try attempt { try write(try format.start(policy: policy, invocation: invocation)) }
  }

  /// Writes what can be told of the next snapshot.
  func add(_ snapshot: SnapshotReport, after report: Report) throws {
    try attempt { try format.next(snapshot, after: report) { try write($0) } }
  }

  /// Writes the rest, and lets the file appear.
  func end(_ report: Report, invocation: Invocation, duration: Duration) throws {
    try attempt {
      try format.end(report, invocation: invocation, duration: duration) { try write($0) }
      guard let file = self.file.take() else { return }
      try file.complete()
    }
  }

  private func write(_ text: String) throws(WriteFailure) {
    guard !text.isEmpty else { return }
    try file?.write(text)
  }

  /// Tells the user, once, what kept the report from being written.
  func tellFailure() {
    guard let failure, !isFailureTold else { return }
    isFailureTold = true
    StandardOutput.sendError(WrongCall.line("the report could not be written to '\(path)': \(failure)"))
  }

  private func attempt(_ body: () throws -> Void) throws {
    guard failure == nil else { return }
    do {
      try body()
    } catch let failure as WriteFailure {
      self.failure = failure
      file = nil
    }
  }
}
