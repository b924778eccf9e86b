import Dispatch
import Synchronization
import Testing

@testable import SnapshotReading

@Suite("Work on several items at once", .timeLimit(.minutes(20)))
struct OrderedWorkTests {
  /// What is going on in the threads.
  private final class Watch: Sendable {
    let begun = Atomic(0)
    let mostAtOnce = Atomic(0)
    private let running = Atomic(0)

    func during<Value>(_ work: () -> Value) -> Value {
      begun.add(1, ordering: .sequentiallyConsistent)
      mostAtOnce.max(running.add(1, ordering: .sequentiallyConsistent).newValue, ordering: .sequentiallyConsistent)
      defer { running.subtract(1, ordering: .sequentiallyConsistent) }
      return work()
    }

    var itemsBegun: Int { begun.load(ordering: .sequentiallyConsistent) }

    /// Waits until so many items were begun, and then long enough for another.
    func settles(at count: Int) async throws -> Bool {
      while itemsBegun < count { try await Task.sleep(for: .milliseconds(1)) }
      try await Task.sleep(for: .milliseconds(50))
      return itemsBegun == count
    }
  }

  @Test(arguments: [0, 1, 2, 3, 10, 100], [1, 2, 3, 8, 200])
  func `results come in the order of the items, whichever is done first`(count: Int, limit: Int) {
    let watch = Watch()
    let work = OrderedWork(count: count, limit: limit) { item in
      watch.during {
        _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .microseconds(Int.random(in: 0..<500)))
        return item
      }
    }
    #expect((0..<count).map { work.take($0) } == Array(0..<count))
    work.end()
    #expect(watch.itemsBegun == count)
    #expect(watch.mostAtOnce.load(ordering: .sequentiallyConsistent) <= limit)
  }

  @Test(arguments: [1, 2, 5])
  func `as many threads work as are asked for, even if they all wait`(limit: Int) {
    let begun = DispatchSemaphore(value: 0)
    let go = DispatchSemaphore(value: 0)
    let work = OrderedWork(count: 20, limit: limit) { item in
      begun.signal()
      go.wait()
      return item
    }
    for _ in 0..<limit { begun.wait() }
    for _ in 0..<20 { go.signal() }
    #expect((0..<20).map { work.take($0) } == Array(0..<20))
    work.end()
  }

  @Test(arguments: [2, 3, 8])
  func `a slow item makes the others wait`(limit: Int) async throws {
    let watch = Watch()
    let slow = DispatchSemaphore(value: 0)
    let work = OrderedWork(count: 100, limit: limit) { item in
      watch.during {
        if item == 0 { slow.wait() }
        return item
      }
    }
    #expect(try await watch.settles(at: 2 * limit))
    slow.signal()
    #expect(work.take(0) == 0)
    #expect(try await watch.settles(at: 2 * limit + 1))
    #expect((1..<100).map { work.take($0) } == Array(1..<100))
    work.end()
  }

  @Test(arguments: [1, 3], [0, 1, 7])
  func `an early end begins nothing more, and leaves nothing behind`(limit: Int, taken: Int) {
    let watch = Watch()
    weak var left: OrderedWork<Int>?
    do {
      let work = OrderedWork(count: 1_000_000, limit: limit) { item in watch.during { item } }
      left = work
      #expect((0..<taken).map { work.take($0) } == Array(0..<taken))
      work.end()
    }
    #expect(left == nil)
    #expect(watch.itemsBegun <= taken + 2 * limit)
  }
}
