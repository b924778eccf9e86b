import Cryptography
import EtcdStorage
import Foundation
import KubernetesStorage
import Redaction
import Reporting
import SnapshotVerification
import TestSupport
import Testing
import VerificationModel

@Suite("A redacted report has no name in it")
struct RedactionTests {
  private static func key(_ text: String) -> SecretBytes {
    var bytes = Array(text.utf8)
    return SecretBytes(wiping: &bytes)
  }

  private static let names = [
    "acme-payments", "acme-db", "acme-password", "acme.com/custom", "acme-key", "acme-kek", "acme-widgets",
  ]

  /// Values with names that must not be told, in each layer, of each class.
  private static let report: SnapshotReport = {
    var etcd = EtcdWriter()
    let secret = StoredSecret.plaintext(
      namespace: "acme-payments", name: "acme-db", type: "acme.com/custom", dataKeys: ["acme-password"])
    etcd.apply(.put("/registry/secrets/acme-payments/acme-db", secret))
    etcd.apply(.put("/registry/secrets/acme-payments/acme-db", secret))
    etcd.apply(.put("/registry/secrets/acme-payments/sealed", StoredSecret.sealed(.aescbc, "acme-key")))
    etcd.apply(.put("/registry/secrets/acme-payments/kms", StoredSecret.sealed(.kmsv2, "acme-key", keyID: "acme-kek")))
    etcd.apply(.put("/registry/acme.com/acme-widgets/acme-payments/acme-db", secret))
    let directory = try? TemporaryDirectory()
    let path = try? directory?.file("acme-prod.db", BoltWriter().image(etcd.root).snapshot())
    var policy = Policy()
    policy.requiredProvider = RequiredProvider(.secretbox, name: "acme-key")
    return withExtendedLifetime(directory) { Verifier(policy: policy).verify(path: path ?? "") }
  }()

  private func texts(_ report: SnapshotReport, _ policy: Policy) throws -> [String] {
    var whole = Report(policy: policy, snapshots: [report])
    whole.passedOver = []
    let invocation = Invocation(toolVersion: "1", arguments: [], startedAt: Date(timeIntervalSince1970: 0))
    return [
      TextReport(width: .max, listsExposed: true, invocation: invocation).render(whole),
      try JSONReport.render(whole, invocation: invocation, duration: .zero),
      try NDJSONReport.render(whole, invocation: invocation, duration: .zero),
    ]
  }

  /// What stands for a digest is no digest of the file, and is not called one.
  @Test func `no keyed digest is called a SHA-256`() throws {
    var hash = SHA256()
    let bytes = Array("policy".utf8)
    unsafe hash.update(bytes.span.bytes)
    var policy = Policy()
    policy.file = PolicySource(path: "policy.yaml", digest: hash.digest())
    let redactor = Redactor(.all, key: Self.key("0123456789abcdef"))
    let shown = redactor.redacted(policy)
    let keyed = try #require(shown.file?.digest)
    var whole = Report(policy: shown, snapshots: [redactor.redacted(Self.report)])
    whole.passedOver = []
    let invocation = Invocation(toolVersion: "1", arguments: [], startedAt: Date(timeIntervalSince1970: 0))
    let formats: [any ReportFormat] = [
      TextReport(width: .max, invocation: invocation), JSONReport(), NDJSONReport(), CSVReport(), SARIFReport(),
      JUnitReport(), PrometheusReport(), AttestationReport(),
    ]
    for format in formats {
      var text = try format.start(policy: shown, invocation: invocation)
      try format.next(whole.snapshots[0], after: Report(policy: shown, snapshots: [])) { text += $0 }
      try format.end(whole, invocation: invocation, duration: .zero) { text += $0 }
      #expect(!text.contains("\(keyed)") && !text.contains("\(hash.digest())"), "\(type(of: format))")
      #expect(text.contains("r:\("\(keyed)".prefix(16))"), "\(type(of: format))")
      #expect(!text.contains("SHA-256 r:") && !text.contains("{\"sha256\":\"r:"), "\(type(of: format))")
    }
  }

