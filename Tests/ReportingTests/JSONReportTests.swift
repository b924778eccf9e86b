import TestSupport
import Testing
import VerificationModel

@testable import Reporting

@Suite("The JSON report")
struct JSONReportTests {
  private func render(_ snapshots: [SnapshotReport], _ policy: Policy = Policy.rows()) throws -> (String, JSONValue) {
    let text = try JSONReport.render(
      Report(policy: policy, snapshots: snapshots), invocation: Sample.invocation, duration: .milliseconds(1500))
    return (text, try JSONValue(parsing: text))
  }

  @Test func `every report is as the schema says, with no member more`() throws {
    let schema = try JSONSchema.report()
    let error = VerificationError(code: "not-bbolt", message: "not a bbolt database")
    let snapshots = [
      Sample.mixed, Sample.damaged, Sample.snapshot(.pass, live: Sample.counts(encrypted: 1), hash: .skipped),
      Sample.snapshot(.fail, hash: .missing(computed: Sample.digest)), Sample.unreadable(error),
    ]
    for snapshots in [[], snapshots] + snapshots.map({ [$0] }) {
      #expect(schema.violations(in: try render(snapshots).1) == [])
    }
    #expect(schema.violations(in: try render(snapshots, Policy.rows(failOn: nil, layers: [.history])).1) == [])
    let hostile = try JSONReport.render(HostileNameTests.report, invocation: Sample.invocation, duration: .zero)
    #expect(schema.violations(in: try JSONValue(parsing: hostile)) == [])
  }

  @Test func `the whole call`() throws {
    let report = try render([Sample.snapshot(.pass, live: Sample.counts(encrypted: 1)), Sample.mixed]).1
    #expect(report["schemaVersion"] == .number(1))
    #expect(report["startedAt"] == .string("2026-09-21T14:13:20Z"))
    #expect(report["durationSeconds"] == .number(1.5))
    #expect(report["verdict"] == .string("fail"))
    #expect(report["tool"]?["arguments"] == .array([.string("verify"), .string("backup.db")]))
    #expect(report["policy"]?["layers"] == .array([.string("live"), .string("history")]))
    #expect(report["policy"]?["failOn"] == .string("high"))
    #expect(try render([], Policy.rows(failOn: nil)).1["policy"]?["failOn"] == .string("never"))
  }

  @Test func `a finding about a value`() throws {
    let snapshot = try render([Sample.mixed]).1["snapshots"]?[0]
    let finding = try #require(snapshot?["findings"]?[0])
    #expect(finding["key"] == .string("/registry/secrets/default/db"))
    #expect(finding["revision"] == .object(["main": .number(42), "sub": .number(0)]))
    #expect(finding["class"] == .string("plaintext"))
    #expect(finding["secret"]?["data"]?[0] == .object(["name": .string("password"), "bytes": .number(12)]))
    #expect(finding["nameOmitted"] == nil)
    #expect(snapshot?["findings"]?[5]?["nameOmitted"] == .bool(true))
    #expect(snapshot?["findings"]?[5]?["key"] == nil)
    #expect(snapshot?["findingCounts"]?["plaintext-live"] == .number(2))
    #expect(snapshot?["findingsOmitted"] == .number(0))
  }

  @Test(arguments: [
    (
      SnapshotReport.HashCheck.match(digest: Sample.digest),
      ["status": "match", "computed": Sample.digest, "embedded": Sample.digest]
    ),
    (
      .mismatch(computed: Sample.digest, embedded: Sample.otherDigest),
      ["status": "mismatch", "computed": Sample.digest, "embedded": Sample.otherDigest]
    ),
    (.missing(computed: Sample.digest), ["status": "missing", "computed": Sample.digest]),
    (.skipped, ["status": "skipped"]),
  ])
  func `the SHA-256`(check: SnapshotReport.HashCheck, expected: [String: String]) throws {
    let file = try render([Sample.snapshot(.pass, hash: check)]).1["snapshots"]?[0]?["file"]
    #expect(file?["sha256"] == .object(expected.mapValues { .string($0) }))
    #expect(file?["container"] == .array([]))
  }

  @Test func `what would say nothing is left out`() throws {
    let error = VerificationError(code: "empty", message: "empty")
    let snapshot = try #require(try render([Sample.unreadable(error)]).1["snapshots"]?[0]?.members)
    #expect(
      Set(snapshot.keys) == [
        "path", "verdict", "file", "errors", "findings", "findingsOmitted", "exposed", "exposedTotals", "next",
      ])
    #expect(snapshot["findings"] == .array([]))
  }

  @Test func `errors that are not listed are counted`() throws {
    let errors = try #require(try render([Sample.damaged]).1["snapshots"]?[0]?["errors"]?.elements)
    #expect(errors.count == 3)
    #expect(errors[1]["page"] == .number(9))
    #expect(errors[2]["code"] == .string("errors-omitted"))
    #expect(errors[2]["message"] == .string("3 more errors, not listed here"))
  }

  @Test func `the text is stable`() throws {
    let text = try render([Sample.unreadable(VerificationError(code: "empty", message: "a/b"))]).0
    #expect(text.hasPrefix("{\n  \"durationSeconds\" : 1.5,\n"))
    #expect(text.hasSuffix("\n}\n"))
    #expect(text.contains("\"a/b\""))
    #expect(try render([Sample.mixed]).0 == render([Sample.mixed]).0)
  }
}
