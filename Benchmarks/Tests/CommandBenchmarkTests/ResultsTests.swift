import Foundation
import SnapshotGeneration
import Testing

@testable import CommandBenchmark

@Suite struct ResultsTests {
  @Test(arguments: [([3.0], 3.0, 3.0, 3.0), ([5, 1, 2], 2, 1, 5), ([4, 1, 2, 9], 3, 1, 9)])
  func spreadHasTheMiddleValue(values: [Double], median: Double, least: Double, greatest: Double) throws {
    let spread = try #require(Spread(of: values))
    #expect([spread.median, spread.least, spread.greatest] == [median, least, greatest])
  }

  @Test func ratiosAreThoseOfEachRound() throws {
    let results = results(verify: [1, 4], openssl: [2, 4])
    let target = try #require(results.targets.first { $0.target == "verify-openssl" })
    #expect(target.ratio == Spread(of: [0.5, 1]))
    #expect(target.outcome == .met)
  }

  @Test(arguments: [(3.4, TargetResult.Outcome.met), (3.6, .missed)])
  func ratioIsHeldAgainstTheLimitOfTheMix(ratio: Double, outcome: TargetResult.Outcome) throws {
    let file = file(200, [.verifyNoHash: [ratio], .cat: [1]])
    #expect(results([file]).targets.map(\.outcome) == [outcome])
  }

  @Test(arguments: [(0.007, TargetResult.Outcome.met), (0.009, .missed)])
  func smallFileIsHeldAgainstTheTimeOfAStart(wall: Double, outcome: TargetResult.Outcome) throws {
    let targets = results([file(1, [.verifyResidue: [wall]])]).targets
    #expect(targets.first { $0.target == "start-up" }?.outcome == outcome)
    #expect(!results([file(200, [.verifyResidue: [wall]])]).targets.contains { $0.target == "start-up" })
  }

  @Test func memoryIsHeldAgainstItsBound() throws {
    let target = try #require(results([file(200, [.verifyResidue: [1]])]).targets.first { $0.target == "memory" })
    // One byte, of 64 MiB, one row and 48,828 pages.
    #expect(target.ratio == Spread(of: [1.0 / Double(64 << 20 + 48 + 200_000_000 / 4096 * 24)]))
  }

  @Test func growthComparesTheLargestFileWithTheSmallest() throws {
    let files = [(200, 1.0), (2000, 20.0), (1000, 9.0)].map { file($0.0, [.verify: [$0.1]]) }
    let target = try #require(results(files).targets.first)
    #expect((target.target, target.size, target.ratio.median) == ("growth", 2_000_000_000, 0.5))
    #expect(results([files[0]]).targets.isEmpty)
  }

  @Test func commandThatFailedHasNoRatio() {
    var file = file(200, [.verifyResidue: [1], .openssl: [2]])
    file.measurements[0].failure = "exit status 2"
    #expect(results([file]).targets.isEmpty)
    #expect(Report(results([file])).text.contains("exit status 2"))
  }

  @Test func onlyWhatGrewBeyondTheThresholdIsWorse() {
    let before = results(verify: [1], openssl: [2])
    #expect(!Comparison(results(verify: [1.1], openssl: [2]), with: before, threshold: 1.15).fails)
    #expect(!Comparison(results(verify: [10], openssl: [20]), with: before, threshold: 1.15).fails)
    #expect(Comparison(results(verify: [1.2], openssl: [2]), with: before, threshold: 1.15).fails)
  }

  @Test func whatFailsNowIsWorseAndWhatWasNotRunIsNot() {
    let before = results(verify: [1], openssl: [2])
    var file = file(200, [.verifyResidue: [1], .openssl: [2]])
    file.measurements[0].failure = "exit status 2"
    #expect(Comparison(results([file]), with: before, threshold: 1.15).fails)
    file.measurements.remove(at: 0)
    #expect(Comparison(results([file]), with: before, threshold: 1.15).changes.isEmpty)
  }

  @Test func resultsAreReadAsTheyWereWritten() throws {
    let results = results(verify: [1, 2], openssl: [2, 2])
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path(percentEncoded: false)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try results.write(to: path)
    #expect(try Results(contentsOf: path) == results)
  }

  @Test func reportsShowEveryCommandAndTarget() {
    let results = results(verify: [1], openssl: [2])
    let report = Report(results)
    for text in [report.text, report.markdown(chart: "chart.svg")] {
      #expect(text.contains("openssl dgst -sha256 FILE"))
      #expect(text.contains("verify / openssl, wall"))
      #expect(text.contains("0.50"))
      #expect(text.contains("ROWS: --layers live,history"))
    }
    #expect(report.markdown(chart: "chart.svg").contains("(chart.svg)"))
    #expect(BarChart(results).svg.contains("atrest verify FILE"))
  }

  private func results(verify: [Double], openssl: [Double]) -> Results {
    results([file(200, [.verifyResidue: verify, .openssl: openssl])])
  }

  private func results(_ files: [FileResult]) -> Results {
    Results(
      date: Date(timeIntervalSince1970: 0), machine: Machine(compiler: "Swift"), revision: "abc", rounds: 2,
      files: files)
  }

  private func file(_ megabytes: UInt64, _ walls: [Command: [Double]]) -> FileResult {
    FileResult(
      mix: .small, size: megabytes * 1_000_000, bytes: megabytes * 1_000_000, rows: 1, secrets: 1,
      measurements: walls.sorted { $0.key.isAtrest && !$1.key.isAtrest }.map { command, walls in
        // Processor time that no target is missed by.
        Measurement(command, samples: walls.map { Sample(wall: $0, processor: 1, peakBytes: 1) })
      })
  }
}
