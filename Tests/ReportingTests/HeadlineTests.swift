import BoltFormat
import SnapshotVerification
import Testing

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
        == "PASS  backup.db  128 secrets encrypted (live, history; residue not examined)")
    #expect(
      line(Sample.snapshot(.pass, live: Sample.counts(encrypted: 1)))
        == "PASS  backup.db  1 secret encrypted (live, history; residue not examined)")
  }

  @Test func `some live values plaintext`() {
    #expect(
      line(Sample.snapshot(.fail, live: Sample.counts(plaintext: 3, encrypted: 125)))
        == "FAIL  backup.db  3 of 128 secrets are plaintext (residue not examined)")
    #expect(
      line(Sample.snapshot(.fail, live: Sample.counts(plaintext: 1, encrypted: 127)))
        == "FAIL  backup.db  1 of 128 secrets is plaintext (residue not examined)")
  }

  @Test func `all live values plaintext`() {
    #expect(
      line(Sample.snapshot(.fail, live: Sample.counts(plaintext: 128)))
        == "FAIL  backup.db  all 128 secrets are plaintext (residue not examined)")
    #expect(
      line(Sample.snapshot(.fail, live: Sample.counts(plaintext: 1)))
        == "FAIL  backup.db  the only secret is plaintext (residue not examined)")
  }

  @Test func `only the history plaintext`() {
    #expect(
      line(Sample.snapshot(.fail, live: clean, history: Sample.counts(plaintext: 40, encrypted: 2)))
        == "FAIL  backup.db  128 secrets encrypted, 40 old revisions are plaintext (residue not examined)")
    #expect(
      line(Sample.snapshot(.fail, live: clean, history: Sample.counts(plaintext: 1)))
        == "FAIL  backup.db  128 secrets encrypted, 1 old revision is plaintext (residue not examined)")
  }

  @Test func `live values and history plaintext`() {
    #expect(
      line(
        Sample.snapshot(
          .fail, live: Sample.counts(plaintext: 3, encrypted: 125), history: Sample.counts(plaintext: 40)))
        == "FAIL  backup.db  3 of 128 secrets and 40 old revisions are plaintext (residue not examined)")
  }

  @Test func `nothing live, history in every state`() {
    #expect(
      line(Sample.snapshot(.pass, history: Sample.counts(encrypted: 40)))
        == "PASS  backup.db  no live secrets, 40 old revisions encrypted (live, history; residue not examined)")
    #expect(
      line(Sample.snapshot(.fail, history: Sample.counts(plaintext: 40, encrypted: 2)))
        == "FAIL  backup.db  no live secrets, 40 of 42 old revisions are plaintext (residue not examined)")
    #expect(
      line(Sample.snapshot(.fail, history: Sample.counts(encrypted: 2, unrecognized: 1)))
        == "FAIL  backup.db  no live secrets, 1 of 3 old revisions can't be verified (residue not examined)")
  }

  @Test func `values that can't be verified`() {
    #expect(
      line(Sample.snapshot(.fail, live: Sample.counts(plaintext: 3, encrypted: 22, malformed: 4, unknownEnvelope: 5)))
        == "FAIL  backup.db  3 of 34 secrets are plaintext, 9 can't be verified (residue not examined)")
    #expect(
      line(Sample.snapshot(.fail, live: Sample.counts(encrypted: 119, unrecognized: 8, empty: 1)))
        == "FAIL  backup.db  9 of 128 secrets can't be verified, 119 are encrypted (residue not examined)")
    #expect(
      line(Sample.snapshot(.fail, live: Sample.counts(malformed: 2)))
        == "FAIL  backup.db  2 of 2 secrets can't be verified (residue not examined)")
    #expect(
      line(Sample.snapshot(.fail, live: clean, history: Sample.counts(malformed: 4)))
        == "FAIL  backup.db  128 secrets encrypted, 4 old revisions can't be verified (residue not examined)")
    #expect(
      line(
        Sample.snapshot(
          .fail, live: Sample.counts(plaintext: 3, encrypted: 22, malformed: 9),
          history: Sample.counts(plaintext: 40, malformed: 4)))
        == "FAIL  backup.db  3 of 34 secrets and 40 old revisions are plaintext, "
        + "9 secrets and 4 old revisions can't be verified (residue not examined)")
  }

  @Test func `only some layers examined`() {
    let snapshot = Sample.snapshot(
      .pass, live: clean, history: Sample.counts(plaintext: 40))
    #expect(
      line(snapshot, Policy.rows(layers: [.live]))
        == "PASS  backup.db  128 secrets encrypted (live; history and residue not examined)")
    #expect(
      line(Sample.snapshot(.pass, history: Sample.counts(encrypted: 40)), Policy.rows(layers: [.history]))
        == "PASS  backup.db  40 old revisions encrypted (history; live and residue not examined)")
    #expect(
      line(Sample.snapshot(.fail, live: clean, history: Sample.counts(plaintext: 40)), Policy.rows(layers: [.history]))
        == "FAIL  backup.db  40 of 40 old revisions are plaintext (live and residue not examined)")
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
        == "PASS  backup.db  128 secrets encrypted (live, history; residue and SHA-256 not examined)")
  }

  @Test func `a pass that tolerates plaintext says so`() {
    #expect(
      line(Sample.snapshot(.pass, live: Sample.counts(plaintext: 3, encrypted: 125)), Policy.rows(failOn: nil))
        == "PASS  backup.db  3 of 128 secrets are plaintext (tolerated by --fail-on never; residue not examined)")
    #expect(
      line(Sample.snapshot(.pass, live: clean, history: Sample.counts(plaintext: 2)), Policy.rows(failOn: .critical))
        == "PASS  backup.db  128 secrets encrypted, 2 old revisions are plaintext "
        + "(tolerated by --fail-on critical; residue not examined)")
  }

  @Test func `a failure although all is encrypted says why`() {
    var snapshot = Sample.snapshot(.fail, live: clean)
    snapshot.findingCounts = [.hashMissing: 1, .staleKey: 12, .weakProvider: 1, .trailingData: 1]
    #expect(
      line(snapshot, Policy.rows(failOn: .medium))
        == "FAIL  backup.db  128 secrets encrypted, but 12 with an old key (residue not examined)")
    #expect(
      line(snapshot, Policy.rows(failOn: .low))
        == "FAIL  backup.db  128 secrets encrypted, but 12 with an old key, by a weak provider, SHA-256 missing, "
        + "trailing-data (residue not examined)")
  }

  @Test func `nothing in scope`() {
    var snapshot = Sample.snapshot(.fail)
    #expect(
      line(snapshot)
        == "FAIL  backup.db  no secrets found: nothing was verified (2031 other live keys; residue not examined)")
    snapshot.verdict = .pass
    #expect(
      line(snapshot, Policy.rows(allowEmpty: true))
        == "PASS  backup.db  no secrets found: nothing was verified "
        + "(allowed by --allow-empty; 2031 other live keys; residue not examined)")
    snapshot.verdict = .fail
    snapshot.etcd?.liveKeys = 0
    #expect(
      line(snapshot)
        == "FAIL  backup.db  no secrets found: nothing was verified (no live keys at all; residue not examined)")
  }

  @Test func `values outside the examined layers don't count`() {
    let snapshot = Sample.snapshot(.fail, live: clean)
    #expect(line(snapshot, Policy.rows(layers: [.history])).contains("no secrets found: nothing was verified"))
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
        + "(residue not examined)")
    snapshot.resources = []
    #expect(line(snapshot) == "ERROR  backup.db  truncated: 9 of 12 pages are there; no secrets were read")
  }

  @Test func `of several errors the one that explains the others`() {
    #expect(
      line(Sample.damaged)
        == "ERROR  backup.db  the content does not match the SHA-256 at its end, and 4 more errors; "
        + "still read: 31 secrets encrypted (residue not examined)")
    var cut = Sample.damaged
    cut.errors.append(VerificationError(code: "truncated", message: "truncated: cut", page: PageID(3)))
    #expect(line(cut).contains("backup.db  truncated: cut, and 5 more errors;"))
  }

  @Test func `on a terminal a path gives way until all fits`() {
    let path = "/var/backups/etcd/cluster-eu-west-1/2026-11-24/snapshot.db"
    let report = Headline(snapshot: Sample.snapshot(.pass, path: path, live: clean), policy: Policy.rows())
    #expect(
      report.lines(Style(color: false)) == [
        "PASS  …/snapshot.db  128 secrets encrypted (live, history; residue not examined)"
      ])
    #expect(report.elidesPath)
    #expect(report.line(Style(color: false)).contains("  \(path)  "))
  }

  @Test func `on a terminal notes go to the next line whole`() {
    let snapshot = Sample.snapshot(.fail, live: clean, history: Sample.counts(plaintext: 40, encrypted: 2))
    #expect(
      Headline(snapshot: snapshot, policy: Policy.rows()).lines(Style(color: false)) == [
        "FAIL  backup.db  128 secrets encrypted, 40 old revisions are plaintext",
        "      (residue not examined)",
      ])
    #expect(!Headline(snapshot: snapshot, policy: Policy.rows()).elidesPath)
  }
}
