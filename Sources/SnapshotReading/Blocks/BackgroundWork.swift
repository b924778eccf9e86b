/// Work that another thread does meanwhile. Where the system gives no more threads, it is done at once, on this one.
package final class BackgroundWork<Value: Sendable>: Sendable {
  private let state = SharedState(State())

  private struct State {
    var value: Value?
    var thread: WorkThread?
  }

  /// Starts `work`, which waits for no other thread.
  package init(_ work: @escaping @Sendable () -> Value) {
    let body = { @Sendable in
      let result = work()
      self.state.update { $0.value = result }
    }
    if let started = WorkThread(body) { state.update { $0.thread = started } } else { body() }
  }

  /// Waits for the end of the work, and answers what came of it.
  package func wait() -> Value {
    state.update { $0.thread.take() }?.join()
    guard let value = state.update({ $0.value }) else { preconditionFailure("the thread ended before the work") }
    return value
  }
}
