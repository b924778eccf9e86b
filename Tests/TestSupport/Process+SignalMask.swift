import Foundation

/// Foundation starts one program at a time: several at once have crashed in it.
private let starting = NSLock()

extension Process {
  /// Runs the program with no signal blocked, and no other one being started meanwhile.
  ///
  /// It would inherit what the calling thread blocks, and threads of libdispatch, on which tests run, block nearly
  /// everything (libdispatch: queue.c, _dispatch_worker_thread): a shell would wait for `SIGCHLD` forever.
  public func runWithAllSignals() throws {
    starting.lock()
    defer { starting.unlock() }
    var none = sigset_t()
    var blocked = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &blocked)
    defer { pthread_sigmask(SIG_SETMASK, &blocked, nil) }
    try run()
  }
}
