import EncryptionConfig
import KubernetesStorage
import Testing
import VerificationModel

@testable import Reporting

@Suite("The one thing to do next")
struct NextStepTests {
  private func advice(_ snapshot: SnapshotReport, _ policy: Policy = Policy.rows()) -> String? {
    NextStep.after(snapshot, policy: policy).map { next in
      ([next.advice] + next.steps.flatMap { [$0.text, $0.command ?? ""] }).joined(separator: " ")
    }
  }

  private func steps(_ snapshot: SnapshotReport, _ policy: Policy = Policy()) throws -> [NextStep.Step] {
    try #require(NextStep.after(snapshot, policy: policy)).steps
  }

  /// A snapshot with what `RowAssessment` tells of the newest write.
  private func written(
    _ newest: SnapshotReport.NewestWrite, live: ClassCounts, history: ClassCounts = Sample.counts()
  ) -> SnapshotReport {
    var snapshot = Sample.snapshot(.fail, live: live, history: history)
    snapshot.resources[0].newestWrite = newest
    snapshot.resources[0].residue = SnapshotReport.ResidueCounts()
    return snapshot
  }

  @Test func `every step for plaintext is there, in its order, with what is done`() throws {
    let all: [NextStep.Kind] = [
      .encryptingProvider, .rewriting, .compaction, .defragmentation, .newSnapshot, .disposal, .rotation,
    ]
    let live = try steps(written(.encrypted, live: Sample.counts(plaintext: 3, encrypted: 5)))
    #expect(live.map(\.kind) == all)
    #expect(live.map(\.state) == [.done, .open, .open, .open, .open, .open, .open])
    let history = try steps(
      written(.encrypted, live: Sample.counts(encrypted: 5), history: Sample.counts(plaintext: 1)))
    #expect(history.map(\.kind) == all)
    #expect(history.map(\.state) == [.done, .done, .open, .open, .open, .open, .open])
    var residue = written(.encrypted, live: Sample.counts(encrypted: 5))
    residue.resources[0].residue?.objects = 1
    #expect(try steps(residue).map(\.state) == [.done, .done, .done, .open, .open, .open, .open])
    let none = try steps(written(.inTheClear, live: Sample.counts(plaintext: 5)))
    #expect(none.map(\.kind) == all)
    #expect(none[0].state == .open)
    let unexamined = try steps(residue, Policy(layers: [.residue]))
    #expect(unexamined.prefix(3).map(\.state) == [.unknown, .unknown, .unknown])
  }

