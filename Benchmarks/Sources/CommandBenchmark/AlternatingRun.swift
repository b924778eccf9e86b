import SnapshotGeneration

/// Measures commands on a file in rounds: in each, every command runs once, so that what slows the machine down for a
/// while slows all of them.
public struct AlternatingRun: Sendable {
  /// Where the programs lie.
  public let programs: Programs
  /// What is measured, in this order.
  public let commands: [Command]
  /// How often.
  public let rounds: Int

  /// A run of `commands`.
  public init(_ programs: Programs, _ commands: [Command], rounds: Int) {
    self.programs = programs
    self.commands = commands
    self.rounds = rounds
  }

  /// Measures the commands on `snapshot`. A round before the first warms up, and is not counted: it brings the files into
  /// the page cache. A command that fails is not run again.
  public func measure(_ snapshot: SnapshotStore.Snapshot, progress: (String) -> Void) -> FileResult {
    let options = snapshot.summary.options
    var result = FileResult(
      mix: options.mix, size: options.bytes, bytes: snapshot.summary.bytes, rows: snapshot.summary.revisions,
      secrets: snapshot.summary.secrets,
      measurements: commands.map { Measurement($0) })
    for round in 0...rounds {
      progress("\(result.name): \(round == 0 ? "warming up" : "round \(round) of \(rounds)")")
      for index in commands.indices where result.measurements[index].failure == nil {
        do {
          let sample = try commands[index].pipeline(programs, snapshot).run()
          if round > 0 { result.measurements[index].samples.append(sample) }
        } catch {
          result.measurements[index].samples = []
          result.measurements[index].failure = "\(error)".replacing(snapshot.path, with: "FILE")
        }
      }
    }
    return result
  }
}
