import KubernetesStorage
import SnapshotVerification
import Testing

@testable import Reporting

@Suite("The one thing to do next")
struct NextStepTests {
  private func advice(_ snapshot: SnapshotReport, _ policy: Policy = Policy.rows()) -> String? {
    NextStep.after(snapshot, policy: policy).map { [$0.advice, $0.command ?? ""].joined(separator: " ") }
  }

  @Test func `live plaintext comes before all else`() throws {
    let step = try #require(advice(Sample.mixed))
    #expect(step.hasPrefix("Check that the EncryptionConfiguration"))
    #expect(step.hasSuffix("kubectl get secrets --all-namespaces -o json | kubectl replace -f -"))
  }

  @Test func `live values that can't be verified`() throws {
    let malformed = Sample.snapshot(.fail, live: Sample.counts(encrypted: 3, malformed: 1))
    #expect(try #require(advice(malformed)).hasPrefix("Read these values through the API server"))
    let unknown = Sample.snapshot(.fail, live: Sample.counts(encrypted: 3, unknownEnvelope: 1))
    #expect(try #require(advice(unknown)).hasPrefix("Find out which provider"))
  }

  @Test(arguments: [Sample.counts(plaintext: 1), Sample.counts(malformed: 1)])
  func `trouble in the history alone is compacted away`(history: ClassCounts) throws {
    let snapshot = Sample.snapshot(.fail, live: Sample.counts(encrypted: 3), history: history)
    #expect(try #require(advice(snapshot)).hasSuffix("etcdctl compact --physical 9001 && etcdctl defrag --cluster"))
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
    (Rule.staleKey, "Rewrite all secrets"), (.weakProvider, "Plan the move"), (.trailingData, "Find out what appended"),
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