  @Test func `commands work when pasted, and never name a revision of the snapshot`() throws {
    let steps = try steps(written(.encrypted, live: Sample.counts(plaintext: 3, encrypted: 5)))
    #expect(
      steps.compactMap(\.command) == [
        "kubectl get secrets --all-namespaces -o json | kubectl replace -f -",
        #"rev=$(etcdctl endpoint status --write-out=json | grep -o '"revision":[0-9]*' | cut -d: -f2 | sort -n "#
          + #"| tail -n 1) && etcdctl compact --physical "$rev""#,
        "etcdctl defrag --cluster", "etcdctl snapshot save after.db && atrest verify after.db",
        "atrest verify --list-exposed backup.db",
      ])
    #expect(steps.allSatisfy { !($0.command ?? "").contains("9001") && !$0.text.contains("9001") })
  }

  @Test func `names from a snapshot can't do anything in a command`() throws {
    #expect(ShellCommand.rewriting(["secrets", "deployments.apps"])?.contains("get secrets,deployments.apps ") == true)
    for name in ["$(reboot)", "-o", "a;b", "a b", "a,b", "A", "", "ab\n", "é"] {
      #expect(ShellCommand.rewriting([name]) == nil, "\(name)")
    }
    #expect(ShellCommand.exposed(in: "-x/$(a b).db", Policy()) == "atrest verify --list-exposed './-x/$(a b).db'")
  }

  @Test func `nothing that is encrypted is rewritten while an API server writes in the clear`() throws {
    for plaintext in [0, 3] {
      let seen = written(.inTheClear, live: Sample.counts(plaintext: plaintext, encrypted: 5))
      var configured = written(.encrypted, live: Sample.counts(plaintext: plaintext, encrypted: 5))
      configured.resources[0].rotation = SnapshotReport.Rotation(
        writer: SnapshotReport.Rotation.identity, written: plaintext, live: plaintext + 5)
      configured.findingCounts = [.staleKey: 5]
      for snapshot in [seen, configured] {
        #expect(try steps(snapshot).map(\.kind) == [.encryptingProvider, .trialWrite, .newSnapshot])
        #expect(try steps(snapshot)[0].state == .open)
        let text = try #require(advice(snapshot, Policy()))
        #expect(!text.contains("kubectl replace") && !text.lowercased().contains("rewrite"))
        #expect(text.contains("that would decrypt 5"))
      }
    }
  }

  @Test func `plaintext that is newer than encrypted values is a warning`() throws {
    var snapshot = written(.encrypted, live: Sample.counts(plaintext: 3, encrypted: 5))
    snapshot.resources[0].hasPlaintextAfterEncrypted = true
    let first = try steps(snapshot)[0]
    #expect(first.kind == .encryptingProvider && first.state == .open)
    #expect(first.text.contains("would decrypt what it rewrites"))
  }

  @Test func `objects that can't be read come before lists that fail for them`() throws {
    let first = try steps(written(.encrypted, live: Sample.counts(plaintext: 3, encrypted: 5, malformed: 2)))[0]
    #expect(first.kind == .unreadableObjects)
    #expect(first.text.hasPrefix("API servers can't read 2 objects, and lists of the resource"))
  }

  @Test func `where nothing decrypts, the configuration of another cluster comes first`() throws {
    var snapshot = Sample.snapshot(.fail, live: Sample.counts(plaintext: 1, encrypted: 5))
    snapshot.encryption = [SnapshotReport.KeyUse(provider: .aescbc, name: "k", keyID: nil, live: 5, history: 0)]
    snapshot.authentication = SnapshotReport.Authentication(authenticated: 0, encrypted: 5)
    snapshot.findingCounts = [.authenticationFailed: 5, .nothingAuthenticated: 1]
    #expect(try #require(advice(snapshot)).hasPrefix("No encrypted value decrypts: most likely it belongs to another"))
    snapshot.authentication = nil
    snapshot.findingCounts = [.keyNotInConfig: 5]
    snapshot.encryption[0].inConfig = false
    #expect(try #require(advice(snapshot)).hasPrefix("The configuration has the key of none of the encrypted values"))
  }

  @Test func `a configuration that encrypts nothing is no other cluster's`() throws {
    var text = Array(
      """
      apiVersion: apiserver.config.k8s.io/v1
      kind: EncryptionConfiguration
      resources: [{resources: [secrets], providers: [{identity: {}}]}]
      """.utf8)
    var policy = Policy.rows()
    policy.configuration = ConfigurationCheck(
      path: "c.yaml", configuration: try EncryptionConfiguration(wiping: &text))
    var snapshot = Sample.snapshot(.fail, live: Sample.counts(encrypted: 5))
    snapshot.encryption = [SnapshotReport.KeyUse(provider: .aescbc, name: "k", keyID: nil, live: 5, history: 0)]
    snapshot.encryption[0].inConfig = false
    #expect(
      try #require(advice(snapshot, policy)).hasPrefix("The configuration encrypts nothing: with it, API servers"))
  }

  @Test func `the next snapshot is held to what this one was held to`() throws {
    var policy = Policy(failOn: .low, hash: .required)
    policy.requiredProvider = RequiredProvider(.secretbox, name: "k2")
    var text = Array(
      """
      apiVersion: apiserver.config.k8s.io/v1
      kind: EncryptionConfiguration
      resources: [{resources: [secrets], providers: [{kms: {apiVersion: v2, name: p, endpoint: "unix:///p.sock"}}]}]
      """.utf8)
    policy.configuration = ConfigurationCheck(
      path: "c d.yaml", configuration: try EncryptionConfiguration(wiping: &text))
    policy.decryption = DecryptionRequest(seedsPath: "seeds.txt", strippedPrefix: "/tenant")
    #expect(
      ShellCommand.newSnapshot(policy)
        == "etcdctl snapshot save after.db && atrest verify -c 'c d.yaml' --authenticate --dek-seeds seeds.txt "
        + "--aad-strip-prefix /tenant --require-provider secretbox:k2 --fail-on low --require-hash after.db")
    #expect(ShellCommand.newSnapshot(Policy(failOn: nil)).hasSuffix(" --fail-on never after.db"))
    var keysAlone = Policy()
    keysAlone.decryption = DecryptionRequest(seedsPath: "-seeds")
    #expect(ShellCommand.newSnapshot(keysAlone).hasSuffix(" --authenticate --dek-seeds ./-seeds after.db"))
  }

  @Test func `no command names what can't be named again`() throws {
    #expect(ShellCommand.exposed(in: "-", Policy()) == nil)
    #expect(ShellCommand.exposed(in: "a\nb.db", Policy()) == nil)
  }

  @Test func `who writes past the API servers leaves evidence, and values nobody reads`() throws {
    var snapshot = written(.encrypted, live: Sample.counts(plaintext: 3, encrypted: 5))
    func plaintext(_ reason: String?) -> Finding {
      var finding = Finding(.plaintextLive, "plaintext")
      finding.layer = .live
      finding.reason = reason
      return finding
    }
    snapshot.findings = ["forged-envelope", "behind-other-bytes", nil].map(plaintext)
    let some = try steps(snapshot)
    #expect(some.map(\.kind).prefix(2) == [.evidence, .unreadableObjects])
    #expect(some[0].text.contains("2 plaintext values that no API server wrote"))
    #expect(some[1].text.hasPrefix("API servers can't read 2 objects"))
    #expect(try #require(some.first { $0.kind == .rewriting }).text.contains("1 of 8"))
    #expect(try #require(some.first { $0.kind == .disposal }).text.contains("but the one kept as evidence"))
    snapshot.findings = (0..<3).map { _ in plaintext("forged-envelope") }
    #expect(try !steps(snapshot).contains { $0.kind == .rewriting })
  }

  @Test func `evidence comes first where encryption must come before all else`() throws {
    var snapshot = written(.inTheClear, live: Sample.counts(plaintext: 1, encrypted: 5))
    #expect(try steps(snapshot).first?.kind == .encryptingProvider)
    snapshot.findingCounts = [.impossibleRow: 2]
    let steps = try steps(snapshot)
    #expect(steps.map(\.kind).prefix(2) == [.evidence, .encryptingProvider])
    #expect(steps[0].text.contains("2 rows that etcd can't have written"))
  }

  @Test func `values that were moved are dealt with beside plaintext`() throws {
    var snapshot = written(.encrypted, live: Sample.counts(plaintext: 1, encrypted: 5))
    snapshot.findingCounts = [.valueMoved: 2, .plaintextLive: 1]
    snapshot.layerCounts = [.live: [.valueMoved: 2, .plaintextLive: 1]]
    let steps = try steps(snapshot)
    #expect(steps.map(\.kind).prefix(2) == [.evidence, .unreadableObjects])
    #expect(steps[1].text.hasPrefix("2 live values were moved there from another etcd key."))
  }

  @Test func `misplaced objects leave the history and free pages too`() throws {
    var snapshot = written(.encrypted, live: Sample.counts(encrypted: 5))
    snapshot.findingCounts = [.misplacedObject: 1]
    snapshot.exposed.count = 1
    #expect(
      try steps(snapshot).map(\.kind) == [
        .evidence, .unreadableObjects, .compaction, .defragmentation, .newSnapshot, .disposal, .rotation,
      ])
    snapshot.resources[0].live = Sample.counts(plaintext: 2, encrypted: 5)
    #expect(try steps(snapshot).map(\.kind).prefix(3) == [.evidence, .unreadableObjects, .encryptingProvider])
  }

  @Test func `a required provider has advice of its own`() throws {
    var snapshot = Sample.snapshot(.fail, live: Sample.counts(encrypted: 5))
    snapshot.findingCounts = [.providerNotRequired: 1]
    var policy = Policy()
    policy.requiredProvider = RequiredProvider(.secretbox, name: "k2")
    let text = try #require(advice(snapshot, policy))
    #expect(text.hasPrefix("Some values are encrypted, but not by secretbox:k2."))
    #expect(!text.contains("stronger"))
  }

  @Test func `events are not rewritten`() throws {
    var snapshot = written(.encrypted, live: Sample.counts(plaintext: 3, encrypted: 5))
    var events = SnapshotReport.ResourceSummary(
      resource: "events", prefix: snapshot.resources[0].prefix, live: Sample.counts(plaintext: 9))
    events.newestWrite = .inTheClear
    snapshot.resources.append(events)
    let rewriting = try #require(try steps(snapshot).first { $0.kind == .rewriting })
    #expect(rewriting.command == "kubectl get secrets --all-namespaces -o json | kubectl replace -f -")
    #expect(rewriting.text.contains("Events expire by themselves."))
    snapshot.resources[0].live = Sample.counts(encrypted: 5)
    #expect(try !steps(snapshot).contains { $0.kind == .rewriting })
    #expect(try #require(advice(snapshot, Policy())).contains("Events expire by themselves, after an hour"))
  }

  @Test func `live values that can't be verified`() throws {
    let malformed = Sample.snapshot(.fail, live: Sample.counts(encrypted: 3, malformed: 1))
    #expect(try #require(advice(malformed)).contains("Read each through the API server"))
    let unknown = Sample.snapshot(.fail, live: Sample.counts(encrypted: 3, unknownEnvelope: 1))
    #expect(try #require(advice(unknown)).hasPrefix("Find out which provider"))
  }

  @Test(arguments: [Sample.counts(plaintext: 1), Sample.counts(malformed: 1)])
  func `trouble in the history alone is compacted away`(history: ClassCounts) throws {
    let snapshot = Sample.snapshot(.fail, live: Sample.counts(encrypted: 3), history: history)
    let steps = try steps(snapshot, Policy.rows())
    #expect(steps.first { $0.kind == .compaction }?.command == ShellCommand.compaction)
    #expect(steps.contains { $0.kind == .rotation } == (history.plaintext > 0))
  }

  @Test func `nothing in scope`() throws {
    #expect(
      try #require(advice(Sample.snapshot(.fail))).hasPrefix("Check that this is the right snapshot. Name another"))
    var snapshot = Sample.snapshot(.fail)
    snapshot.findings = [Finding(.nothingInScope, "nothing of secrets found: looked under /registry")]
    #expect(try #require(advice(snapshot)).contains("looked under /registry. Name another prefix"))
    #expect(advice(Sample.snapshot(.pass), Policy.rows(allowEmpty: true)) == nil)
  }

  @Test(arguments: [
    (Rule.staleKey, "Rewrite the objects, so that the newest key"), (.weakProvider, "Plan the move"),
    (.trailingData, "Find out what appended"),
    (.hashMissing, "Take backups with etcdctl snapshot save"),
  ])
  func `all encrypted, but something could be better`(rule: Rule, beginning: String) throws {
    var snapshot = Sample.snapshot(.pass, live: Sample.counts(encrypted: 3))
    snapshot.findingCounts = [rule: 1]
    #expect(try #require(advice(snapshot)).hasPrefix(beginning))
  }

  @Test func `a clean pass names what was not examined`() {
    let snapshot = Sample.snapshot(.pass, live: Sample.counts(encrypted: 3))
    #expect(advice(snapshot)?.contains("leave out --layers") == true)
    #expect(advice(snapshot, Policy.rows(layers: [.live]))?.contains("leave out --layers") == true)
    #expect(advice(snapshot, Policy.rows(layers: [.live, .history, .residue])) == nil)
  }

  @Test func `what can't be verified`() throws {
    let error = VerificationError(code: "not-bbolt", message: "not a bbolt database")
    #expect(try #require(advice(Sample.damaged)).hasPrefix("Don't restore this file"))
    #expect(try #require(advice(Sample.unreadable(error))).hasPrefix("Check that this is an etcd snapshot"))
    #expect(try #require(advice(Sample.unreadable(error, bytes: 0))).hasPrefix("Check the path"))
    var cut = Sample.damaged
    cut.file.hash = .missing(computed: Sample.digest)
    #expect(try #require(advice(cut)).hasPrefix("Don't rely on this file"))
  }
}
