import CommandBenchmark
import Foundation
import SnapshotGeneration
import TestSupport

/// Fills cases while `atrest case add` is killed at random moments, and holds each against one that was filled in peace.
///
/// After each kill `case verify` must pass, and the case must hold the snapshots that it held before, and of those of the
/// call the first ones, or none.
struct KillTrial {
  /// The path of `atrest`.
  let atrest: String
  /// Where the cases are made. One in which something is wrong stays there.
  let directory: String
  /// The snapshots, in the order in which they are taken in.
  let files: [String]
  /// What all random choices follow from.
  let seed: UInt64

  /// Violations after which nothing is tried any more.
  private static let mostViolations = 10
  /// The part of a call's time after which it writes.
  private static let writing = 0.6
  /// Calls may be killed a little later than they end by themselves.
  private static let latest = 1.1

  /// Kills so many calls, and tells what came of it.
  func run(kills: Int, progress: (String) -> Void) throws -> KillResult {
    var result = KillResult()
    guard kills > 0, !files.isEmpty else { return result }
    var random = SeededGenerator(seed: seed)
    let (seconds, wanted) = try fillInPeace()
    while result.kills < kills, result.violations.count < Self.mostViolations {
      let store = CaseUnderTest(atrest: atrest, path: "\(directory)/killed-\(result.cases + 1)")
      try store.make()
      let before = result.violations.count
      try fill(store, seconds, kills, &result, &random, progress)
      if result.violations.count == before { try compare(store, wanted, &result) }
      result.cases += 1
      if result.violations.count == before { try FileManager.default.removeItem(atPath: store.path) }
    }
    return result
  }

  /// How long each file takes, and what is exported in the end.
  private func fillInPeace() throws -> ([Double], Data) {
    let store = CaseUnderTest(atrest: atrest, path: "\(directory)/unharmed")
    try store.make()
    let seconds = try files.map { try store.add($0).wall }
    let export = try store.export()
    try FileManager.default.removeItem(atPath: store.path)
    return (seconds, export)
  }

  /// Fills a case until all files are in it, or enough calls were killed, or something is wrong.
  private func fill(
    _ store: CaseUnderTest, _ seconds: [Double], _ kills: Int, _ result: inout KillResult,
    _ random: inout SeededGenerator, _ progress: (String) -> Void
  ) throws {
    var held = 0
    while held < files.count, result.kills < kills {
      let call = nextCall(held, &random)
      let usual = call.reduce(0) { $0 + seconds[$1] }
      let moment = moment(in: usual, &random)
      let run = InterruptedRun(store.call("add", call.map { files[$0] }))
      let name = "\(store.path), \(call.count) snapshots from \(call.lowerBound + 1) on, killed after \(moment)"
      let outcome = try run.run(killingAfter: moment)
      let check = try store.check()
      let most = max(held, call.upperBound)
      guard check.isSound, let snapshots = check.snapshots else {
        return result.violations.append("\(name): \(check.words)")
      }
      guard (held...most).contains(snapshots) else {
        return result.violations.append("\(name): \(snapshots) snapshots in the case, there were \(held)")
      }
      switch outcome {
      case .killed:
        result.kills += 1
        result.before += snapshots == held ? 1 : 0
        if result.kills.isMultiple(of: 50) { progress("\(result.kills) of \(kills) calls killed") }
      case .ended(let status, let line):
        result.ends += 1
        guard status == 0, snapshots == most else {
          return result.violations.append("\(name): exit status \(status), \(snapshots) snapshots: \(line ?? "")")
        }
      }
      held = snapshots
    }
  }

  /// When a call is killed that takes so many seconds: half of them while the store is written, the others at any moment.
  private func moment(in seconds: Double, _ random: inout SeededGenerator) -> Duration {
    let earliest = random.isOne(in: 2) ? Self.writing : 0
    let share = Double(random.count(0...1_000_000)) / 1_000_000
    return .seconds(seconds * (earliest + (Self.latest - earliest) * share))
  }

  /// Places of the files of the next call: one, or the next three; sometimes one that the case has already.
  private func nextCall(_ held: Int, _ random: inout SeededGenerator) -> Range<Int> {
    if held > 0, random.isOne(in: 8) {
      let place = random.count(0...held - 1)
      return place..<place + 1
    }
    return held..<min(files.count, held + (random.isOne(in: 4) ? 3 : 1))
  }

  /// Adds to a case what is missing, and compares its export with the one that is `wanted`.
  private func compare(_ store: CaseUnderTest, _ wanted: Data, _ result: inout KillResult) throws {
    do {
      for file in files { _ = try store.add(file) }
      let check = try store.check()
      if !check.isSound { result.violations.append("\(store.path), filled: \(check.words)") }
      if try store.export() != wanted {
        result.violations.append("\(store.path): exports something else than a case that was never interrupted")
      }
    } catch let failure as CommandFailure {
      result.violations.append("\(store.path), filled: \(failure)")
    }
  }
}
