import ArgumentParser
import CommandBenchmark
import Foundation
import SnapshotGeneration

/// `bench-runner`: what `scripts/bench` starts once everything is built.
@main
struct BenchRunner: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure atrest beside the tools people would otherwise use, on generated snapshots.",
    discussion: """
      Every command runs once in each round. Printed are medians: the time until the end, processor time, peak memory; \
      and the ratios that are to be kept. Ends with status 1 only when a comparison shows something worse.
      """)

  @Option(help: "Sizes of snapshots, with commas between.", transform: Self.sizes)
  var sizes = [ByteSize(bytes: 200_000_000), ByteSize(bytes: 2_000_000_000)]

  @Option(help: "small, secrets, or both, with commas between.", transform: Self.list(Mix.self))
  var mixes = Mix.allCases

  @Option(
    help: "Only these commands: \(Command.allCases.map(\.rawValue).joined(separator: ", ")).",
    transform: Self.list(Command.self))
  var only = Command.allCases

  @Option(help: "Runs of each command, after one to warm up.")
  var rounds = 5

  @Option(help: "The share of the pages that are free, and hold old rows.")
  var freePages = 0.1

  @Option(
    help: "Where the snapshots are written. Those that are there already are used. (default: in $TMPDIR)",
    completion: .directory)
  var dir: String?

  @Flag(help: "Do not remove the snapshots that were written.")
  var keep = false

  @Option(help: "Also write the results to this file, as JSON.", completion: .file())
  var json: String?

  @Option(help: "Also write the results to this file, as Markdown, and beside it a chart, as SVG.", completion: .file())
  var markdown: String?

  @Option(help: "Compare the ratios with those in this file, written by --json.", completion: .file())
  var compare: String?

  @Option(help: "How many times as large as before a ratio may be.")
  var threshold = 1.15

  @Option(help: "Measure nothing; take the results from this file, written by --json.", completion: .file())
  var from: String?

  @Option(help: "The atrest to measure. (default: the one just built)", completion: .file())
  var atrest: String?

  @Option(help: .hidden)
  var revision = "unknown"

  @Option(help: .hidden)
  var compiler = "unknown"

  func validate() throws {
    guard rounds > 0 else { throw ValidationError("--rounds is at least 1") }
    guard (0...SnapshotOptions.mostFreePages).contains(freePages) else {
      throw ValidationError("--free-pages lies between 0 and \(SnapshotOptions.mostFreePages)")
    }
    guard threshold >= 1 else { throw ValidationError("--threshold is at least 1") }
  }

  func run() throws {
    // What can't be read is found out before the measuring.
    let before = try compare.map(Results.init(contentsOf:))
    let results = try from.map(Results.init(contentsOf:)) ?? measure()
    let report = Report(results)
    print(report.text)
    if let json { try results.write(to: json) }
    if let markdown {
      let file = URL(filePath: markdown)
      let chart = file.deletingPathExtension().appendingPathExtension("svg")
      try report.markdown(chart: chart.lastPathComponent).write(to: file, atomically: true, encoding: .utf8)
      try BarChart(results).svg.write(to: chart, atomically: true, encoding: .utf8)
    }
    guard let before else { return }
    let comparison = Comparison(results, with: before, threshold: threshold)
    print(comparison.text)
    if comparison.fails { throw ExitCode(1) }
  }

  private func measure() throws -> Results {
    let programs = try Programs(
      atrest: atrest ?? Programs.path("atrest"), bareHash: Self.neighbor("bare-hash"))
    let store = try SnapshotStore(directory: directory, generator: Self.neighbor("generate-snapshot"))
    let gzip = only.contains(where: \.readsGzip) ? try Programs.path("gzip") : nil
    let run = AlternatingRun(programs, only, rounds: rounds)
    var files: [FileResult] = []
    for mix in mixes {
      for size in sizes.sorted() {
        Self.tell("\(mix.rawValue) \(size): generating")
        let snapshot = try store.snapshot(
          SnapshotOptions(bytes: size.bytes, mix: mix, freePages: freePages), gzip: gzip)
        files.append(run.measure(snapshot, progress: Self.tell))
        if !keep { try store.remove(snapshot) }
      }
    }
    return Results(
      date: Date(), machine: Machine(compiler: compiler), revision: revision, rounds: rounds, files: files)
  }

  private var directory: String {
    dir ?? FileManager.default.temporaryDirectory.appending(path: "atrest-bench").path(percentEncoded: false)
  }

  /// An executable in the directory in which this one lies.
  private static func neighbor(_ name: String) -> String {
    let program = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
    return program.deletingLastPathComponent().appending(path: name).path(percentEncoded: false)
  }

  private static func tell(_ line: String) {
    try? FileHandle.standardError.write(contentsOf: Data("bench: \(line)\n".utf8))
  }

  @Sendable private static func sizes(_ text: String) throws -> [ByteSize] {
    try text.split(separator: ",").map { word in
      guard let size = ByteSize(word), size.bytes > 0 else { throw ValidationError("\(word): no size such as 200MB") }
      return size
    }
  }

  private static func list<Value: RawRepresentable & CaseIterable & SendableMetatype>(
    _: Value.Type
  ) -> @Sendable (String) throws -> [Value] where Value.RawValue == String {
    { text in
      try text.split(separator: ",").map { word in
        guard let value = Value(rawValue: String(word)) else {
          throw ValidationError("\(word): none of \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return value
      }
    }
  }
}
