import Foundation
import TestSupport
import Testing
import VerificationModel

@testable import Reporting

@Suite("The report as in-toto statements")
struct AttestationReportTests {
  private func statements(_ snapshots: [SnapshotReport], _ policy: Policy = Policy()) throws -> [JSONValue] {
    let text = try AttestationReport().text(snapshots, policy)
    let statements = try text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    for statement in statements {
      #expect(statement["_type"] == .string("https://in-toto.io/Statement/v1"))
      #expect(statement["subject"]?[0]?["digest"]?["sha256"]?.string?.wholeMatch(of: /[0-9a-f]{64}/) != nil)
    }
    return statements
  }

  private func clean(_ path: String = "backup.db") -> SnapshotReport {
    var snapshot = Sample.snapshot(
      .pass, path: path, live: Sample.counts(encrypted: 3), history: Sample.counts(encrypted: 1))
    snapshot.residue = SnapshotReport.ResidueSummary(zeroPages: 1, explainedPages: 2)
    snapshot.resources[0].residue = SnapshotReport.ResidueCounts()
    return snapshot
  }

  private func strings(_ value: JSONValue?) -> [String] { value?.elements?.compactMap(\.string) ?? [] }

  @Test func `a pass has two: the result of the test, and what holds`() throws {
    let statements = try statements([clean()])
    try #require(statements.count == 2)
    #expect(statements[0]["subject"]?[0]?["name"] == .string("backup.db"))
    #expect(statements[0]["subject"]?[0]?["digest"]?["sha256"] == .string(Sample.digest))
    #expect(statements[0]["predicateType"] == .string("https://in-toto.io/attestation/test-result/v0.1"))
    let result = try #require(statements[0]["predicate"])
    #expect(result["result"] == .string("PASSED"))
    #expect(strings(result["passedTests"]).count == 4)
    #expect(strings(result["failedTests"]) == [])
    #expect(statements[1]["predicateType"] == .string("https://in-toto.io/attestation/svr/v0.1"))
    let verification = try #require(statements[1]["predicate"])
    #expect(verification["verifier"]?["id"] == .string("urn:atrest:verify:1.2.3"))
    #expect(verification["timeCreated"] == .string("2026-09-21T14:13:21Z"))
    #expect(
      strings(verification["properties"]) == [
        "ATREST_SNAPSHOT_INTACT", "ATREST_ENCRYPTED_LIVE:secrets", "ATREST_ENCRYPTED_HISTORY:secrets",
        "ATREST_ENCRYPTED_RESIDUE:secrets",
      ])
  }

  @Test func `the configuration is the options, by their digest`() throws {
    let options = try #require(try statements([clean()])[0]["predicate"]?["configuration"]?[0])
    let content = try #require(options["content"]?.string.flatMap { Data(base64Encoded: $0) })
    #expect(String(decoding: content, as: UTF8.self).hasPrefix("--fail-on high --layers live,history,residue"))
    #expect(options["digest"]?["sha256"]?.string?.count == 64)
  }

  @Test func `a failure has one`() throws {
    let statements = try statements([Sample.mixed, Sample.damaged])
    #expect(statements.count == 2)
    #expect(statements.allSatisfy { $0["predicate"]?["result"] == .string("FAILED") })
    #expect(
      strings(statements[0]["predicate"]?["failedTests"])
        == ["secrets, live: encrypted at rest", "secrets, history: encrypted at rest"])
    #expect(strings(statements[1]["predicate"]?["passedTests"]) == [])
  }

  @Test func `what is tolerated or waived is a warning, and no property`() throws {
    var tolerated = clean()
    tolerated.findings = [Sample.plaintextFinding(.plaintextLive)]
    tolerated.findingCounts = [.plaintextLive: 1]
    tolerated.resources[0].live = Sample.counts(plaintext: 1, encrypted: 2)
    let waived = clean().waiving([Sample.finding(.staleKey).waived(until: "2026-05-31")])
    for (snapshot, word) in [(tolerated, "secrets, live: encrypted at rest"), (waived, "moves in May")] {
      let statements = try statements([snapshot], Policy(failOn: nil))
      try #require(statements.count == 2)
      #expect(statements[0]["predicate"]?["result"] == .string("WARNED"))
      let warnings = strings(statements[0]["predicate"]?["warnedTests"])
      #expect(warnings.contains { $0.contains(word) })
      let properties = strings(statements[1]["predicate"]?["properties"])
      #expect(!properties.contains("ATREST_ENCRYPTED_LIVE:secrets"))
    }
  }

  @Test func `what has no digest has no statement`() throws {
    let unread = Sample.unreadable(VerificationError(code: "x", message: "gone"))
    let skipped = Sample.snapshot(.pass, live: Sample.counts(encrypted: 1), hash: .skipped)
    #expect(try statements([unread, skipped]) == [])
    let bare = Sample.snapshot(.pass, live: Sample.counts(encrypted: 1), hash: .missing(computed: Sample.digest))
    let properties = strings(try statements([bare]).last?["predicate"]?["properties"])
    #expect(!properties.contains("ATREST_SNAPSHOT_INTACT"))
  }

  @Test(arguments: Sample.hostileNames)
  func `a hostile name stays in its string`(name: String) throws {
    var snapshot = Sample.hostileSnapshot(name)
    snapshot.errors = []
    snapshot.verdict = .pass
    let statements = try statements([snapshot.waiving([Sample.hostile(name).waived(name, by: name, until: name)])])
    #expect((1...2).contains(statements.count))
    let active: [Unicode.GeneralCategory] = [.control, .format, .lineSeparator, .paragraphSeparator]
    #expect(
      statements.flatMap(\.allStrings).allSatisfy { text in
        !text.unicodeScalars.contains { active.contains($0.properties.generalCategory) }
      })
  }
}
