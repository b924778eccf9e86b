import Dispatch
import Reporting
import SnapshotReading
import Synchronization
import VerificationModel

/// Shows on standard error, from a thread of its own, how far the reading has come.
final class ProgressDisplay: Sendable {
  /// How it is shown.
  enum Form {
    /// One line of a terminal, written over five times a second once there is something to wait for, and erased at
    /// last.
    case line
    /// A line each second, and one at the end.
    case log
  }

  private let progress: ReadingProgress
  private let form: Form
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  /// Whether the terminal shows the line. Held by whoever writes to the terminal.
  private let isShown = Mutex(false)
  private let end = DispatchSemaphore(value: 0)
  /// Where the system gives no thread, nothing is shown but the end.
  private let thread = Mutex<WorkThread?>(nil)

  /// Begins to show `progress`.
  init(_ progress: ReadingProgress, _ form: Form) {
    self.progress = progress
    self.form = form
    start = clock.now
    let started = WorkThread { self.run() }
    thread.withLock { $0 = started }
  }

  /// Lets `body` write to the terminal: the line is gone before, and comes again in a while.
  func standAside<Failure: Error>(for body: () throws(Failure) -> Void) throws(Failure) {
    try isShown.withLock { isShown throws(Failure) in
      erase(&isShown)
      try body()
    }
  }

  /// Ends the display; to be called once.
  func finish() {
    end.signal()
    thread.withLock { $0.take() }?.join()
    isShown.withLock { erase(&$0) }
    if form == .log { draw() }
  }

  private func run() {
    let (first, next): (Int, Int) = form == .line ? (500, 200) : (1000, 1000)
    var pause = first
    while end.wait(timeout: .now() + .milliseconds(pause)) == .timedOut {
      draw()
      pause = next
    }
  }

  private func draw() {
    isShown.withLock { isShown in
      let line = ProgressLine(progress.state, elapsed: start.duration(to: clock.now))
      switch form {
      case .line:
        // The last column stays free: some terminals begin a new line once it is written.
        StandardOutput.sendError("\r\(line.render(width: StandardError.columns - 1))\u{1B}[K")
        isShown = true
      case .log: StandardOutput.sendError(line.render() + "\n")
      }
    }
  }

  private func erase(_ isShown: inout Bool) {
    guard isShown else { return }
    StandardOutput.sendError("\r\u{1B}[K")
    isShown = false
  }
}
