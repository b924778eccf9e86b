import CaseBenchmark
import CommandBenchmark
import Foundation
import SnapshotGeneration
import TestSupport
import Testing

@Suite struct CaseRunTests {
  @Test func smallSeriesIsMeasuredAndKilledCallsDoNoHarm() throws {
    let directory = try TemporaryDirectory()
    let run = try CaseRun(
      atrest: BuiltProgram.url("atrest").path(percentEncoded: false),
      generator: BuiltProgram.url("generate-nights").path(percentEncoded: false), directory: directory.path)
    let plan = CaseRun.Plan(series: SeriesOptions(nights: 10, secrets: 500), rounds: 1, kills: 10)
    let results = try run.measure(
      plan, machine: Machine(compiler: "Swift"), revision: "abc", progress: { _ in })
    #expect(results.nights.map(\.summary.night) == Array(1...10))
    #expect(Set(results.nights.map(\.state)) == Set(NightResult.State.allCases))
    #expect(results.queries.allSatisfy { $0.samples.count == 1 })
    #expect(results.kills.kills == 10)
    #expect(results.kills.violations.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
    let report = CaseResultsReport(results)
    for text in [report.text, report.markdown] {
      #expect(text.contains("10 snapshots of 500 Secrets"))
      #expect(text.contains("atrest case exposures DIR"))
      #expect(text.contains("bytes for each row that is as it was"))
      #expect(text.contains("10 calls of case add"))
    }
    let path = "\(directory.path)/results.json"
    try results.write(to: path)
    let again = try CaseResults(contentsOf: path)
    #expect(again.nights == results.nights && again.kills == results.kills)
  }
}
