import TestSupport
import Testing
import VerificationModel

@testable import Reporting

@Suite("The NDJSON report")
struct NDJSONReportTests {
  private let report = Report(policy: Policy.rows(), snapshots: [Sample.mixed, Sample.damaged])

  private func lines(_ text: String) throws -> [JSONValue] {
    try text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
  }

  private func type(_ line: JSONValue) -> String? { line["type"]?.string }

  /// `line` without `names`, and with `additions`.
  private func record(
    _ line: JSONValue, without names: [String], adding additions: [String: JSONValue] = [:]
  ) -> JSONValue {
    var members = line.members ?? [:]
    names.forEach { members[$0] = nil }
    return .object(members.merging(additions) { $1 })
  }

  @Test func `lines come in order, findings after their snapshot`() throws {
    let text = try NDJSONReport.render(report, invocation: Sample.invocation, duration: .seconds(2))
    let findings = Array(repeating: "finding", count: Sample.mixed.findings.count)
    #expect(try lines(text).map(type) == ["start", "snapshot"] + findings + ["snapshot", "end"])
    #expect(text.hasSuffix("}\n"))
  }

  @Test func `written bit by bit it is the same`() throws {
    let text =
      try NDJSONReport.start(policy: report.policy, invocation: Sample.invocation)
      + NDJSONReport.snapshot(Sample.mixed, policy: report.policy)
      + NDJSONReport.snapshot(Sample.damaged, policy: report.policy)
      + NDJSONReport.end(report, duration: .seconds(2))
    #expect(text == (try NDJSONReport.render(report, invocation: Sample.invocation, duration: .seconds(2))))
  }

  @Test func `members are those of the schema`() throws {
    let schema = try JSONSchema.report()
    let text = try NDJSONReport.render(report, invocation: Sample.invocation, duration: .milliseconds(1500))
    let lines = try lines(text)
    for line in lines where type(line) == "snapshot" {
      #expect(line["findings"] == nil)
      let snapshot = record(line, without: ["type"], adding: ["findings": .array([])])
      #expect(schema.violations(in: snapshot, definition: "snapshot") == [])
    }
    for line in lines where type(line) == "finding" {
      #expect(line["path"] == .string("backup.db"))
      #expect(schema.violations(in: record(line, without: ["type", "path"]), definition: "finding") == [])
    }
    let start = try #require(lines.first)
    let end = try #require(lines.last)
    #expect(Set((start.members ?? [:]).keys) == ["type", "schemaVersion", "tool", "startedAt", "policy"])
    #expect(
      end
        == .object([
          "type": .string("end"), "verdict": .string("error"), "durationSeconds": .number(1.5),
          "verdicts": .object(["pass": .number(0), "fail": .number(1), "error": .number(1)]), "passedOver": .array([]),
        ]))
    let whole = record(start, without: ["type"], adding: record(end, without: ["type"]).members ?? [:])
    #expect(schema.violations(in: record(whole, without: [], adding: ["snapshots": .array([])])) == [])
  }
}
