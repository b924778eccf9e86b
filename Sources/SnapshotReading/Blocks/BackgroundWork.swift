import Dispatch
import Synchronization

/// Work that another thread does meanwhile.
package final class BackgroundWork<Value: Sendable>: Sendable {
  private let group = DispatchGroup()
  private let value = Mutex<Value?>(nil)

  /// Starts `work`.
  package init(_ work: @escaping @Sendable () -> Value) {
    DispatchQueue.global().async(group: group) {
      let result = work()
      self.value.withLock { $0 = result }
    }
  }

  /// Waits for the end of the work, and answers what came of it.
  package func wait() -> Value {
    group.wait()
    guard let value = value.withLock({ $0 }) else { preconditionFailure("the group was left before the work ended") }
    return value
  }
}
