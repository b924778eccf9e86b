import CProcess
import Foundation

/// Programs that run at the same time, each reading what the one before it writes.
public struct Pipeline: Hashable, Sendable {
  /// Where the last program's output goes.
  public enum Output: Hashable, Sendable {
    /// To `/dev/null`. Not for programs that do less work when they see that (GNU grep stops at the first match).
    case discarded
    /// To a file that goes away.
    case temporary
    /// To the file at this path.
    case file(String)
  }

  /// The programs, each a path and arguments.
  public let stages: [[String]]
  /// The exit statuses of the last program that mean that it did its work; the others must end with 0.
  public let statuses: Set<Int32>
  /// Where the last program's output goes.
  public let output: Output

  /// A pipeline of at least one program.
  public init(_ stages: [[String]], statuses: Set<Int32> = [0], output: Output = .temporary) {
    self.stages = stages
    self.statuses = statuses
    self.output = output
  }

  /// Runs the programs to their end, and tells what that took: the time until the last of them had ended, the
  /// processor time of all, and the peak memory of the largest.
  ///
  /// Throws ``CommandFailure`` when one of them can't be started, or ends with another status than it must.
  public func run() throws -> Sample {
    let null = try FileHandle(forUpdating: URL(filePath: "/dev/null"))
    let errors = try FileHandle.temporary()
    let last = try output.handle()
    var processes: [pid_t] = []
    var input = null
    let start = ContinuousClock.now
    for (index, stage) in stages.enumerated() {
      guard index + 1 < stages.count else {
        processes.append(try Self.start(stage, input, last, errors))
        break
      }
      let pipe = Pipe()
      // Else a program would hold open the pipe that it reads from, or the next one: nobody would see its end.
      for end in [pipe.fileHandleForReading, pipe.fileHandleForWriting] {
        _ = fcntl(end.fileDescriptor, F_SETFD, FD_CLOEXEC)
      }
      processes.append(try Self.start(stage, input, pipe.fileHandleForWriting, errors))
      try pipe.fileHandleForWriting.close()
      input = pipe.fileHandleForReading
    }
    if stages.count > 1 { try input.close() }
    let ends = processes.map(ProcessEnd.init(waitingFor:))
    let wall = start.duration(to: .now)
    try check(ends, errors, last)
    return Sample(
      wall: wall.seconds, processor: ends.reduce(0) { $0 + $1.processor }, peakBytes: ends.map(\.peakBytes).max() ?? 0)
  }

  /// Starts a program, and answers its process id.
  static func start(
    _ arguments: [String], _ input: FileHandle, _ output: FileHandle, _ errors: FileHandle
  ) throws -> pid_t {
    // Sound: the copies outlive the call, which makes copies of its own in another process.
    var words = unsafe arguments.map { unsafe strdup($0) }
    unsafe words.append(nil)
    defer { unsafe words.forEach { unsafe free($0) } }
    let process = unsafe start_process(&words, input.fileDescriptor, output.fileDescriptor, errors.fileDescriptor)
    guard process > 0 else { throw CommandFailure("\(arguments[0]) can't be started") }
    return process
  }

  /// A program that reads from another is asked first: where it stops early, the other can't end well.
  private func check(_ ends: [ProcessEnd], _ errors: FileHandle, _ results: FileHandle) throws {
    for (index, end) in ends.enumerated().reversed() {
      guard index == ends.count - 1 ? !statuses.contains(end.status) : end.status != 0 else { continue }
      let line = try errors.firstLine() ?? (output == .temporary ? results.firstLine() : nil)
      throw CommandFailure("exit status \(end.status)\(line.map { ": \($0)" } ?? "")")
    }
  }
}

extension Pipeline.Output {
  fileprivate func handle() throws -> FileHandle {
    switch self {
    case .discarded: return try FileHandle(forUpdating: URL(filePath: "/dev/null"))
    case .temporary: return try FileHandle.temporary()
    case .file(let path):
      guard FileManager.default.createFile(atPath: path, contents: nil) else {
        throw CommandFailure("\(path) can't be written")
      }
      return try FileHandle(forUpdating: URL(filePath: path))
    }
  }
}

extension FileHandle {
  /// What the file begins with, up to the first end of a line; nil when it is empty.
  func firstLine() throws -> String? {
    try seek(toOffset: 0)
    let text = String(decoding: try read(upToCount: 400) ?? Data(), as: UTF8.self)
    return text.split(separator: "\n").first.map { $0.split(separator: " ").joined(separator: " ") }
  }

  /// An empty file without a name.
  static func temporary() throws -> FileHandle {
    let url = FileManager.default.temporaryDirectory.appending(path: "bench-\(UUID().uuidString)")
    guard FileManager.default.createFile(atPath: url.path(percentEncoded: false), contents: nil) else {
      throw CommandFailure("no file can be made in \(url.deletingLastPathComponent().path(percentEncoded: false))")
    }
    defer { try? FileManager.default.removeItem(at: url) }
    return try FileHandle(forUpdating: url)
  }
}

extension Duration {
  /// The time in seconds.
  package var seconds: Double { self / .seconds(1) }
}
