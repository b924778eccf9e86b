import ConfigurationAudit
import EncryptionConfig
import KubernetesStorage
import TestSupport
import Testing
import VerificationModel

@Suite("The answer about a configuration")
struct LintReportTests {
  private static let kms = "kms: {apiVersion: v2, name: vault, endpoint: 'unix:///run/kms/plugin.sock'}"
  private static let oldKMS = "kms: {name: vault, endpoint: 'unix:///run/kms/plugin.sock'}"

  private static func report(
    _ providers: String, resources: String = "secrets", policy: LintPolicy = LintPolicy(),
    snapshot: [EtcdWriter.Operation]? = nil
  ) throws -> LintReport {
    let directory = try TemporaryDirectory()
    let text = """
      apiVersion: apiserver.config.k8s.io/v1
      kind: EncryptionConfiguration
      resources: [{resources: [\(resources)], providers: [\(providers)]}]
      """
    let config = try directory.file("config.yaml", Array(text.utf8))
    let file = try snapshot.map { operations in
      try directory.file("backup.db", BoltWriter().image(EtcdWriter(.v36, operations).root).snapshot())
    }
    return LintReport(on: config, policy: policy, snapshot: file)
  }

  @Test("A sound file passes")
  func pass() throws {
    let report = try Self.report(Self.kms)
    #expect(report.verdict == .pass && report.exitStatus == 0 && report.findings == [])
    #expect(report.byteCount > 100 && report.refusals == [] && report.survey == nil)
  }

  @Test(
    "A file fails by the severity that the policy names",
    arguments: [(.high, 0), (.medium, 1), (nil, 0)] as [(Severity?, Int32)])
  func failOn(severity: Severity?, status: Int32) throws {
    let server = APIServerSettings(kubernetesVersion: KubernetesVersion(1, 28))
    let report = try Self.report(Self.oldKMS, policy: LintPolicy(failOn: severity, server: server))
    #expect(report.findings.map(\.rule) == [.kmsV1])
    #expect(report.exitStatus == status)
    #expect(report.verdict == (status == 0 ? .pass : .fail))
  }

  @Test("A file that can't be understood is an error with status 2")
  func refused() throws {
    let report = try Self.report("identity: true")
    #expect(report.verdict == .error && report.exitStatus == 2)
    #expect(report.refusals.map(\.code) == [.wrongType] && report.coverage == nil)
    let missing = LintReport(on: "/nowhere/config.yaml", policy: LintPolicy())
    #expect(missing.exitStatus == 2 && missing.refusals.map(\.code) == [.unreadable])
  }

  @Test("A snapshot that can't be read is an error with status 3, and what is missing in it says nothing")
  func unreadableSnapshot() throws {
    let directory = try TemporaryDirectory()
    let text = """
      {"apiVersion": "v1", "kind": "EncryptionConfig", "resources": [{"resources": ["secrets"], "providers": [
      {"kms": {"apiVersion": "v2", "name": "vault", "endpoint": "unix:///run/kms/plugin.sock"}},
      {"kms": {"apiVersion": "v2", "name": "old", "endpoint": "unix:///run/kms/old.sock"}}]}]}
      """
    let config = try directory.file("config.json", Array(text.utf8))
    let image = BoltWriter().image(EtcdWriter(.v36, [.put(secretKey("a"), StoredSecret.sealed(.kmsv2, "vault"))]).root)
    let whole = LintReport(on: config, policy: LintPolicy(), snapshot: try directory.file("a.db", image.snapshot()))
    #expect(whole.exitStatus == 0 && whole.findings.map(\.rule) == [.unusedKey, .legacyHeader])
    let cut = try directory.file("b.db", Array(image.snapshot().prefix(9_000)))
    let report = LintReport(on: config, policy: LintPolicy(), snapshot: cut)
    #expect(report.verdict == .error && report.exitStatus == 3)
    #expect(report.findings.map(\.rule) == [.legacyHeader])
  }

  @Test("What the snapshot tells of the API servers decides how the file is understood")
  func version() throws {
    let pod = """
      {"kind":"Pod","apiVersion":"v1","metadata":{"name":"kube-apiserver-a","namespace":"kube-system"},"spec":\
      {"containers":[{"name":"kube-apiserver","image":"registry.k8s.io/kube-apiserver:v1.26.4","command":\
      ["kube-apiserver","--encryption-provider-config=/etc/enc.yaml"]}]}}
      """
    let operations: [EtcdWriter.Operation] = [
      .put("/registry/pods/kube-system/kube-apiserver-a", Array(pod.utf8)),
      .put(secretKey("a"), StoredSecret.sealed(.kmsv2, "vault")),
    ]
    let old = try Self.report(Self.kms, resources: "'*.'", snapshot: operations)
    #expect(old.findings.map(\.rule).contains(.ineffectiveEntry) && old.coverage?.uncovered == ["secrets"])
    let told = LintPolicy(server: APIServerSettings(kubernetesVersion: KubernetesVersion(1, 31)))
    let new = try Self.report(Self.kms, resources: "'*.'", policy: told, snapshot: operations)
    #expect(!new.findings.map(\.rule).contains(.ineffectiveEntry) && new.coverage?.isComplete == true)
  }

