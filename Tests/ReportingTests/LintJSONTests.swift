import ConfigurationAudit
import EncryptionConfig
import TestSupport
import Testing
import VerificationModel

@testable import Reporting

@Suite("The JSON about a configuration")
struct LintJSONTests {
  private func render(_ report: LintReport) throws -> JSONValue {
    try JSONValue(
      parsing: LintJSON.render(report, invocation: Sample.invocation, duration: .milliseconds(1500)))
  }

  /// A configuration in one line.
  private static let escaped = """
    "apiVersion: apiserver.config.k8s.io/v1\\nkind: EncryptionConfiguration\\nresources: [{resources: [secrets],\
     providers: [\(LintSample.aescbc().replacing("\"", with: "'"))]}]"
    """

  @Test func `a wrapped configuration, and the line of its own text`() throws {
    let report = try LintSample.report("kind: Secret\nstringData:\n  a: \(Self.escaped)\n")
    let document = try render(report)
    #expect(document["file"]?["wrapping"]?["kind"] == .string("Secret"))
    #expect(document["file"]?["wrapping"]?["path"] == .string("stringData.a"))
    #expect(document["file"]?["wrapping"]?["form"] == .string("text"))
    let place = document["resources"]?[0]?["providers"]?[0]?["config"]
    #expect(place?["line"] == .number(3) && place?["decodedLine"] == .number(3))
    #expect(LintSample.text(report).contains("\nFile  the configuration is in a Secret: stringData.a, line 3\n"))
  }

  @Test func `every document is as the schema says, with no member more`() throws {
    let schema = try JSONSchema.lint()
    let snapshot = try BoltWriter().image(
      EtcdWriter(.v36, [.put("/registry/secrets/a/b", StoredSecret.plaintext())]).root
    )
    .snapshot()
    let entry = ("secrets", [LintSample.kms, LintSample.identity])
    let policy = LintPolicy(
      failOn: nil, server: APIServerSettings(kubernetesVersion: KubernetesVersion(1, 31)), requiresFIPS: true)
    let reports = [
      try LintSample.report(entry), try LintSample.report(entry, policy: policy),
      try LintSample.report(entry, snapshot: snapshot), try LintSample.report(entry, snapshot: [1, 2, 3]),
      try LintSample.report(("secrets, events", [LintSample.identity, LintSample.aescbc()])),
      try LintSample.report("kind: a\n"), try LintSample.report("kind: Secret\nstringData:\n  a: \(Self.escaped)\n"),
      try LintSample.report(
        "kind: Secret\nstringData:\n  a: \(Self.escaped.replacing("[secrets]", with: "Secrets"))\n"),
      LintReport(on: "nowhere", policy: LintPolicy()),
    ]
    for report in reports { #expect(schema.violations(in: try render(report)) == [], "\(report.path)") }
  }

  @Test func `findings have their place and remedy`() throws {
    let document = try render(try LintSample.report(("secrets", [LintSample.identity, LintSample.aescbc()])))
    #expect(document["schemaVersion"] == .number(1))
    #expect(document["verdict"] == .string("fail"))
    #expect(document["policy"]?["failOn"] == .string("high"))
    #expect(document["durationSeconds"] == .number(1.5))
    let finding = document["findings"]?[0]
    #expect(finding?["rule"] == .string("config-identity-first"))
    #expect(finding?["severity"] == .string("critical"))
    #expect(finding?["config"]?["line"] == .number(6))
    #expect(finding?["config"]?["path"] == .string("resources[0].providers[0].identity"))
    #expect(finding?["remedy"]?.string?.hasPrefix("Put the encrypting provider first") == true)
  }

  @Test func `the file and who writes what in it`() throws {
    let report = try LintSample.report(("secrets", [LintSample.aescbc(), LintSample.identity]))
    let document = try render(report)
    let digest = try #require(report.configuration?.digest.description)
    #expect(document["file"]?["sha256"] == .string("sha256:\(digest)"))
    #expect(document["file"]?["kind"] == .string("EncryptionConfiguration"))
    let resource = document["resources"]?[0]
    #expect(resource?["resource"] == .string("secrets"))
    #expect(resource?["providers"]?[0]?["provider"] == .string("aescbc"))
    #expect(resource?["providers"]?[0]?["name"] == .string("key1"))
    #expect(resource?["providers"]?[1]?["provider"] == .string("identity"))
    #expect(resource?["providers"]?[1]?["name"] == nil)
  }

  @Test func `what can't be understood has errors and no findings`() throws {
    let document = try render(try LintSample.report("a: 1\n"))
    #expect(document["verdict"] == .string("error"))
    #expect(
      document["errors"]?.elements?.compactMap { $0["code"]?.string } == [
        "unknown-member", "unknown-kind", "no-entries",
      ])
    #expect(document["findings"] == .array([]) && document["resources"] == nil)
  }

  @Test func `no document holds a secret`() throws {
    for providers in [
      [LintSample.aescbc()], [LintSample.aescbc(LintSample.keys[1])], ["aescbc: [\(LintSample.keys[0])]"],
    ] {
      let report = try LintSample.report(("secrets", providers))
      let json = try LintJSON.render(report, invocation: Sample.invocation, duration: .zero)
      for text in [json, LintSample.text(report)] {
        for key in LintSample.keys { #expect(!text.contains(key.prefix(12))) }
      }
    }
  }
}
