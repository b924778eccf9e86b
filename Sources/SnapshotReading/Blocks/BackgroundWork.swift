import Synchronization

/// Work that another thread does meanwhile. Where the system gives no more threads, it is done at once, on this one.
package final class BackgroundWork<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)
  private let thread = Mutex<WorkThread?>(nil)

  /// Starts `work`, which waits for no other thread.
  package init(_ work: @escaping @Sendable () -> Value) {
    let body = { @Sendable in
      let result = work()
      self.value.withLock { $0 = result }
    }
    if let started = WorkThread(body) { thread.withLock { $0 = started } } else { body() }
  }

  /// Waits for the end of the work, and answers what came of it.
  package func wait() -> Value {
    thread.withLock { $0.take() }?.join()
    guard let value = value.withLock({ $0 }) else { preconditionFailure("the thread ended before the work") }
    return value
  }
}
