import BoltFormat
import EtcdStorage
import Testing
import VerificationModel

@testable import KubernetesStorage
@testable import Reporting

@Suite("The text report")
struct TextReportTests {
  private func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

  @Test func `a report in full`() {
    #expect(
      TextReport().render(Sample.mixed, policy: Policy.rows()) == """
        FAIL  backup.db  2 of 123 secrets and 3 old revisions are plaintext, 1 secret
              can't be verified (residue not examined; not searched elsewhere);
              1 low finding

        secrets under /registry  total  encrypted  plaintext  malformed
          live                     123        120          2          1
          history                   43         40          3          0
          residue not examined

        Encryption keys     live  history
          aescbc     key1    100       40
          kmsv2      vault    20        0
                     key id projects/a/keys/b

        CRITICAL  plaintext-live (2)
          the live value of a key in scope is plaintext
          default/db   revision 42, page 7
            Opaque: password (12 bytes), u (1 byte)
          default/web  revision 42, page 7
            Opaque: password (12 bytes), u (1 byte)

        HIGH  plaintext-history (3)
          an older or deleted revision of a key in scope is plaintext
          default/db       revision 41, page 7
            Opaque: password (12 bytes), u (1 byte)
            and 1 more revision
          (name not kept)  revision 30.2, page 7

        HIGH  malformed-envelope (1)
          an encryption envelope was recognised, but its structure is impossible
          kube-system/token  revision 42, page 7
            aescbc, key key1, reason: length-not-multiple-of-16

        LOW  trailing-data (1)
          bytes follow the snapshot's SHA-256
          17 bytes follow the snapshot's SHA-256

        What a rule means, and what to do: atrest explain plaintext-live

        File  4.0 MiB, 1024 pages of 4096 bytes (24 unreachable), revision 9001
              (compacted up to 8000), etcd 3.6.0, SHA-256 matches
              content \(Sample.digest)

        Next:  Plaintext can be read from this file: guard it like the secrets
               themselves. Then, in turn:
               1. API servers can't read 1 object, and lists of the resource (kubectl
                  get) fail while they are there. Restore each from an older snapshot,
                  or delete its key (etcdctl del KEY) and create it anew.
               2. On every API server, let an encrypting provider come first for secrets
                  in the EncryptionConfiguration, and restart it or let it reload the
                  file.
               3. Rewrite every object so that it is encrypted: 2 of 123 secrets are not
                  yet.
                  kubectl get secrets --all-namespaces -o json | kubectl replace -f -
               4. Compact the history up to the revision that etcd has by then:
                  rev=$(etcdctl endpoint status --write-out=json |
                  grep -o '"revision":[0-9]*' | cut -d: -f2 | sort -n | tail -n 1) &&
                  etcdctl compact --physical "$rev"
               5. Defragment every member, so that free pages leave its file:
                  etcdctl defrag --cluster
               6. Take a new snapshot and verify it:
                  etcdctl snapshot save after.db && atrest verify after.db
               7. Once the new one passes, destroy this file and every copy of it.
               8. Rotate the credentials in the objects that this file discloses. To
                  list them:
                  atrest verify --list-exposed backup.db

        """)
  }

  @Test func `a damaged snapshot`() {
    var snapshot = Sample.damaged
    snapshot.findings = [Finding(.hashMismatch, snapshot.errors[0].message)]
    snapshot.findingCounts = [.hashMismatch: 1, .damagedPage: 4]
    #expect(
      TextReport().render(snapshot, policy: Policy.rows(layers: [.live])) == """
        ERROR  backup.db  the content does not match the SHA-256 at its end, and 4 more
               errors; still read: 31 secrets encrypted
               (history and residue not examined; not searched elsewhere)

        secrets under /registry  total  encrypted  plaintext
          live                      31         31          0
          history not examined
          residue not examined

        Errors (5)
          hash-mismatch: the content does not match the SHA-256 at its end
          key-order: the key does not come after the one before it (page 9)
          … and 3 more, which were counted alone

        CRITICAL  hash-mismatch (1)
          the SHA-256 at the end of the snapshot does not match its content
          1 named under Errors

        CRITICAL  damaged-page (4)
          part of the file can't be read as what it must be
          … and 4 more: add '| less' to see all

        What a rule means, and what to do: atrest explain hash-mismatch

        File  4.0 MiB, 1024 pages of 4096 bytes (24 unreachable), revision 9001
              (compacted up to 8000), etcd 3.6.0, SHA-256 does not match
              computed \(Sample.digest)
              embedded \(Sample.otherDigest)

        Next:  Don't restore this file: it is not what etcd wrote. Take a new snapshot
               (etcdctl snapshot save), verify that, and find out what changed this one.

        """)
  }

  @Test func `the first line elides a path, the file's line shows it`() {
    let path = "/var/backups/etcd/cluster-eu-west-1/" + String(repeating: "deeper/", count: 12) + "snapshot.db"
    let report = lines(
      TextReport().render(
        Sample.snapshot(.pass, path: path, live: Sample.counts(encrypted: 128)), policy: Policy.rows()))
    #expect(report[0].hasPrefix("PASS  …"))
    let file = report.drop { !$0.hasPrefix("File") }.prefix(2).map { $0.drop { $0 == " " } }.joined()
    #expect(file == "File  " + path)
  }

  @Test(arguments: [true, false])
  func `no line is wider than 80 columns`(isWide: Bool) {
    var snapshot = Sample.mixed
    let name = isWide ? "鍵の名前鍵の名前" : "an-ordinary-name-"
    for length in 0..<30 {
      let long = String(repeating: name, count: length + 1)
      snapshot.findings.append(Sample.plaintextFinding(.plaintextLive, name: long))
      snapshot.encryption.append(
        SnapshotReport.KeyUse(provider: .secretbox, name: long, keyID: long, live: 1_234_567, history: 0))
      snapshot.errors.append(VerificationError(code: "x", message: "something in \(long) is wrong \(long)"))
    }
    snapshot.resources.append(
      SnapshotReport.ResourceSummary(
        resource: "secrets", prefix: EtcdPrefix("/" + String(repeating: name, count: 20)),
        live: Sample.counts(
          plaintext: 99_999, encrypted: 999_999, malformed: 1, unknownEnvelope: 2, unrecognized: 3, empty: 4)))
    snapshot.findingCounts[.plaintextLive] = 32
    for path in ["backup.db", String(repeating: name, count: 20), String(repeating: "a b ", count: 50)] {
      var copy = SnapshotReport(path: path, file: snapshot.file, verdict: .fail)
      (copy.bolt, copy.etcd, copy.resources) = (snapshot.bolt, snapshot.etcd, snapshot.resources)
      (copy.findings, copy.findingCounts) = (snapshot.findings, snapshot.findingCounts)
      (copy.encryption, copy.errors) = (snapshot.encryption, snapshot.errors)
      for line in lines(TextReport().render(copy, policy: Policy.rows())) {
        let isCommand = line.contains("  atrest verify --list-exposed ")
        #expect(line.columns <= 80 || isCommand, "\(line)")
        #expect(!line.hasSuffix(" "), "\(line)")
      }
    }
  }

  @Test func `a long name stands on lines of its own, in full`() {
    var snapshot = Sample.mixed
    let name = String(repeating: "long-name.", count: 12)
    snapshot.findings = [Sample.plaintextFinding(.plaintextLive, name: name)]
    let report = lines(TextReport().render(snapshot, policy: Policy.rows()))
    let start = report.firstIndex { $0.hasPrefix("  default/long") } ?? 0
    #expect(report[start...(start + 1)].map { $0.drop { $0 == " " } }.joined() == "default/" + name)
    #expect(report[start + 2] == "    revision 42, page 7")
  }

  @Test func `twenty keys of each rule, and the number of the rest`() {
    var snapshot = Sample.mixed
    snapshot.findings = (0..<30).map { Sample.plaintextFinding(.plaintextLive, name: "s\($0)") }
    snapshot.findingCounts = [.plaintextLive: 100]
    let report = lines(TextReport().render(snapshot, policy: Policy.rows()))
    #expect(report.count { $0.hasPrefix("  default/s") } == 20)
    #expect(report.contains("CRITICAL  plaintext-live (100)"))
    #expect(report.contains("  … and 80 more: add '| less' to see all"))
  }

  @Test func `a pipe gets every key, and is told of those whose details were not kept`() {
    var snapshot = Sample.mixed
    snapshot.findings = (0..<130).map { Sample.plaintextFinding(.plaintextLive, name: "s\($0)") }
    snapshot.findingCounts = [.plaintextLive: 200]
    snapshot.encryption = (0..<25).map {
      SnapshotReport.KeyUse(provider: .aesgcm, name: "key\($0)", keyID: nil, live: 1, history: 1)
    }
    snapshot.errors = (0..<25).map { VerificationError(code: "page-id", message: "page \($0) is another") }
    let report = lines(TextReport(width: .max).render(snapshot, policy: Policy.rows()))
    #expect(report.count { $0.hasPrefix("  default/s") } == 130)
    #expect(report.filter { $0.hasPrefix("  … ") } == ["  … and 70 more: verify with a greater --max-findings"])
    snapshot.findingCounts = [.plaintextLive: 130]
    #expect(!TextReport(width: .max).render(snapshot, policy: Policy.rows()).contains("…"))
  }

  @Test func `many data keys, keys and errors are cut short`() {
    var snapshot = Sample.mixed
    let data = (0..<30).map { SecretOutline.DataKey(name: "k\($0)", bytes: 0) }
    snapshot.findings = [
      Sample.finding(.plaintextLive, secret: SecretOutline(type: "", data: data, isCut: false)),
      Sample.finding(.plaintextLive, name: "cut", secret: SecretOutline(type: "", data: data, isCut: true)),
    ]
    snapshot.encryption = (0..<25).map {
      SnapshotReport.KeyUse(provider: .aesgcm, name: "key\($0)", keyID: nil, live: 1, history: 1)
    }
    snapshot.errors = (0..<25).map { VerificationError(code: "page-id", message: "page \($0) is another") }
    let report = lines(TextReport().render(snapshot, policy: Policy.rows()))
    #expect(report.contains { $0.hasPrefix("    no type: k0 (0 bytes), ") })
    #expect(report.contains { $0.hasSuffix("k7 (0 bytes), 22 more") })
    #expect(report.contains { $0.hasSuffix("k7 (0 bytes), very many more") })
    #expect(report.contains("  … and 5 more keys: add '| less' to see all"))
    #expect(report.contains("Errors (25)"))
    #expect(report.contains("  … and 5 more: add '| less' to see all"))
  }

  @Test func `several resources and prefixes`() {
    var snapshot = Sample.snapshot(.pass, live: Sample.counts(encrypted: 3))
    snapshot.resources.append(
      SnapshotReport.ResourceSummary(
        resource: "secrets", prefix: EtcdPrefix("/kubernetes.io"), live: Sample.counts(encrypted: 4)))
    let report = lines(TextReport().render(snapshot, policy: Policy.rows()))
    #expect(report[0].contains("7 secrets encrypted"))
    #expect(report.contains("secrets under /registry       total  encrypted  plaintext"))
    #expect(report.contains("secrets under /kubernetes.io  total  encrypted  plaintext"))
  }

  @Test func `without color no escape byte, with color the same text`() throws {
    for snapshot in [Sample.mixed, Sample.damaged, Sample.snapshot(.pass, live: Sample.counts(encrypted: 1))] {
      let plain = TextReport().render(snapshot, policy: Policy.rows())
      let colored = TextReport(color: true).render(snapshot, policy: Policy.rows())
      #expect(!plain.utf8.contains(0x1B))
      #expect(colored.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
      let verdict = snapshot.verdict.rawValue.uppercased()
      #expect(colored.hasPrefix("\u{1B}[1;\(snapshot.verdict == .pass ? 32 : 31)m\(verdict)\u{1B}[0m  backup.db"))
    }
  }

  @Test func `quiet is one line each, with the whole path`() {
    let path = String(repeating: "long/", count: 40) + "snapshot.db"
    let passed = Sample.snapshot(.pass, path: path, live: Sample.counts(encrypted: 128))
    let report = Report(policy: Policy.rows(), snapshots: [passed, Sample.mixed])
    #expect(
      TextReport(isQuiet: true).render(report) == """
        PASS  \(path)  128 secrets encrypted (live, history; residue not examined; not \
        searched elsewhere)
        FAIL  backup.db  2 of 123 secrets and 3 old revisions are plaintext, 1 secret can't be verified \
        (residue not examined; not searched elsewhere); 1 low finding

        """)
  }

  @Test func `several reports are parted, and summed up`() {
    let passed = Sample.snapshot(.pass, live: Sample.counts(encrypted: 1))
    let report = Report(policy: Policy.rows(), snapshots: [passed, Sample.mixed, Sample.damaged])
    let text = TextReport().render(report)
    #expect(text.hasPrefix("PASS  backup.db"))
    #expect(text.contains("\n\nFAIL  backup.db"))
    #expect(text.contains("\n\nERROR  backup.db"))
    #expect(text.hasSuffix("\n\n3 snapshots: 1 passed, 1 failed, 1 could not be verified\n"))
    #expect(TextReport().renderSummary(Report(policy: Policy.rows(), snapshots: [passed])).isEmpty)
    #expect(
      TextReport().renderSummary(Report(policy: Policy.rows(), snapshots: [passed, passed]))
        == """

        verdict  encrypted  plaintext  old  free pages  file       result
        PASS     1 of 1     0          0    -           backup.db  1 secret encrypted
        PASS     1 of 1     0          0    -           backup.db  1 secret encrypted

        2 snapshots: 2 passed

        """)
  }

  @Test(arguments: [60, 80, 100]) func `the lines of a summary fit the terminal, in whole words`(width: Int) {
    let path = "/var/backups/etcd/2026-11-29T12:00:00Z/cluster-production-eu-west/snapshot.db"
    let snapshots = [
      Sample.snapshot(.pass, path: path, live: Sample.counts(encrypted: 1)), Sample.mixed, Sample.damaged,
    ]
    let report = Report(policy: Policy.rows(), snapshots: snapshots)
    let table = lines(TextReport(width: width).renderSummary(report)).filter { !$0.isEmpty && !$0.hasPrefix("3 ") }
    #expect(table.allSatisfy { $0.columns <= width })
    #expect(table.first?.split(separator: " ") == ["verdict", "file", "result"])
    #expect(table.count { ["PASS", "FAIL", "ERROR"].contains($0.split(separator: " ").first) } == 3)
    let words = Set(table.joined(separator: " ").split(separator: " "))
    for snapshot in snapshots {
      let statement = Headline(snapshot: snapshot, policy: report.policy).statement
      #expect(words.isSuperset(of: statement.split(separator: " ")))
    }
    #expect(words.contains { $0.hasPrefix("…") && $0.hasSuffix("/snapshot.db") })
    let piped = lines(TextReport(width: .max).renderSummary(report))
    #expect(piped.contains { $0.contains(path) && $0.hasPrefix("PASS     1 of 1 ") })
  }
}
