#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A thread of its own for work that waits for other threads: in a pool, those it waits for might never get one.
///
/// It is one of POSIX. Dispatch watches over its pools with three descriptors, and ends the process with SIGILL where these
/// can't be had; where no thread can be had, it tries without end.
package struct WorkThread: Sendable {
  private let thread: pthread_t

  /// Starts `work`; nil where the system gives no more threads.
  package init?(_ work: @escaping @Sendable () -> Void) {
    let box = unsafe Unmanaged.passRetained(Box(work))
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    // Sound: the box is taken over by the one call of the thread's body.
    let status = unsafe pthread_create(
      &thread, nil,
      { box in
        guard let box = unsafe box else { return nil }
        unsafe Unmanaged<Box>.fromOpaque(box).takeRetainedValue().body()
        return nil
      }, box.toOpaque())
    guard status == 0 else {
      unsafe box.release()
      return nil
    }
    #if canImport(Darwin)
      guard let thread else { return nil }
    #endif
    self.thread = thread
  }

  /// Waits for the end of the work; to be called once.
  package func join() { pthread_join(thread, nil) }

  private final class Box {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
