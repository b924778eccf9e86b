/// Work on items 0, 1, 2, …, several at once on threads of their own, whose results are taken in the order of the items.
///
/// An item is begun only while fewer than twice as many as the threads are begun and not taken: a slow item makes the
/// others wait rather than their results pile up.
package final class OrderedWork<Value: Sendable>: Sendable {
  private let count: Int
  private let threads: Int
  private let work: @Sendable (Int) -> Value
  private let state = SharedState(State())

  private struct State {
    var begun = 0
    var taken = 0
    var isEnded = false
    var results: [Int: Value] = [:]
    /// Those that could be started.
    var workers: [WorkThread] = []
  }

  /// Begins `work` on `count` items, at most `limit` at once, which is at least 1.
  package init(count: Int, limit: Int, _ work: @escaping @Sendable (Int) -> Value) {
    self.count = count
    self.threads = min(max(1, limit), count)
    self.work = work
    let started = (0..<threads).compactMap { _ in WorkThread { self.workOnItems() } }
    state.update { $0.workers = started }
  }

  /// Waits for the result of item `index`. To be called once for each, in order. Where the system gave no thread, the work is
  /// done here.
  package func take(_ index: Int) -> Value {
    guard state.update({ !$0.workers.isEmpty }) else { return work(index) }
    return state.wait { state in
      guard let value = state.results.removeValue(forKey: index) else { return nil }
      state.taken += 1
      return value
    }
  }

  /// Begins no further item, and waits for the end of those begun.
  package func end() {
    let workers = state.update { state in
      state.isEnded = true
      return state.workers
    }
    workers.forEach { $0.join() }
  }

  private func workOnItems() {
    while let index = nextItem() {
      let value = work(index)
      state.update { $0.results[index] = value }
    }
  }

  /// Waits for room; nil when no item is left to begin.
  private func nextItem() -> Int? {
    state.wait { [count, threads] state -> Int?? in
      guard state.begun < count, !state.isEnded else { return .some(nil) }
      guard state.begun - state.taken < 2 * threads else { return nil }
      defer { state.begun += 1 }
      return .some(state.begun)
    }
  }
}
