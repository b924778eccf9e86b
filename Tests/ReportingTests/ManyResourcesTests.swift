import EtcdStorage
import KubernetesStorage
import Testing
import VerificationModel

@testable import Reporting

@Suite("Several resources in scope")
struct ManyResourcesTests {
  private typealias Counts = (name: String, live: ClassCounts, history: ClassCounts)

  private static let none = Sample.counts()

  private func snapshot(_ verdict: Verdict, _ resources: [(String, ClassCounts, ClassCounts)]) -> SnapshotReport {
    var snapshot = Sample.snapshot(verdict)
    snapshot.resources = resources.map { name, live, history in
      SnapshotReport.ResourceSummary(resource: name, prefix: EtcdPrefix("/registry"), live: live, history: history)
    }
    return snapshot
  }

  private func statement(_ resources: [(String, ClassCounts, ClassCounts)], _ policy: Policy = Policy.rows()) -> String
  {
    Tally(snapshot(.fail, resources), policy: policy).statement().description
  }

  private let secrets = ("secrets", Sample.counts(plaintext: 41, encrypted: 42), none)
  private let configmaps = ("configmaps", Sample.counts(plaintext: 38), none)

  @Test func `a few are named, Secrets first`() {
    #expect(statement([configmaps, secrets]) == "41 of 83 secrets and all 38 configmaps are plaintext")
    #expect(
      statement([configmaps, ("secrets", Sample.counts(encrypted: 83), Self.none)])
        == "all 38 configmaps are plaintext, 83 secrets encrypted")
    #expect(
      statement([
        ("configmaps", Sample.counts(encrypted: 1), Self.none), ("secrets", Sample.counts(encrypted: 83), Self.none),
      ]) == "83 secrets and 1 configmap encrypted")
    #expect(
      statement([
        ("configmaps", Sample.counts(plaintext: 1), Self.none), ("secrets", Sample.counts(encrypted: 83), Self.none),
      ]) == "the only configmap is plaintext, 83 secrets encrypted")
  }

  @Test func `the history is that of all`() {
    let old = ("configmaps", Sample.counts(plaintext: 38), Sample.counts(plaintext: 60))
    let oldSecrets = ("secrets", secrets.1, Sample.counts(plaintext: 6))
    #expect(
      statement([old, oldSecrets]) == "41 of 83 secrets, all 38 configmaps and 66 old revisions are plaintext")
    #expect(
      statement([
        ("configmaps", Sample.counts(encrypted: 38), Sample.counts(plaintext: 1)), ("secrets", Self.none, Self.none),
      ])
        == "38 configmaps encrypted, 1 old revision is plaintext")
    #expect(
      statement([
        ("configmaps", Self.none, Sample.counts(plaintext: 2)), ("secrets", Self.none, Sample.counts(encrypted: 2)),
      ]) == "no live secrets or configmaps, 2 of 4 old revisions are plaintext")
  }

  @Test func `values that can't be verified`() {
    #expect(
      statement([
        ("configmaps", Sample.counts(encrypted: 30, malformed: 2), Self.none),
        ("secrets", Sample.counts(plaintext: 3, encrypted: 5, empty: 9), Self.none),
      ]) == "3 of 17 secrets are plaintext, 9 secrets and 2 of 32 configmaps can't be verified")
  }

  @Test func `many are counted together`() {
    let resources = (1...24).map { number in
      ("kind\(number)s.example.com", Sample.counts(plaintext: 12, encrypted: 8), Self.none)
    }
    #expect(statement(resources) == "288 of 480 objects of 24 resources are plaintext")
    #expect(
      statement(resources.map { ($0.0, Sample.counts(encrypted: 20), Self.none) })
        == "480 objects of 24 resources encrypted")
    #expect(
      statement(resources.map { ($0.0, Sample.counts(plaintext: 1, malformed: 1), Sample.counts(plaintext: 1)) })
        == "24 of 48 objects of 24 resources and 24 old revisions are plaintext, 24 objects can't be verified")
    #expect(
      statement(resources.map { ($0.0, Self.none, Sample.counts(plaintext: 1)) })
        == "no live objects, 24 of 24 old revisions are plaintext")
  }

  @Test func `so are a few whose names make the sentence long`() {
    let group = String(repeating: "a-long-group-name.", count: 3) + "example.com"
    let names = ["certificates", "issuers", "orders"]
    #expect(
      statement(names.map { ("\($0).\(group)", secrets.1, Self.none) })
        == "123 of 249 objects of 3 resources are plaintext")
  }

  @Test func `a resource of which nothing was found is not named`() {
    #expect(statement([("configmaps", Self.none, Self.none), secrets]) == "41 of 83 secrets are plaintext")
    #expect(statement([configmaps]) == "all 38 configmaps are plaintext")
  }

  @Test func `one under several prefixes is one`() {
    var snapshot = snapshot(.fail, [secrets, configmaps])
    snapshot.resources.append(
      SnapshotReport.ResourceSummary(
        resource: "secrets", prefix: EtcdPrefix("/kubernetes.io"), live: Sample.counts(encrypted: 17)))
    #expect(
      Tally(snapshot, policy: Policy.rows()).statement().description
        == "41 of 100 secrets and all 38 configmaps are plaintext")
  }

  @Test(arguments: [
    ("secrets", "secret"), ("configmaps", "configmap"),
    ("networkpolicies.networking.k8s.io", "networkpolicy.networking.k8s.io"),
    ("ingresses.networking.k8s.io", "ingress.networking.k8s.io"),
    ("storageclasses.storage.k8s.io", "storageclass.storage.k8s.io"),
    ("leases.coordination.k8s.io", "lease.coordination.k8s.io"),
    ("prometheuses.monitoring.coreos.com", "prometheus.monitoring.coreos.com"),
    ("certificates.cert-manager.io", "certificate.cert-manager.io"), ("equipment", "equipment"), ("", ""),
  ])
  func `one of several`(plural: String, singular: String) {
    let noun = Noun(resource: plural)
    #expect(noun.plural == plural)
    #expect(noun.singular == singular)
    #expect(noun.counted(1) == "1 \(singular)")
    #expect(noun.counted(2) == "2 \(plural)")
  }

  @Test func `names are short and printable`() {
    let noun = Noun(resource: String(repeating: "name", count: 50) + ".a\u{1B}b")
    #expect(noun.plural.columns == 40)
    #expect(noun.plural.hasSuffix("namename.a%1Bb"))
  }

  @Test func `findings are listed by resource`() {
    var snapshot = snapshot(.fail, [secrets, configmaps])
    snapshot.findings = ["configmaps", "secrets"].flatMap { resource in
      (10..<30).map { number in
        var finding = Sample.finding(.plaintextLive, name: "\(resource)-\(number)")
        finding.resource = resource
        return finding
      }
    }
    snapshot.findings.append(Finding(.weakProvider, "all of them use rot13"))
    snapshot.findingCounts = [.plaintextLive: 79, .weakProvider: 1]
    let lines = TextReport().render(snapshot, policy: Policy.rows()).split(separator: "\n").map(String.init)
    let start = lines.firstIndex(of: "CRITICAL  plaintext-live (79)") ?? 0
    #expect(lines[start + 2] == "  secrets")
    #expect(lines[start + 3] == "    default/secrets-10     revision 42, page 7")
    #expect(lines[start + 12] == "    default/secrets-19     revision 42, page 7")
    #expect(lines[start + 13] == "  configmaps")
    #expect(lines[start + 23] == "    default/configmaps-19  revision 42, page 7")
    #expect(lines[start + 24] == "  … and 59 more: add '| less' to see all")
    #expect(lines.contains("  all of them use rot13"))
  }

  @Test func `the same about many resources is said once`() {
    var snapshot = snapshot(.pass, [secrets, configmaps])
    snapshot.findings = [("configmaps", "aescbc"), ("pods", "kmsv1"), ("events", "aescbc"), ("secrets", "aescbc")].map {
      var finding = Finding(.weakProvider, "3 values of \($0) use \($1)")
      (finding.resource, finding.provider) = ($0, $1)
      return finding
    }
    snapshot.findingCounts = [.weakProvider: 5]
    #expect(
      FindingGroup(.weakProvider, of: snapshot).lines(Style(color: false)) == [
        "LOW  weak-provider (5)",
        "  values are encrypted by a provider that Kubernetes warns about",
        "  3 values of secrets use aescbc",
        "    likewise configmaps, events",
        "  3 values of pods use kmsv1",
        "  … and 1 more: add '| less' to see all",
      ])
  }

  @Test func `of very many resources the first have their findings listed`() {
    let names = (10..<40).map { "kind\($0)s" }
    var snapshot = snapshot(.fail, names.map { ($0, Sample.counts(plaintext: 5), Self.none) })
    snapshot.findings = names.flatMap { resource in
      (0..<5).map { number in
        var finding = Sample.finding(.plaintextLive, name: "\(resource)-\(number)")
        finding.resource = resource
        return finding
      }
    }
    snapshot.findingCounts = [.plaintextLive: 150]
    let lines = TextReport().render(snapshot, policy: Policy.rows()).split(separator: "\n").map(String.init)
    #expect(lines.count { $0.hasPrefix("    default/kind") } == 20)
    #expect(lines.filter { $0.hasPrefix("  kind") && !$0.contains("  5 ") } == (10..<17).map { "  kind\($0)s" })
    #expect(lines.contains("  … and 130 more: add '| less' to see all"))
  }
}
