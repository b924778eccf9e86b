import ArgumentParser
import CaseBenchmark
import CommandBenchmark
import Foundation
import SnapshotGeneration

/// `case-bench`: what `scripts/bench case` starts once everything is built.
@main
struct CaseBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench case",
    abstract: "Measure atrest case on a generated series of nightly snapshots, and kill it at random moments.",
    discussion: """
      The snapshots are made, verified, taken in and removed one by one. Then the whole case is asked, every question once \
      in each round. Then calls of 'case add' are killed by SIGKILL; after each, 'case verify' must pass, and in the end \
      the case must export what one exports that was never interrupted: else the status is 1.
      """)

  @Option(help: "How many snapshots; none with 0.")
  var snapshots = 200

  @Option(help: "How many Secrets each of them has, or so.")
  var secrets = 100_000

  @Option(help: "Runs of each question, after one to warm up.")
  var rounds = 5

  @Option(help: "How many calls are killed; none with 0.")
  var kills = 1000

  @Option(help: "What all random choices follow from.")
  var seed: UInt64 = 1

  @Flag(help: "Give the keys, and let values be decrypted.")
  var authenticate = false

  @Option(help: "Where the snapshots and the case are written. (default: in $TMPDIR)", completion: .directory)
  var dir: String?

  @Flag(help: "Do not remove the snapshots and the case.")
  var keep = false

  @Option(help: "Also write the results to this file, as JSON.", completion: .file())
  var json: String?

  @Option(help: "Also write the results to this file, as Markdown.", completion: .file())
  var markdown: String?

  @Option(help: "Measure nothing; take the results from this file, written by --json.", completion: .file())
  var from: String?

  @Option(help: "The atrest to measure. (default: the one just built)", completion: .file())
  var atrest: String?

  @Option(help: .hidden)
  var revision = "unknown"

  @Option(help: .hidden)
  var compiler = "unknown"

  func validate() throws {
    guard snapshots >= 0, kills >= 0 else { throw ValidationError("--snapshots and --kills are at least 0") }
    guard secrets > 0 else { throw ValidationError("--secrets is at least 1") }
    guard rounds > 0 else { throw ValidationError("--rounds is at least 1") }
  }

  func run() throws {
    let results = try from.map(CaseResults.init(contentsOf:)) ?? measure()
    let report = CaseResultsReport(results)
    print(report.text)
    if let json { try results.write(to: json) }
    if let markdown { try report.markdown.write(toFile: markdown, atomically: true, encoding: .utf8) }
    if !results.kills.violations.isEmpty { throw ExitCode(1) }
  }

  private func measure() throws -> CaseResults {
    let run = CaseRun(
      atrest: try atrest ?? Programs.path("atrest"), generator: Self.neighbor("generate-nights"),
      directory: directory)
    let plan = CaseRun.Plan(
      series: SeriesOptions(nights: snapshots, secrets: secrets, seed: seed), rounds: rounds, kills: kills,
      authenticates: authenticate, keeps: keep)
    return try run.measure(
      plan, machine: Machine(compiler: compiler), revision: revision, progress: Self.tell,
      saving: { results in if let json { try results.write(to: json) } })
  }

  private var directory: String {
    dir ?? FileManager.default.temporaryDirectory.appending(path: "atrest-bench-case").path(percentEncoded: false)
  }

  /// An executable in the directory in which this one lies.
  private static func neighbor(_ name: String) -> String {
    let program = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
    return program.deletingLastPathComponent().appending(path: name).path(percentEncoded: false)
  }

  private static func tell(_ line: String) {
    try? FileHandle.standardError.write(contentsOf: Data("bench: \(line)\n".utf8))
  }
}
