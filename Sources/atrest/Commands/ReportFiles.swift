import FileAccess
import Reporting
import SnapshotReading
import VerificationModel

/// The reports that are written to files. Without any, nothing is done.
struct ReportFiles {
  private let files: [ReportFile]
  /// Whether one was given up before anything was read: the call asks for what can't be.
  private let isOneGivenUp: Bool
  private var invocation: Invocation?

  /// Opens all of them, before anything is read.
  ///
  /// One that can't be written is told and given up, and so are a second report in one file, and one in a file that the call
  /// reads, or writes otherwise: its `inputs`, by their paths, and what standard output and standard error go to. One in a
  /// directory among the `arguments` would be an input of the next call.
  init(_ requests: [ReportRequest], arguments: [String], inputs: @autoclosure () -> [String]) {
    let read = requests.isEmpty ? ReadFiles() : ReadFiles(arguments: arguments, inputs: inputs())
    var files: [ReportFile] = []
    for request in requests {
      do throws(ReportFile.Unwritable) {
        files.append(try Self.begin(request, beside: files, read))
      } catch {
        StandardOutput.sendError(WrongCall.line(error.description))
      }
    }
    self.files = files
    isOneGivenUp = files.count < requests.count
  }

  /// The directories in which they get their names.
  var directories: [String] { files.map(\.directory) }

  /// Writes what comes before the first snapshot.
  mutating func start(policy: Policy, invocation: Invocation) throws {
    self.invocation = invocation
    try writeEach { try $0.start(policy: policy, invocation: invocation) }
  }

  /// What the call reads, as far as it is there.
  private struct ReadFiles {
    var files: [(path: String, state: FileState)] = []
    /// The directories that it was told to read whole.
    var directories: [(path: String, state: FileState)] = []

    init() {}

    init(arguments: [String], inputs: [String]) {
      files = inputs.compactMap { path in FileState(of: path).map { (path, $0) } }
      directories = arguments.filter { FileKind(of: $0, followingLinks: true) == .directory }
        .compactMap { path in FileState(of: path).map { (path, $0) } }
    }
  }

  private static func begin(
    _ request: ReportRequest, beside files: [ReportFile], _ read: ReadFiles
  ) throws(ReportFile.Unwritable) -> ReportFile {
    let file = try ReportFile(request)
    guard !files.contains(where: { $0.place == file.place }) else {
      throw ReportFile.Unwritable("--report names the file '\(request.path)' twice")
    }
    let clause = "no report can be written to '\(request.path)'"
    if let directory = read.directories.first(where: { $0.state.contains(directory: file.directory) }) {
      throw ReportFile.Unwritable(
        "\(clause): it lies in '\(directory.path)', which the call reads: name a file elsewhere")
    }
    guard let old = file.replaced else { return file }
    if let input = read.files.first(where: { $0.state.isSameFile(as: old) }) {
      throw ReportFile.Unwritable("\(clause): the call reads '\(input.path)'")
    }
    guard StandardOutput.file?.isSameFile(as: old) != true else {
      throw ReportFile.Unwritable("\(clause): standard output goes there")
    }
    guard StandardOutput.errorFile?.isSameFile(as: old) != true else {
      throw ReportFile.Unwritable("\(clause): standard error goes there")
    }
    return file
  }

  /// Whether there are none.
  var isEmpty: Bool { files.isEmpty }

  /// What the call ends with where not all were written, whatever the verdict; nil where all were.
  var failureStatus: ExitStatus? {
    isOneGivenUp ? .usage : files.contains { $0.failure != nil } ? .unwritable : nil
  }

  /// Writes what can be told of the next snapshot.
  func add(_ snapshot: SnapshotReport, after report: Report) throws {
    try writeEach { try $0.add(snapshot, after: report) }
  }

  /// Writes the rest, and lets the files appear.
  func end(_ report: Report, duration: Duration) throws {
    guard let invocation else { return }
    try writeEach { try $0.end(report, invocation: invocation, duration: duration) }
  }

  /// Has each file written side by side, as far as there are processors, and tells what could not be written, in the order
  /// of the call.
  ///
  /// Each format renders the same report by itself, so that none waits for another, and all that is shared is read only.
  private func writeEach(_ write: @escaping @Sendable (ReportFile) throws -> Void) throws {
    let files = files
    guard !files.isEmpty else { return }
    let work = OrderedWork(count: files.count, limit: Processors.available) { index in
      Result { try write(files[index]) }
    }
    defer { work.end() }
    let outcomes = files.indices.map { work.take($0) }
    for file in files { file.tellFailure() }
    for outcome in outcomes { try outcome.get() }
  }
}
