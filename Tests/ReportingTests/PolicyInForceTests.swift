import TestSupport
import Testing
import VerificationModel

@testable import Reporting

/// Whoever reads a report is to see under which policy it came about, of which cluster it is, and which waivers are idle.
@Suite("The policy in force and the cluster, in every format")
struct PolicyInForceTests {
  private static let today = CalendarDay("2027-03-01")

  private static func waiver(_ rule: Rule, _ key: String, until day: String, line: Int) throws -> PolicyWaiver {
    PolicyWaiver(
      rule: rule, key: key, reason: "known", acceptedBy: "J. Doe", lastDay: try #require(CalendarDay(day)),
      today: try #require(today), line: line)
  }

  private func text(_ format: some ReportFormat, cluster: String? = "prod", waivers: Int = 1) throws -> String {
    let expired = try (0..<waivers).map {
      try Self.waiver(.plaintextHistory, "/registry/secrets/old/*", until: "2027-02-28", line: 10 + $0)
    }
    let unused = try Self.waiver(.plaintextLive, "/registry/secrets/none/*", until: "2027-12-31", line: 20)
    let used = try Self.waiver(.plaintextLive, "/registry/secrets/default/*", until: "2027-12-31", line: 30)
    var policy = Policy()
    policy.cluster = cluster
    policy.requiredProvider = RequiredProvider(.kmsv2, name: "vault")
    policy.file = PolicySource(path: "policy.yaml", digest: nil, waivers: expired + [unused, used])
    var report = Report(policy: policy, snapshots: [])
    var text = try format.start(policy: policy, invocation: Sample.invocation)
    try format.next(Sample.mixed, after: report) { text += $0 }
    report.snapshots = [Sample.mixed]
    report.unusedWaivers = [unused]
    try format.end(report, invocation: Sample.invocation, duration: .milliseconds(1500)) { text += $0 }
    return text
  }

  @Test func `JSON has the cluster and the provider that the call demands`() throws {
    let report = try JSONValue(parsing: text(JSONReport()))
    #expect(report["policy"]?["cluster"] == .string("prod"))
    #expect(report["policy"]?["requireProvider"] == .string("kmsv2:vault"))
    #expect(report["unusedWaivers"]?.elements?.count == 1)
    #expect(try JSONSchema.report().violations(in: report) == [])
    #expect(try JSONValue(parsing: text(JSONReport(), cluster: nil))["policy"]?["cluster"] == nil)
  }

  @Test func `CSV has the cluster in each row`() throws {
    let rows = try CSVTable(parsing: text(CSVReport())).rows
    #expect(!rows.isEmpty && rows.allSatisfy { $0["cluster"] == "prod" && $0["policy_sha256"] == "" })
    #expect(Array(CSVReport.columns.suffix(2)) == ["cluster", "policy_sha256"])
  }

  @Test func `SARIF names artifacts after the cluster, and notes idle waivers`() throws {
    let run = try #require(try JSONValue(parsing: text(SARIFReport()))["runs"]?[0])
    #expect(run["automationDetails"]?["id"]?.string?.hasPrefix("atrest/cluster-prod/") == true)
    let places = run["results"]?.elements?.compactMap {
      $0["locations"]?[0]?["physicalLocation"]?["artifactLocation"]?["uri"]?.string
    }
    #expect(places.map(Set.init) == ["cluster-prod/registry/secrets", "cluster-prod/snapshot"])
    let notes = try #require(run["invocations"]?[0]?["toolConfigurationNotifications"]?.elements)
    #expect(notes.map { $0["descriptor"]?["id"]?.string } == ["waiver-expired", "waiver-unused"])
    #expect(notes.map { $0["level"]?.string } == ["warning", "note"])
    #expect(notes[0]["message"]?["text"]?.string?.contains("expired on 2027-02-28") == true)
  }

  /// A name that is a step in a path leads nowhere.
  @Test func `a cluster of dots is no directory in SARIF`() throws {
    #expect(try text(SARIFReport(), cluster: "..").contains("\"cluster-../registry/secrets\""))
  }

  @Test func `JUnit has the cluster as a property, and idle waivers in its output`() throws {
    let text = try text(JUnitReport())
    #expect(text.contains("<property name=\"cluster\" value=\"prod\"/>"))
    #expect(text.contains("<property name=\"policy\" value=\"policy.yaml\"/>"))
    #expect(text.contains("(line 10, accepted by J. Doe): expired on 2027-02-28"))
    #expect(text.contains("(line 20, accepted by J. Doe): needed by no finding, holds until 2027-12-31"))
  }

  @Test func `Prometheus counts waivers by what became of them`() throws {
    let text = try text(PrometheusReport())
    for (state, count) in [("used", 1), ("unused", 1), ("expired", 1)] {
      #expect(text.contains("\natrest_policy_waivers{state=\"\(state)\"} \(count)\n"))
    }
    #expect(text.contains("cluster=\"prod\"} 1\n"))
    #expect(try !PrometheusReport().text([Sample.mixed]).contains("atrest_policy_waivers"))
  }

  @Test func `idle waivers are named up to a hundred, and counted`() throws {
    #expect(try text(JUnitReport(), waivers: 103).contains("3 more waivers expired, not listed here"))
  }

  // MARK: Several clusters in one call

  private static func snapshot(_ members: [UInt64]) -> SnapshotReport {
    var snapshot = Sample.mixed
    snapshot.cluster = ClusterIdentity(members: members.map { .init(id: $0, name: nil) })
    return snapshot
  }

  private func note(_ members: [[UInt64]], cluster: String?, isForCodeScanning: Bool = true) -> String? {
    var policy = Policy()
    policy.cluster = cluster
    let report = Report(policy: policy, snapshots: members.map(Self.snapshot))
    return ClusterNote(on: report, isForCodeScanning: isForCodeScanning)?.description
  }

  @Test func `snapshots of clusters without a member in common are not one cluster without a word`() {
    #expect(note([[1], [2]], cluster: "prod")?.contains("of 2 clusters") == true)
    #expect(note([[1, 2], [2, 3], [3, 4]], cluster: "prod") == nil)
    #expect(note([[1, 2], [3, 4], [2, 3]], cluster: "prod") == nil)
    #expect(note([[1], []], cluster: "prod") == nil)
    #expect(note([[1], [2]], cluster: nil) == nil)
  }

  @Test func `snapshots that name no member are taken for one cluster with a word`() {
    #expect(note([[], []], cluster: nil)?.hasPrefix("2 snapshots name no member") == true)
    #expect(note([[], []], cluster: nil, isForCodeScanning: false) == nil)
    #expect(note([[], [1]], cluster: nil) == nil)
    #expect(note([[], []], cluster: "prod") == nil)
  }
}
