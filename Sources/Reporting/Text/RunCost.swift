import VerificationModel

/// What a run cost, for people: a table by stage, then what the system counted for the whole process.
public struct RunCost: Sendable {
  private let statistics: RunStatistics
  private let wallTime: Duration
  private let userTime: Duration
  private let systemTime: Duration
  private let peakMemory: UInt64
  private let sandbox: SandboxState?

  /// The cost of a run that has ended.
  ///
  /// - Parameters:
  ///   - wallTime: how long it took.
  ///   - userTime: how long processors worked for the process.
  ///   - systemTime: how long processors worked for the process inside the system.
  ///   - peakMemory: the most bytes the process had in memory at once.
  ///   - sandbox: what the process gave up; nil where nobody asked it to.
  public init(
    _ statistics: RunStatistics, wallTime: Duration, userTime: Duration, systemTime: Duration, peakMemory: UInt64,
    sandbox: SandboxState? = nil
  ) {
    self.statistics = statistics
    self.wallTime = wallTime
    self.userTime = userTime
    self.systemTime = systemTime
    self.peakMemory = peakMemory
    self.sandbox = sandbox
  }

  /// The table, in lines of at most 80 columns.
  public func render() -> String {
    var table = Table(alignment: .right)
    table.rows.append(.heading(["stage", "time", "bytes", "rate"]))
    table.rows += RunStatistics.Stage.allCases.map { row("  " + $0.rawValue, statistics.cost(of: $0)) }
    let bytesRead = statistics.cost(of: .reading).bytes
    table.rows.append(row("wall time", RunStatistics.Cost(duration: wallTime, bytes: bytesRead)))
    table.rows.append(row("user CPU time", RunStatistics.Cost(duration: userTime)))
    table.rows.append(row("system CPU time", RunStatistics.Cost(duration: systemTime)))
    table.rows.append(.cells(["peak memory", peakMemory.inBinaryUnits]))
    if let sandbox { table.rows.append(.text("Sandbox (\(sandbox.mode)): \(sandbox.held).")) }
    table.rows.append(.text("Stages run side by side, on several threads: their times may add up to more."))
    return table.lines(Style(color: false)).joined(separator: "\n") + "\n"
  }

  private func row(_ name: String, _ cost: RunStatistics.Cost) -> Table.Row {
    let cells = [name, "\((cost.duration / .seconds(1)).decimal(places: 3)) s"]
    guard cost.bytes > 0 else { return .cells(cells) }
    return .cells(cells + [ByteUnit.amount(cost.bytes), ByteUnit.rate(cost.bytes, in: cost.duration) ?? ""])
  }
}