  @Test("Where no release is named, the newest one or what the snapshot tells decides on KMS v1")
  func releaseForKMSv1() throws {
    func pod(_ version: String, _ flags: String = "") -> EtcdWriter.Operation {
      let text = """
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"kube-apiserver-\(version)","namespace":"kube-system"},"spec":\
        {"containers":[{"name":"kube-apiserver","image":"registry.k8s.io/kube-apiserver:v\(version)","command":\
        ["kube-apiserver","--encryption-provider-config=/etc/enc.yaml"\(flags)]}]}}
        """
      return .put("/registry/pods/kube-system/kube-apiserver-\(version)", Array(text.utf8))
    }
    let secret = EtcdWriter.Operation.put(secretKey("a"), StoredSecret.sealed(.kmsv1, "vault"))
    func status(_ operations: [EtcdWriter.Operation]?) throws -> Int32 {
      let report = try Self.report(Self.oldKMS, snapshot: operations)
      #expect((report.refusals.map(\.code) == [.kmsV1Disabled]) == (report.exitStatus == 2))
      #expect((report.survey != nil) == (operations != nil))
      return report.exitStatus
    }
    #expect(try status(nil) == 2)
    #expect(try status([secret]) == 2)
    #expect(try status([secret, pod("1.28.4")]) == 0)
    #expect(try status([secret, pod("1.29.0")]) == 2)
    #expect(try status([secret, pod("1.29.0", ",\"--feature-gates=A=false,KMSv1=true\"")]) == 0)
    #expect(try status([secret, pod("1.28.4"), pod("1.29.0")]) == 2)
  }

  @Test("Residue of a resource that is encrypted is told, beside what may be taken out of the file")
  func residue() throws {
    let fixture = try #require(SnapshotFixture.all.first { $0.description == "samples/05-aescbc-compacted-residue" })
    let report = LintReport(
      on: fixture.configurationPath, policy: LintPolicy(ignoresFileMode: true), snapshot: try fixture.path())
    let rules = report.findings.map(\.rule)
    #expect(rules.contains(.plaintextKept) && rules.contains(.identityUnneeded))
    #expect(report.survey?.facts.residue == [.secrets: 38])
    let clean = try #require(SnapshotFixture.all.first { $0.description == "samples/06-aescbc-defragged" })
    let other = LintReport(
      on: clean.configurationPath, policy: LintPolicy(ignoresFileMode: true), snapshot: try clean.path())
    #expect(
      !other.findings.map(\.rule).contains(.plaintextKept) && other.findings.map(\.rule).contains(.identityUnneeded))
  }

  @Test("Plaintext of a resource that is encrypted fails the file")
  func plaintext() throws {
    let report = try Self.report(
      "\(Self.kms), {identity: {}}", snapshot: [.put(secretKey("a"), StoredSecret.plaintext())])
    #expect(report.exitStatus == 1)
    #expect(report.findings.map(\.rule) == [.plaintextRemains, .notRunning])
  }

  @Test("Each real configuration is sound beside its snapshot, but for what the snapshot was made to show")
  func fixtures() throws {
    for fixture in SnapshotFixture.all {
      let config = fixture.directory.appending(path: "encryption-config.yaml").path(percentEncoded: false)
      let policy = LintPolicy(server: APIServerSettings(enablesKMSv1: true), ignoresFileMode: true)
      let report = LintReport(on: config, policy: policy, snapshot: try fixture.path())
      guard report.configuration != nil else {
        #expect(report.refusals.map(\.code) == [.empty] || report.refusals.map(\.code) == [.unreadable], "\(fixture)")
        continue
      }
      let inspection = try FixtureInspection.of(fixture)
      let livePlaintext = inspection.resources.filter { $0.resource == "secrets" }.reduce(0) { $0 + $1.live.plaintext }
      let isIdentityFirst = fixture.description.contains("identity-first")
      #expect(report.survey?.isComplete == inspection.isComplete, "\(fixture)")
      #expect((report.findings.first?.rule == .identityFirst) == isIdentityFirst, "\(fixture)")
      let remains = report.findings.contains { $0.rule == .plaintextRemains }
      #expect(remains == (livePlaintext > 0 && !isIdentityFirst && inspection.isComplete), "\(fixture)")
      if inspection.isComplete { #expect((report.exitStatus == 1) == (remains || isIdentityFirst), "\(fixture)") }
    }
  }
}
