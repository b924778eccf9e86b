import CommandBenchmark
import Foundation
import SnapshotGeneration

/// Fills a case with a series of snapshots, asks it, and kills those who fill others.
public struct CaseRun: Sendable {
  /// What is measured.
  public struct Plan: Sendable {
    /// The series of snapshots.
    public var series: SeriesOptions
    /// Runs of each question, after one to warm up.
    public var rounds: Int
    /// Calls that are killed.
    public var kills: Int
    /// Whether the keys are given, and values decrypted.
    public var authenticates: Bool
    /// Whether the snapshots and the case stay.
    public var keeps: Bool

    /// A plan.
    public init(series: SeriesOptions, rounds: Int, kills: Int, authenticates: Bool = false, keeps: Bool = false) {
      self.series = series
      self.rounds = rounds
      self.kills = kills
      self.authenticates = authenticates
      self.keeps = keeps
    }
  }

  private let atrest: String
  private let generator: String
  private let directory: String

  /// Snapshots in the series of the killed calls, and Secrets in each.
  private static let killedSeries = SeriesOptions(nights: 8, secrets: 1000)

  /// A run of the program `atrest`, on snapshots that the program `generator` makes in `directory`, which is made for it.
  public init(atrest: String, generator: String, directory: String) {
    self.atrest = atrest
    self.generator = generator
    self.directory = directory
  }

  /// Measures what `plan` says.
  ///
  /// Throws ``CommandFailure`` when a command fails that must not.
  ///
  /// - Parameter saving: called with what there is after each part of the plan: they may take hours.
  public func measure(
    _ plan: Plan, machine: Machine, revision: String, progress: (String) -> Void,
    saving: (CaseResults) throws -> Void = { _ in }
  ) throws -> CaseResults {
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let load = Machine.load
    let store = CaseUnderTest(atrest: atrest, path: "\(directory)/case")
    var nights: [NightResult] = []
    var sizes: [UInt64] = [0, 0]
    var queries: [QueryResult] = []
    var kills = KillResult()
    func results() -> CaseResults {
      CaseResults(
        date: Date(), machine: machine, load: [load, Machine.load], revision: revision, series: plan.series,
        isAuthenticated: plan.authenticates, nights: nights, store: sizes, queries: queries, kills: kills)
    }
    if plan.series.nights > 0 {
      try removeIfThere(store.path)
      try store.make()
      nights = try fill(store, plan, progress)
      progress("copying the case")
      sizes = [store.bytes, try compactBytes(store)]
      try saving(results())
      queries = try CaseQuestions(store, snapshots: nights.count, watched: SnapshotSeries.watchedSecret)
        .ask(rounds: plan.rounds, progress: progress)
      try saving(results())
      if !plan.keeps { try removeIfThere(store.path) }
    }
    kills = try kill(plan, progress)
    return results()
  }

  /// Takes one snapshot in after the other; each is verified too, before it or after it in turn.
  private func fill(_ store: CaseUnderTest, _ plan: Plan, _ progress: (String) -> Void) throws -> [NightResult] {
    let configuration = "\(directory)/keys.yaml"
    let source = try NightSource(plan.series, in: directory, configuration: configuration, generator: generator)
    let options = plan.authenticates ? ["-c", configuration, "--authenticate"] : []
    var nights: [NightResult] = []
    for number in 1...plan.series.nights {
      let night = try source.next()
      let file = source.path(of: night)
      // Some Secrets are plaintext: a verdict of 1 is right.
      let verify = Pipeline([[atrest, "verify"] + options + [file]], statuses: [0, 1])
      let before = store.bytes
      let compact = night.isQuiet ? try compactBytes(store) : nil
      let early = number.isMultiple(of: 2) ? nil : try verify.run()
      let add = try store.add(file, options: options)
      let result = NightResult(
        summary: night, verify: try early ?? verify.run(), add: add, store: [before, store.bytes],
        compact: try compact.map { [$0, try compactBytes(store)] })
      nights.append(result)
      progress(
        "snapshot \(number) of \(plan.series.nights): \(night.bytes.bytesText), verify \(result.verify.wall.secondsText), "
          + "case add \(add.wall.secondsText), store \(store.bytes.bytesText)")
      if !plan.keeps { try removeIfThere(file) }
    }
    if !plan.keeps { try removeIfThere(configuration) }
    return nights
  }

  private func compactBytes(_ store: CaseUnderTest) throws -> UInt64 {
    let copy = CaseUnderTest(atrest: atrest, path: "\(directory)/copy")
    try removeIfThere(copy.path)
    _ = try Pipeline([store.call("backup", [copy.path])]).run()
    defer { try? removeIfThere(copy.path) }
    return copy.bytes
  }

  private func kill(_ plan: Plan, _ progress: (String) -> Void) throws -> KillResult {
    guard plan.kills > 0 else { return KillResult() }
    let place = "\(directory)/kills"
    try removeIfThere(place)
    let source = try NightSource(
      Self.killedSeries, in: place, configuration: "\(directory)/kills.yaml", generator: generator)
    let files = try (0..<Self.killedSeries.nights).map { _ in source.path(of: try source.next()) }
    let trial = KillTrial(atrest: atrest, directory: place, files: files, seed: plan.series.seed)
    let result = try trial.run(kills: plan.kills, progress: progress)
    if !plan.keeps, result.violations.isEmpty {
      try removeIfThere(place)
      try removeIfThere("\(directory)/kills.yaml")
    }
    return result
  }

  private func removeIfThere(_ path: String) throws {
    if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
  }
}
