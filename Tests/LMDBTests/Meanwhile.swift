import Foundation
import Synchronization

/// What a test does on a thread of its own, while it waits for a process that it started: each such wait holds one of the few
/// threads on which tasks run, so that nothing else of the test may come to its turn.
final class Meanwhile<Value: Sendable>: Sendable {
  private let outcome = Mutex<Result<Value, any Error>?>(nil)

  /// Begins.
  init(_ body: @escaping @Sendable () throws -> Value) {
    Thread { [self] in
      let result = Result { try body() }
      outcome.withLock { $0 = result }
    }.start()
  }

  /// What came of it, when it has ended.
  func value() async throws -> Value {
    while true {
      if let result = outcome.withLock({ $0 }) { return try result.get() }
      try await Task.sleep(for: .milliseconds(1))
    }
  }
}

/// Waits on this thread until there is a file at `path`, one minute at most; answers whether there is.
func waits(forFile path: String) -> Bool {
  for _ in 0..<60_000 {
    if access(path, F_OK) == 0 { return true }
    usleep(1000)
  }
  return false
}
