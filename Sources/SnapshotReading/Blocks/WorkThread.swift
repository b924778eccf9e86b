#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A thread of its own for work that waits for other threads: in a pool, those it waits for might never get one.
struct WorkThread {
  private let thread: pthread_t?

  /// Starts `work`. Where the system gives no more threads, the work is done at once, on this one.
  init(_ work: @escaping @Sendable () -> Void) {
    let box = unsafe Unmanaged.passRetained(Box(work))
    var thread = pthread_t(bitPattern: 0)
    // Sound: the box is taken over by the one call of the thread's body.
    let status = unsafe pthread_create(
      &thread, nil,
      { box in
        guard let box = unsafe box else { return nil }
        unsafe Unmanaged<Box>.fromOpaque(box).takeRetainedValue().body()
        return nil
      }, box.toOpaque())
    self.thread = status == 0 ? thread : nil
    if status != 0 { unsafe box.takeRetainedValue().body() }
  }

  /// Waits for the end of the work; to be called once.
  func join() {
    if let thread { pthread_join(thread, nil) }
  }

  private final class Box {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
