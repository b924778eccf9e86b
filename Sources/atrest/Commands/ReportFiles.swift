import FileAccess
import Reporting
import VerificationModel

/// The reports that are written to files. Without any, nothing is done.
struct ReportFiles {
  private let files: [ReportFile]
  private let invocation: Invocation

  /// Begins all of them, before anything is verified.
  ///
  /// Throws what can't be written, two reports in one file, and a file that the call reads, or writes otherwise: its
  /// `inputs`, by their paths, and standard output.
  init(
    _ requests: [ReportRequest], inputs: @autoclosure () -> [String], policy: Policy, invocation: Invocation
  ) throws {
    self.invocation = invocation
    do throws(ReportFile.Unwritable) {
      files = try Self.begin(requests, inputs)
    } catch {
      StandardOutput.sendError(WrongCall.line(error.description))
      throw ExitStatus.usage
    }
    for file in files { try file.start(policy: policy, invocation: invocation) }
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
      }
      files.append(file)
    }
    return files
  }

  /// Whether there are none.
  var isEmpty: Bool { files.isEmpty }

  /// Whether one of them could not be written.
  var haveFailed: Bool { files.contains(where: \.hasFailed) }

  /// Writes what can be told of the next snapshot.
  func add(_ snapshot: SnapshotReport, after report: Report) throws {
    for file in files { try file.add(snapshot, after: report) }
  }

  /// Writes the rest, and lets the files appear.
  func end(_ report: Report, duration: Duration) throws {
    for file in files { try file.end(report, invocation: invocation, duration: duration) }
  }
}
