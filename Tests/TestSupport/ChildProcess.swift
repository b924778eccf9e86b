import Foundation

/// One finished run of another program.
public struct ChildProcess: Sendable {
  /// The exit status; 128 and the signal's number for a program that died of one, as shells have it.
  public let status: Int32
  /// What it wrote to standard output.
  public let output: [UInt8]
  /// What it wrote to standard error.
  public let errors: String

  /// Runs the program that `command` begins with, found by `PATH` unless it is a path, with the arguments that follow.
  ///
  /// Throws when it can't be run, or has not ended `within` this time; it is killed then.
  ///
  /// - Parameters:
  ///   - directory: where it runs.
  ///   - input: what it finds on standard input.
  ///   - environment: all of its variables.
  public init(
    _ command: [String], in directory: String, input: [UInt8] = [],
    environment: [String: String] = ProcessInfo.processInfo.environment, within limit: Duration = .seconds(60)
  ) async throws {
    self = try await ProgramSlots.shared.run {
      try await ChildProcess(running: command, directory, input, environment, limit)
    }
  }

  private init(
    running command: [String], _ directory: String, _ input: [UInt8], _ environment: [String: String], _ limit: Duration
  ) async throws {
    let files = try TemporaryDirectory()
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    // The directory is entered by the shell: it must not become that of the tests even for a moment.
    process.arguments = ["-c", "cd \"$1\" && shift && exec \"$@\"", "sh", directory] + command
    process.environment = environment
    let handles = try [
      FileHandle(forReadingFrom: URL(filePath: files.file("input", input))),
      FileHandle(forWritingTo: URL(filePath: files.file("output", []))),
      FileHandle(forWritingTo: URL(filePath: files.file("errors", []))),
    ]
    // Foundation may keep them long after the process has ended.
    defer { for handle in handles { try? handle.close() } }
    process.standardInput = handles[0]
    process.standardOutput = handles[1]
    process.standardError = handles[2]
    let limiter = Task {
      try await Task.sleep(for: limit)
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
      return true
    }
    status = try await Self.status(of: process)
    limiter.cancel()
    if case .success = await limiter.result {
      throw ChildProcessFailure("\(command.joined(separator: " ")): still ran after \(limit)")
    }
    output = try [UInt8](Data(contentsOf: URL(filePath: "\(files.path)/output")))
    errors = try String(decoding: Data(contentsOf: URL(filePath: "\(files.path)/errors")), as: UTF8.self)
  }

  /// Runs `process` to its end.
  private static func status(of process: Process) async throws -> Int32 {
    try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { process in
        let signal: Int32 = process.terminationReason == .uncaughtSignal ? 128 : 0
        continuation.resume(returning: signal + process.terminationStatus)
      }
      do {
        try process.runWithAllSignals()
      } catch {
        continuation.resume(throwing: error)
      }
    }
  }
}
