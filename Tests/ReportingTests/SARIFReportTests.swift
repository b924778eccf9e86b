import RuleCatalog
import TestSupport
import Testing
import VerificationModel

@testable import Reporting

@Suite("The report as SARIF")
struct SARIFReportTests {
  private func run(_ snapshots: [SnapshotReport], _ policy: Policy = Policy()) throws -> JSONValue {
    let log = try JSONValue(parsing: SARIFReport().text(snapshots, policy))
    #expect(log["version"] == .string("2.1.0"))
    #expect(log["runs"]?.elements?.count == 1)
    return try #require(log["runs"]?[0])
  }

  private func clustered(_ snapshot: SnapshotReport, path: String, member: UInt64 = 0x8e9e) -> SnapshotReport {
    var copy = SnapshotReport(path: path, file: snapshot.file, verdict: snapshot.verdict)
    copy.prefixes = snapshot.prefixes
    copy.resources = snapshot.resources
    copy.findings = snapshot.findings
    copy.findingCounts = snapshot.findingCounts
    copy.cluster = ClusterIdentity(members: [.init(id: member, name: "a"), .init(id: member + 1, name: "b")])
    return copy
  }

  private func fingerprints(_ run: JSONValue) -> [String] {
    run["results"]?.elements?.compactMap { $0["partialFingerprints"]?["primaryLocationLineHash"]?.string } ?? []
  }

  @Test func `every rule has what code-scanning pages show, within their limits`() throws {
    let rules = try #require(try run([Sample.mixed])["tool"]?["driver"]?["rules"]?.elements)
    #expect(rules.map { $0["id"]?.string } == Rule.allCases.map(\.rawValue))
    for rule in rules {
      for text in ["shortDescription", "fullDescription", "help"] {
        #expect(rule[text]?["text"]?.string?.isEmpty == false)
      }
      #expect(rule["help"]?["markdown"]?.string?.contains("**What to do.**") == true)
      #expect((1...20).contains(rule["properties"]?["tags"]?.elements?.count ?? 0))
      let score = try #require(rule["properties"]?["security-severity"]?.string.flatMap(Double.init))
      let severity = try #require(rule["id"]?.string.flatMap(Rule.init(rawValue:))?.severity)
      #expect((score > 9.0) == (severity == .critical))
      #expect((7.0...9.0).contains(score) == (severity == .high))
    }
  }

