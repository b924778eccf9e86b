import Foundation
import TestSupport
import Testing

/// What a call of the system meets in a program that runs above Tests/SystemFaults/system_faults.c.
struct SystemFault: Sendable, CustomTestStringConvertible {
  /// Which calls are counted, as the layer names them.
  let calls: String
  /// The number of an errno, `short` or `end`.
  let fault: String
  /// Whether all calls from there on meet it.
  var stays = false
  /// Whether a program that is called right goes on as if nothing had been.
  var isHarmless = false

  var testDescription: String { "\(calls) \(fault)\(stays ? " from then on" : "")" }

  static let all: [SystemFault] = [
    SystemFault(calls: "read", fault: "\(EIO)"),
    SystemFault(calls: "read", fault: "\(EINTR)", isHarmless: true),
    SystemFault(calls: "read", fault: "short", isHarmless: true),
    SystemFault(calls: "read", fault: "end"),
    SystemFault(calls: "write", fault: "\(ENOSPC)", stays: true),
    SystemFault(calls: "write", fault: "\(EIO)"),
    SystemFault(calls: "write", fault: "\(EINTR)", isHarmless: true),
    SystemFault(calls: "write", fault: "short", isHarmless: true),
    SystemFault(calls: "sync", fault: "\(EIO)"),
    SystemFault(calls: "name", fault: "\(ENOSPC)"),
    SystemFault(calls: "open", fault: "\(EMFILE)", stays: true),
    SystemFault(calls: "open", fault: "\(EIO)"),
    SystemFault(calls: "open", fault: "\(EINTR)", isHarmless: true),
    SystemFault(calls: "list", fault: "\(EIO)"),
    SystemFault(calls: "stat", fault: "\(EIO)"),
    SystemFault(calls: "seek", fault: "\(EIO)"),
    SystemFault(calls: "map", fault: "\(ENOMEM)", stays: true),
    SystemFault(calls: "lock", fault: "\(ENOMEM)", stays: true, isHarmless: true),
    SystemFault(calls: "random", fault: "\(EINTR)", isHarmless: true),
    SystemFault(calls: "thread", fault: "\(EAGAIN)", isHarmless: true),
    SystemFault(calls: "thread", fault: "\(EAGAIN)", stays: true, isHarmless: true),
    SystemFault(calls: "child", fault: "\(EAGAIN)", isHarmless: true),
    SystemFault(calls: "memory", fault: "\(ENOMEM)"),
    SystemFault(calls: "memory", fault: "\(ENOMEM)", stays: true),
  ]

  /// What a program is to be called with so that call `number` meets the fault, from 1 on, or that calls are only counted, for 0.
  ///
  /// - Parameter counter: the path of a file of eight zeros, in which the calls are counted.
  func prefix(at number: Int, counter: String) async throws -> [String] {
    [
      "env", "LD_PRELOAD=\(try await Self.layer.value.path)/layer.so",
      "SYSTEM_FAULT=\(calls):\(fault):\(number)\(stays ? "+" : "")", "SYSTEM_CALLS=\(counter)",
    ]
  }

  /// The directory of the compiled layer.
  private static let layer = Task {
    let directory = try TemporaryDirectory()
    let source = Program.repository.appending(path: "Tests/SystemFaults/system_faults.c").path(percentEncoded: false)
    let script = "$(command -v cc || command -v clang) -O1 -shared -fPIC -o layer.so \"$0\" -ldl"
    let compiling = try await ChildProcess(["sh", "-c", script, source], in: directory.path)
    guard compiling.status == 0 else {
      throw ChildProcessFailure("the layer can't be compiled", says: compiling.errors)
    }
    return directory
  }
}