  @Test func `in any format`() throws {
    let plain = try texts(Self.report, Policy())
    for text in plain { #expect(text.contains("acme")) }
    #expect(Self.report.findings.count > 4)
    let redactor = Redactor(.all, key: Self.key("0123456789abcdef"))
    let policy = redactor.redacted(Policy())
    for text in try texts(redactor.redacted(Self.report), policy) {
      #expect(!text.contains("acme"), "\(text)")
      #expect(text.contains("r:"))
      // Nor a digest that was made without the key.
      for name in Self.names {
        var hash = SHA256()
        let bytes = Array(name.utf8)
        unsafe hash.update(bytes.span.bytes)
        #expect(!text.contains("\(hash.digest())".prefix(16)))
      }
      #expect(!text.contains("keyIDHash"))
    }
  }

  @Test func `but namespaces, where they are to be kept`() throws {
    let redactor = Redactor(.names, key: Self.key("0123456789abcdef"))
    for text in try texts(redactor.redacted(Self.report), redactor.redacted(Policy())) {
      #expect(text.contains("acme-payments"))
      for name in Self.names where name != "acme-payments" { #expect(!text.contains(name), "\(name)") }
    }
  }

  @Test func `says the same of the same name, under one key alone`() throws {
    let reports = ["0123456789abcdef", "0123456789abcdef", "fedcba9876543210"].map {
      Redactor(.all, key: Self.key($0)).redacted(Self.report)
    }
    #expect(reports[0].findings == reports[1].findings)
    #expect(reports[0].findings != reports[2].findings)
    let plain = Dictionary(grouping: Self.report.findings) { $0.subject?.names?.key }.values.map(\.count).sorted()
    let redacted = Dictionary(grouping: reports[0].findings) { $0.subject?.names?.key }.values.map(\.count).sorted()
    #expect(plain == redacted)
    #expect(reports[0].findingCounts == Self.report.findingCounts && reports[0].verdict == Self.report.verdict)
    #expect(reports[0].file == Self.report.file)
  }

  @Test func `replaces names of two kinds by different digests, and what is replaced by itself`() {
    let digests = NameDigests(key: Self.key("0123456789abcdef"))
    let all = NameKind.allCases.map { digests.digest($0, "db") }
    #expect(Set(all).count == all.count)
    for digest in all {
      #expect(digest.wholeMatch(of: /r:[0-9a-f]{16}/) != nil)
      #expect(digests.digest(.object, digest) == digest)
    }
    #expect(digests.digest(.object, "") == "")
  }

  @Test func `keeps what Kubernetes itself named`() {
    let redactor = Redactor(.all, key: Self.key("0123456789abcdef"))
    for name in ["secrets", "deployments.apps"] { #expect(redactor.name(.resource, name) == name) }
    #expect(redactor.name(.data, "kubernetes.io/tls") == "kubernetes.io/tls")
    #expect(redactor.name(.prefix, "/registry") == "/registry")
    #expect(redactor.name(.path, "-") == "-")
    #expect(redactor.name(.resource, "widgets.acme.com").hasPrefix("r:"))
    #expect(!redactor.name(.prefix, "/acme/registry").contains("acme"))
  }

  @Test func `a key has sixteen bytes and is nobody else's to read`() throws {
    let directory = try TemporaryDirectory()
    let short = try directory.file("short", Array("123456789012345\n".utf8))
    #expect(throws: RedactionKeyError.self) { try RedactionKey.read(short) }
    let file = try directory.file("key", Array("1234567890123456\n".utf8))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    #expect(try RedactionKey.read(file).byteCount == 16)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
    #expect(throws: RedactionKeyError.self) { try RedactionKey.read(file) }
    #expect(throws: RedactionKeyError.self) { try RedactionKey.read(directory.path + "/none") }
    #expect(RedactionKey.random() != RedactionKey.random())
  }
}
