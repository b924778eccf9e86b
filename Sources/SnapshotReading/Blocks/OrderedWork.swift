import Dispatch
import Synchronization

/// Work on items 0, 1, 2, …, several at once on threads of their own, whose results are taken in the order of the items.
///
/// An item is begun only while fewer than twice as many as the threads are begun and not taken: a slow item makes the
/// others wait rather than their results pile up.
package final class OrderedWork<Value: Sendable>: Sendable {
  private let count: Int
  private let threads: Int
  private let work: @Sendable (Int) -> Value
  private let state: Mutex<State>
  /// Counts the items that may be begun before another result is taken.
  private let room = DispatchSemaphore(value: 0)
  /// Counts the results there were, taken or not.
  private let results = DispatchSemaphore(value: 0)
  /// Those that could be started.
  private let workers = Mutex<[WorkThread]>([])

  private struct State {
    var begun = 0
    var isEnded = false
    var results: [Int: Value] = [:]
  }

  /// Begins `work` on `count` items, at most `limit` at once, which is at least 1.
  package init(count: Int, limit: Int, _ work: @escaping @Sendable (Int) -> Value) {
    self.count = count
    self.threads = min(max(1, limit), count)
    self.work = work
    self.state = Mutex(State())
    for _ in 0..<2 * threads { room.signal() }
    let started = (0..<threads).compactMap { _ in WorkThread { self.workOnItems() } }
    workers.withLock { $0 = started }
  }

  /// Waits for the result of item `index`. To be called once for each, in order. Where the system gave no thread, the work is
  /// done here.
  package func take(_ index: Int) -> Value {
    guard workers.withLock({ !$0.isEmpty }) else { return work(index) }
    while true {
      if let value = state.withLock({ $0.results.removeValue(forKey: index) }) {
        room.signal()
        return value
      }
      results.wait()
    }
  }

  /// Begins no further item, and waits for the end of those begun.
  package func end() {
    state.withLock { $0.isEnded = true }
    for _ in 0..<threads { room.signal() }
    for worker in workers.withLock({ $0 }) { worker.join() }
  }

  private func workOnItems() {
    while let index = nextItem() {
      let value = work(index)
      state.withLock { $0.results[index] = value }
      results.signal()
    }
  }

  /// Waits for room; nil when no item is left to begin.
  private func nextItem() -> Int? {
    room.wait()
    return state.withLock { state in
      guard state.begun < count, !state.isEnded else { return nil }
      defer { state.begun += 1 }
      return state.begun
    }
  }
}
