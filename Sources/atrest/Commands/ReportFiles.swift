import FileAccess
import Reporting
import SnapshotReading
import VerificationModel

/// The reports that are written to files. Without any, nothing is done.
struct ReportFiles {
  private let files: [ReportFile]
  private var invocation: Invocation?

  /// Opens all of them, before anything is read.
  ///
  /// Throws what can't be written, two reports in one file, and a file that the call reads, or writes otherwise: its
  /// `inputs`, by their paths, and standard output.
  init(_ requests: [ReportRequest], inputs: @autoclosure () -> [String]) throws {
    do throws(ReportFile.Unwritable) {
      files = try Self.begin(requests, inputs)
    } catch {
      StandardOutput.sendError(WrongCall.line(error.description))
      throw ExitStatus.usage
    }
  }

  /// The directories in which they get their names.
  var directories: [String] { files.map(\.directory) }

  /// Writes what comes before the first snapshot.
  mutating func start(policy: Policy, invocation: Invocation) throws {
    self.invocation = invocation
    try writeEach { try $0.start(policy: policy, invocation: invocation) }
  }

  private static func begin(
    _ requests: [ReportRequest], _ inputs: () -> [String]
  ) throws(ReportFile.Unwritable) -> [ReportFile] {
    guard !requests.isEmpty else { return [] }
    var files: [ReportFile] = []
    let read = inputs().map { ($0, FileState(of: $0)) }
    for request in requests {
      let file = try ReportFile(request)
      guard !files.contains(where: { $0.place == file.place }) else {
        throw ReportFile.Unwritable("--report names the file '\(request.path)' twice")
      }
      if let old = file.replaced {
        if let input = read.first(where: { $0.1?.isSameFile(as: old) == true }) {
          throw ReportFile.Unwritable("no report can be written to '\(request.path)': the call reads '\(input.0)'")
        }
        guard StandardOutput.file?.isSameFile(as: old) != true else {
          throw ReportFile.Unwritable("no report can be written to '\(request.path)': standard output goes there")
        }
        guard StandardOutput.errorFile?.isSameFile(as: old) != true else {
          throw ReportFile.Unwritable("no report can be written to '\(request.path)': standard error goes there")
        }
      }
      files.append(file)
    }
    return files
  }

  /// Whether there are none.
  var isEmpty: Bool { files.isEmpty }

  /// Whether one of them could not be written.
  var haveFailed: Bool { files.contains { $0.failure != nil } }

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
