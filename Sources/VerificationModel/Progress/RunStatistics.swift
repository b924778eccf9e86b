import Synchronization

/// What a run cost, by stage: measured once for each block and stage, over all threads and inputs.
public final class RunStatistics: Sendable {
  /// A part of the work.
  public enum Stage: String, CaseIterable, Sendable {
    /// Bytes come from files and pipes, and out of containers.
    case reading
    /// The pages of a block are taken in.
    case pages
    /// The blocks are hashed.
    case hash = "SHA-256"
    /// What was found in the blocks is put together, in their order.
    case joining
    /// Bytes that no page in use may own are searched.
    case residue
    /// The tree is followed to the pages that are in use; all of them are read again where something is not sound.
    case tree
    /// What is in use is held against the policy.
    case judging
    /// The reports are written.
    case reporting
  }

  /// What a stage cost.
  public struct Cost: Hashable, Sendable {
    /// The time of all threads that were in the stage, whether they ran or waited for the system.
    public var duration: Duration
    /// Bytes that went through it, where that can be said.
    public var bytes: UInt64

    /// A cost of these figures.
    public init(duration: Duration = .zero, bytes: UInt64 = 0) {
      self.duration = duration
      self.bytes = bytes
    }
  }

  private let costs = Mutex<[Stage: Cost]>([:])

  /// Statistics of a run that has not begun.
  public init() {}

  /// What `stage` has cost so far.
  public func cost(of stage: Stage) -> Cost { costs.withLock { $0[stage] ?? Cost() } }

  /// Adds to the cost of `stage`.
  public func add(_ cost: Cost, to stage: Stage) {
    costs.withLock { costs in
      costs[stage, default: Cost()].duration += cost.duration
      costs[stage, default: Cost()].bytes += cost.bytes
    }
  }
}

extension RunStatistics? {
  /// Does `body`, and adds the time that takes to the cost of `stage`, if statistics are kept at all.
  ///
  /// - Parameter bytes: the bytes that `body` works on.
  public func measure<Answer, Failure: Error>(
    _ stage: RunStatistics.Stage, bytes: Int = 0, _ body: () throws(Failure) -> Answer
  ) throws(Failure) -> Answer {
    guard let self else { return try body() }
    let clock = ContinuousClock()
    let start = clock.now
    defer { self.add(RunStatistics.Cost(duration: start.duration(to: clock.now), bytes: UInt64(bytes)), to: stage) }
    return try body()
  }
}
