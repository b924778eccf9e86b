import BoltFormat
import Testing
import VerificationModel

@testable import Reporting

@Suite("The first line has the answer")
struct HeadlineTests {
  /// The first line of the report, unwrapped.
  private func line(_ snapshot: SnapshotReport, _ policy: Policy = Policy.rows()) -> String {
    Headline(snapshot: snapshot, policy: policy).line(Style(color: false))
  }

  private let clean = Sample.counts(encrypted: 128)

  @Test func `everything encrypted`() {
    #expect(
      line(Sample.snapshot(.pass, live: clean, history: Sample.counts(encrypted: 40)))
        == "PASS  backup.db  128 secrets encrypted (live, history; residue not examined; not searched elsewhere)")
    #expect(
      line(Sample.snapshot(.pass, live: Sample.counts(encrypted: 1)))
        == "PASS  backup.db  1 secret encrypted (live, history; residue not examined; not searched elsewhere)")
  }

  @Test func `some live values plaintext`() {
    #expect(
      line(Sample.snapshot(.fail, live: Sample.counts(plaintext: 3, encrypted: 125)))
        == "FAIL  backup.db  3 of 128 secrets are plaintext (residue not examined; not searched elsewhere)")
    #expect(
      line(Sample.snapshot(.fail, live: Sample.counts(plaintext: 1, encrypted: 127)))
        == "FAIL  backup.db  1 of 128 secrets is plaintext (residue not examined; not searched elsewhere)")
  }

  @Test func `all live values plaintext`() {
    #expect(
      line(Sample.snapshot(.fail, live: Sample.counts(plaintext: 128)))
        == "FAIL  backup.db  all 128 secrets are plaintext (residue not examined; not searched elsewhere)")
    #expect(
      line(Sample.snapshot(.fail, live: Sample.counts(plaintext: 1)))
        == "FAIL  backup.db  the only secret is plaintext (residue not examined; not searched elsewhere)")
  }

  @Test func `only the history plaintext`() {
    #expect(
      line(Sample.snapshot(.fail, live: clean, history: Sample.counts(plaintext: 40, encrypted: 2)))
        == "FAIL  backup.db  128 secrets encrypted, 40 old revisions are plaintext "
        + "(residue not examined; not searched elsewhere)")
    #expect(
      line(Sample.snapshot(.fail, live: clean, history: Sample.counts(plaintext: 1)))
        == "FAIL  backup.db  128 secrets encrypted, 1 old revision is plaintext "
        + "(residue not examined; not searched elsewhere)")
  }

  @Test func `live values and history plaintext`() {
    #expect(
      line(
        Sample.snapshot(
          .fail, live: Sample.counts(plaintext: 3, encrypted: 125), history: Sample.counts(plaintext: 40)))
        == "FAIL  backup.db  3 of 128 secrets and 40 old revisions are plaintext "
        + "(residue not examined; not searched elsewhere)")
  }

  @Test func `nothing live, history in every state`() {
    #expect(
      line(Sample.snapshot(.pass, history: Sample.counts(encrypted: 40)))
        == "PASS  backup.db  no live secrets, 40 old revisions encrypted "
        + "(live, history; residue not examined; not searched elsewhere)")
    #expect(
      line(Sample.snapshot(.fail, history: Sample.counts(plaintext: 40, encrypted: 2)))
        == "FAIL  backup.db  no live secrets, 40 of 42 old revisions are plaintext "
        + "(residue not examined; not searched elsewhere)")
    #expect(
      line(Sample.snapshot(.fail, history: Sample.counts(encrypted: 2, unrecognized: 1)))
        == "FAIL  backup.db  no live secrets, 1 of 3 old revisions can't be verified "
        + "(residue not examined; not searched elsewhere)")
  }

  @Test func `values that can't be verified`() {
    #expect(
      line(Sample.snapshot(.fail, live: Sample.counts(plaintext: 3, encrypted: 22, malformed: 4, unknownEnvelope: 5)))
        == "FAIL  backup.db  3 of 34 secrets are plaintext, 9 can't be verified "
        + "(residue not examined; not searched elsewhere)")
    #expect(
      line(Sample.snapshot(.fail, live: Sample.counts(encrypted: 119, unrecognized: 8, empty: 1)))
        == "FAIL  backup.db  9 of 128 secrets can't be verified, 119 are encrypted "
        + "(residue not examined; not searched elsewhere)")
    #expect(
      line(Sample.snapshot(.fail, live: Sample.counts(malformed: 2)))
        == "FAIL  backup.db  2 of 2 secrets can't be verified (residue not examined; not searched elsewhere)")
    #expect(
      line(Sample.snapshot(.fail, live: clean, history: Sample.counts(malformed: 4)))
        == "FAIL  backup.db  128 secrets encrypted, 4 old revisions can't be verified "
        + "(residue not examined; not searched elsewhere)")
    #expect(
      line(
        Sample.snapshot(
          .fail, live: Sample.counts(plaintext: 3, encrypted: 22, malformed: 9),
          history: Sample.counts(plaintext: 40, malformed: 4)))
        == "FAIL  backup.db  3 of 34 secrets and 40 old revisions are plaintext, "
        + "9 secrets and 4 old revisions can't be verified (residue not examined; not searched elsewhere)")
  }

  @Test func `only some layers examined`() {
    let snapshot = Sample.snapshot(
      .pass, live: clean, history: Sample.counts(plaintext: 40))
    #expect(
      line(snapshot, Policy.rows(layers: [.live]))
        == "PASS  backup.db  128 secrets encrypted (live; history and residue not examined; not searched elsewhere)")
    #expect(
      line(Sample.snapshot(.pass, history: Sample.counts(encrypted: 40)), Policy.rows(layers: [.history]))
        == "PASS  backup.db  40 old revisions encrypted "
        + "(history; live and residue not examined; not searched elsewhere)")
    #expect(
      line(Sample.snapshot(.fail, live: clean, history: Sample.counts(plaintext: 40)), Policy.rows(layers: [.history]))
        == "FAIL  backup.db  40 of 40 old revisions are plaintext "
        + "(live and residue not examined; not searched elsewhere)")
    #expect(
      line(Sample.snapshot(.pass, live: clean), Policy.rows(layers: [.live, .history, .residue]))
        == "PASS  backup.db  128 secrets encrypted (live, history, residue)")
    #expect(
      line(
        Sample.snapshot(.fail, live: Sample.counts(plaintext: 3, encrypted: 1)),
        Policy.rows(layers: [.live, .history, .residue]))
        == "FAIL  backup.db  3 of 4 secrets are plaintext")
  }

  @Test func `without the SHA-256`() {
    #expect(
      line(Sample.snapshot(.pass, live: clean, hash: .skipped))
        == "PASS  backup.db  128 secrets encrypted "
        + "(live, history; residue and SHA-256 not examined; not searched elsewhere)")
  }

  @Test func `a pass that tolerates plaintext says so`() {
    #expect(
      line(Sample.snapshot(.pass, live: Sample.counts(plaintext: 3, encrypted: 125)), Policy.rows(failOn: nil))
        == "PASS  backup.db  3 of 128 secrets are plaintext "
        + "(tolerated by --fail-on never; residue not examined; not searched elsewhere)")
    #expect(
      line(Sample.snapshot(.pass, live: clean, history: Sample.counts(plaintext: 2)), Policy.rows(failOn: .critical))
        == "PASS  backup.db  128 secrets encrypted, 2 old revisions are plaintext "
        + "(tolerated by --fail-on critical; residue not examined; not searched elsewhere)")
  }

  @Test func `a failure although all is encrypted says why`() {
    var snapshot = Sample.snapshot(.fail, live: clean)
    snapshot.findingCounts = [.hashMissing: 1, .staleKey: 12, .weakProvider: 1, .trailingData: 1]
    #expect(
      line(snapshot, Policy.rows(failOn: .medium))
        == "FAIL  backup.db  128 secrets encrypted, but 12 with an old key "
        + "(residue not examined; not searched elsewhere); "
        + "3 low findings")
    #expect(
      line(snapshot, Policy.rows(failOn: .low))
        == "FAIL  backup.db  128 secrets encrypted, but 12 with an old key, a weak provider encrypts values, "
        + "the SHA-256 is missing, bytes follow the SHA-256 (residue not examined; not searched elsewhere)")
  }

  @Test func `findings that do not fail are hinted at`() {
    var snapshot = Sample.snapshot(.pass, live: clean)
    snapshot.findingCounts = [.trailingData: 1]
    #expect(
      line(snapshot)
        == "PASS  backup.db  128 secrets encrypted "
        + "(live, history; residue not examined; not searched elsewhere); 1 low finding")
    snapshot.findingCounts = [.trailingData: 1, .staleKey: 12]
    #expect(line(snapshot).hasSuffix("; residue not examined; not searched elsewhere); 12 medium and 1 low findings"))
    snapshot.verdict = .fail
    snapshot.resources[0].live = Sample.counts(plaintext: 1, encrypted: 2)
    snapshot.findingCounts = [.plaintextLive: 1, .trailingData: 1]
    #expect(line(snapshot, Policy()) == "FAIL  backup.db  1 of 3 secrets is plaintext; 1 low finding")
  }

  @Test func `what keys show to be false does not count as encrypted`() {
    var snapshot = Sample.snapshot(.fail, live: clean, history: Sample.counts(plaintext: 1, encrypted: 9))
    snapshot.findingCounts = [.authenticationFailed: 4, .valueMoved: 2, .plaintextHistory: 1, .staleKey: 3]
    snapshot.layerCounts = [
      .live: [.authenticationFailed: 3, .valueMoved: 2, .staleKey: 3],
      .history: [.authenticationFailed: 1, .plaintextHistory: 1],
    ]
    snapshot.authentication = SnapshotReport.Authentication(authenticated: 131, encrypted: 137)
    #expect(
      line(snapshot)
        == "FAIL  backup.db  3 of 128 secrets and 1 old revision do not decrypt, "
        + "2 of 128 secrets were moved here from other objects, 1 old revision is plaintext, 123 are encrypted "
        + "(131 of 137 encrypted values authenticated; residue not examined; not searched elsewhere); 3 medium findings"
    )
    snapshot.verdict = .pass
    #expect(line(snapshot, Policy.rows(failOn: nil)).contains("tolerated by --fail-on never"))
  }

  @Test func `values that decrypt to no object are told`() {
    var snapshot = Sample.snapshot(.fail, live: Sample.counts(encrypted: 5, unrecognized: 1))
    snapshot.findingCounts = [.unrecognizedValue: 3]
    snapshot.layerCounts = [.live: [.unrecognizedValue: 3]]
    #expect(
      line(snapshot).contains("1 of 6 secrets can't be verified, 2 values decrypt to no Kubernetes object"))
    #expect(line(snapshot).contains("3 are encrypted"))
  }

  @Test func `where nothing decrypts the line says so`() {
    var snapshot = Sample.snapshot(.fail, live: clean)
    snapshot.authentication = SnapshotReport.Authentication(authenticated: 0, encrypted: 128)
    snapshot.findingCounts = [.nothingAuthenticated: 1]
    #expect(
      line(snapshot)
        == "FAIL  backup.db  128 secrets encrypted, but nothing could be decrypted with the keys given "
        + "(0 of 128 encrypted values authenticated; residue not examined; not searched elsewhere)")
    snapshot.findingCounts = [.nothingAuthenticated: 1, .authenticationFailed: 128]
    snapshot.layerCounts = [.live: [.authenticationFailed: 128]]
    #expect(line(snapshot).contains("  none of 128 encrypted values can be decrypted with the keys given, nothing"))
  }

  @Test func `every rule has words of its own`() {
    for rule in Rule.allCases {
      var snapshot = Sample.snapshot(.fail, live: clean)
      snapshot.findingCounts = [rule: 1]
      if rule == .unrecognizedValue { snapshot.layerCounts = [.live: [rule: 1]] }
      let told = line(snapshot, Policy.rows(failOn: .low))
      #expect(!told.contains(rule.rawValue))
      let isToldByCounts = [.plaintextLive, .plaintextHistory, .malformedEnvelope, .unknownEnvelope].contains(rule)
      let isToldElsewhere = [.hashMismatch, .damagedPage, .nothingInScope].contains(rule)
      #expect(isToldByCounts || isToldElsewhere || told != line(Sample.snapshot(.fail, live: clean)), "\(rule)")
    }
  }

  @Test func `objects under another path come before the absence of those looked for`() {
    var snapshot = Sample.snapshot(.fail)
    snapshot.findingCounts = [.nothingInScope: 1, .misplacedObject: 3]
    #expect(
      line(snapshot).hasPrefix(
        "FAIL  backup.db  3 readable objects under another path, no secrets found: nothing was verified (2031"))
  }

  @Test func `what lies in free pages is told`() {
    var snapshot = Sample.snapshot(.fail, live: clean)
    snapshot.resources[0].residue = SnapshotReport.ResidueCounts()
    snapshot.resources[0].residue?.objects = 38
    #expect(
      line(snapshot, Policy())
        == "FAIL  backup.db  128 secrets encrypted, 38 deleted or old secrets can still be read in free pages")
    snapshot.resources[0].residue?.alsoReadable = 38
    snapshot.findingCounts = [.plaintextResidue: 38]
    #expect(line(snapshot, Policy()).contains("copies of 38 can be read in free pages"))
    #expect(line(snapshot, Policy(layers: [.residue])).contains("38 deleted or old secrets can still be read"))
  }

  @Test func `nothing in scope`() {
    var snapshot = Sample.snapshot(.fail)
    #expect(
      line(snapshot)
        == "FAIL  backup.db  no secrets found: nothing was verified "
        + "(2031 other live keys; residue not examined; not searched elsewhere)")
    snapshot.verdict = .pass
    #expect(
      line(snapshot, Policy.rows(allowEmpty: true))
        == "PASS  backup.db  no secrets found: nothing was verified "
        + "(allowed by --allow-empty; 2031 other live keys; residue not examined; not searched elsewhere)")
    snapshot.verdict = .fail
    snapshot.etcd?.liveKeys = 0
    #expect(
      line(snapshot)
        == "FAIL  backup.db  no secrets found: nothing was verified "
        + "(no live keys at all; residue not examined; not searched elsewhere)")
  }

  @Test func `values outside the examined layers don't count`() {
    let snapshot = Sample.snapshot(.pass, live: clean)
    #expect(
      line(snapshot, Policy.rows(layers: [.history]))
        == "PASS  backup.db  no old revisions (history; live and residue not examined; not searched elsewhere)")
    #expect(
      line(snapshot, Policy.rows(layers: [.residue]))
        == "PASS  backup.db  nothing readable in free pages (residue; live and history not examined)")
    #expect(
      line(snapshot, Policy.rows(layers: [.history, .residue])).contains(
        "no old revisions, nothing readable in free pages (history, residue; live not examined)"))
  }

  @Test func `nothing could be read`() {
    let error = VerificationError(code: "not-bbolt", message: "not a bbolt database")
    #expect(line(Sample.unreadable(error)) == "ERROR  backup.db  not a bbolt database; nothing was read")
  }

  @Test func `read in part`() {
    var snapshot = Sample.snapshot(.error, live: Sample.counts(plaintext: 3, encrypted: 31))
    snapshot.errors = [VerificationError(code: "truncated", message: "truncated: 9 of 12 pages are there")]
    #expect(
      line(snapshot)
        == "ERROR  backup.db  truncated: 9 of 12 pages are there; still read: 3 of 34 secrets are plaintext "
        + "(residue not examined; not searched elsewhere)")
    snapshot.resources = []
    #expect(line(snapshot) == "ERROR  backup.db  truncated: 9 of 12 pages are there; no secrets were read")
  }

  @Test func `of several errors the one that explains the others`() {
    #expect(
      line(Sample.damaged)
        == "ERROR  backup.db  the content does not match the SHA-256 at its end, and 4 more errors; "
        + "still read: 31 secrets encrypted (residue not examined; not searched elsewhere)")
    var cut = Sample.damaged
    cut.errors.append(VerificationError(code: "truncated", message: "truncated: cut", page: PageID(3)))
    #expect(line(cut).contains("backup.db  truncated: cut, and 5 more errors;"))
  }

  @Test func `on a terminal a path gives way until the answer fits`() {
    let path = "/var/backups/etcd/cluster-eu-west-1/2026-11-24/snapshot.db"
    let report = Headline(snapshot: Sample.snapshot(.pass, path: path, live: clean), policy: Policy.rows())
    #expect(
      report.lines(Style(color: false)) == [
        "PASS  …kups/etcd/cluster-eu-west-1/2026-11-24/snapshot.db  128 secrets encrypted",
        "      (live, history; residue not examined; not searched elsewhere)",
      ])
    #expect(report.elidesPath(Style(color: false)))
    #expect(report.line(Style(color: false)).contains("  \(path)  "))
  }

  @Test func `on a terminal notes go to the next line whole`() {
    let snapshot = Sample.snapshot(.fail, live: clean, history: Sample.counts(plaintext: 40, encrypted: 2))
    #expect(
      Headline(snapshot: snapshot, policy: Policy.rows()).lines(Style(color: false)) == [
        "FAIL  backup.db  128 secrets encrypted, 40 old revisions are plaintext",
        "      (residue not examined; not searched elsewhere)",
      ])
    #expect(!Headline(snapshot: snapshot, policy: Policy.rows()).elidesPath(Style(color: false)))
  }
}