  @Test func `a result has a physical location that does not name the file`() throws {
    let run = try run([clustered(Sample.mixed, path: "/backups/2026-11-30.db")])
    let results = try #require(run["results"]?.elements)
    #expect(results.count == 7)
    for result in results {
      let location = try #require(result["locations"]?[0]?["physicalLocation"])
      let uri = try #require(location["artifactLocation"]?["uri"]?.string)
      #expect(["cluster-8e9e/registry/secrets", "cluster-8e9e/snapshot"].contains(uri))
      let index = try #require(location["artifactLocation"]?["index"]?.number)
      #expect(run["artifacts"]?[Int(index)]?["location"]?["uri"] == .string(uri))
      #expect(location["region"]?["startLine"] == .number(1))
      #expect(result["analysisTarget"]?["uri"] == .string("/backups/2026-11-30.db"))
      let rule = try #require(result["ruleIndex"]?.number)
      #expect(run["tool"]?["driver"]?["rules"]?[Int(rule)]?["id"] == result["ruleId"])
    }
    #expect(results[0]["level"] == .string("error"))
    #expect(results[0]["locations"]?[0]?["physicalLocation"]?["region"]?["byteOffset"] == .number(28_772))
    #expect(
      results[0]["locations"]?[0]?["logicalLocations"]?[0]?["fullyQualifiedName"] == .string("default/db"))
    #expect(run["automationDetails"]?["id"]?.string?.hasPrefix("atrest/cluster-8e9e/") == true)
  }

  @Test func `fingerprints are distinct, and the same in the next snapshot of the cluster`() throws {
    let tonight = try run([clustered(Sample.mixed, path: "monday.db")])
    var later = Sample.mixed
    later.findings = later.findings.map { finding in
      var moved = Sample.finding(
        finding.rule, name: finding.subject?.names?.name ?? "db",
        revision: finding.subject?.revision?.main ?? 1, page: 99)
      if finding.subject == nil { moved = finding }
      if finding.subject != nil, finding.subject?.names == nil { moved.subject = finding.subject }
      if let names = finding.subject?.names {
        moved.subject = Finding.Subject(revision: finding.subject?.revision, valueBytes: 7, names: names)
      }
      return moved
    }
    let tomorrow = try run([clustered(later, path: "tuesday.db")])
    #expect(Set(fingerprints(tonight)).count == 7)
    #expect(fingerprints(tonight) == fingerprints(tomorrow))
    let both = try run([clustered(Sample.mixed, path: "monday.db"), clustered(later, path: "tuesday.db")])
    #expect(Set(fingerprints(both)) == Set(fingerprints(tonight)))
  }

  @Test func `the worst come first, and what is left out is stated`() throws {
    var snapshot = Sample.mixed
    let many = SARIFReport.mostResults + 3
    snapshot.findings = (0..<many).map { number in
      var finding = Finding(.staleKey, "\(number)")
      if number % 5 == 0 { finding.severity = .critical }
      return finding
    }
    snapshot.findingCounts = [.staleKey: many + 9]
    let run = try run([snapshot])
    let results = try #require(run["results"]?.elements)
    #expect(results.count == SARIFReport.mostResults)
    let levels = results.map { $0["level"] == .string("error") }
    #expect(levels == levels.filter(\.self) + levels.filter { !$0 })
    #expect(levels.count(where: \.self) == (many + 4) / 5)
    let notes = run["invocations"]?[0]?["toolExecutionNotifications"]?.elements?.compactMap {
      $0["message"]?["text"]?.string
    }
    #expect(notes?.contains { $0.hasPrefix("9 more findings, not listed") } == true)
    #expect(notes?.contains { $0.hasPrefix("3 more findings, the least grave, left out") } == true)
  }

  @Test func `errors are notifications, and the execution is no success`() throws {
    let invocation = try #require(try run([Sample.damaged, Sample.mixed])["invocations"]?[0])
    #expect(invocation["executionSuccessful"] == .bool(false))
    #expect(invocation["exitCode"] == .number(3))
    let notes = try #require(invocation["toolExecutionNotifications"]?.elements)
    #expect(notes.map { $0["descriptor"]?["id"]?.string } == ["hash-mismatch", "key-order", "errors-omitted"])
    #expect(notes.allSatisfy { $0["level"] == .string("error") })
    #expect(try run([Sample.mixed])["invocations"]?[0]?["executionSuccessful"] == .bool(true))
  }

  @Test func `a waived finding is suppressed, with its reason`() throws {
    let waived = Sample.plaintextFinding(.plaintextLive, name: "w").waived(until: "2026-05-31")
    let results = try #require(try run([Sample.mixed.waiving([waived])])["results"]?.elements)
    #expect(results.count == 8)
    #expect(results.dropLast().allSatisfy { $0["suppressions"] == nil })
    let suppression = try #require(results.last?["suppressions"]?[0])
    #expect(suppression["kind"] == .string("external"))
    #expect(suppression["status"] == .string("accepted"))
    #expect(
      suppression["justification"]
        == .string("waived: moves in May; accepted by ciso@example.com until 2026-05-31"))
  }

  @Test(arguments: Sample.hostileNames)
  func `a hostile name makes no link, no placeholder and no URI of its own`(name: String) throws {
    let run = try run([Sample.hostileSnapshot(name)])
    for artifact in try #require(run["artifacts"]?.elements) {
      let uri = try #require(artifact["location"]?["uri"]?.string)
      #expect(uri.wholeMatch(of: /[A-Za-z0-9._~%\/-]*/) != nil && !uri.hasPrefix("//"))
    }
    for result in try #require(run["results"]?.elements) {
      let text = try #require(result["message"]?["text"]?.string)
      let plain = text.replacing("\\\\", with: "").replacing("\\[", with: "").replacing("\\]", with: "")
      #expect(!plain.contains("[") && !plain.contains("]"))
      #expect(!text.replacing("{{", with: "").replacing("}}", with: "").contains { "{}".contains($0) })
    }
    let active: [Unicode.GeneralCategory] = [.control, .format, .lineSeparator, .paragraphSeparator]
    #expect(
      run.allStrings.allSatisfy { text in
        text.utf8.count < 100_000
          && !text.unicodeScalars.contains { $0 != "\n" && active.contains($0.properties.generalCategory) }
      })
  }
}
