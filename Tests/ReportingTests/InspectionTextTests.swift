import EtcdStorage
import KubernetesStorage
import TestSupport
import Testing
import VerificationModel

@testable import Reporting

@Suite("The text of an inspection")
struct InspectionTextTests {
  private func lines(_ inspection: Inspection) -> [String] {
    InspectionText().render(inspection).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private func sentences(_ inspection: Inspection) -> String {
    InspectionText().render(inspection).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  // MARK: The first line

  @Test func `the first line says what the file is`() throws {
    let inspection = try InspectionSample.whole()
    #expect(
      InspectionText(isQuiet: true).render(inspection)
        == "SNAPSHOT  backup.db  etcd 3.5, revision 5, 1 live key, 41 of 83 secrets encrypted; SHA-256 matches\n")
    #expect(lines(inspection)[0] == "SNAPSHOT  backup.db  etcd 3.5, revision 5, 1 live key, 41 of 83 secrets")
    #expect(lines(inspection)[1] == "          encrypted; SHA-256 matches")
  }

  @Test func `a copy of a member's file`() throws {
    let bytes = try InspectionSample.file { $0.metas = .rawCopy }
    let inspection = try InspectionSample.inspect(bytes.dropLast(32).map(\.self))
    #expect(lines(inspection)[0] == "RAW COPY  backup.db  etcd 3.5, revision 5, 1 live key; SHA-256 missing")
    #expect(sentences(inspection).contains("Take backups with etcdctl snapshot save"))
    #expect(sentences(inspection).contains("copied from a member's data directory no SHA-256 behind the pages"))
  }

  @Test func `a file that was altered`() throws {
    var bytes = try InspectionSample.file()
    bytes[bytes.count - 1] ^= 1
    let inspection = try InspectionSample.inspect(bytes)
    #expect(lines(inspection)[0].hasPrefix("DAMAGED  backup.db  the content does not match the SHA-256 at its end"))
    #expect(sentences(inspection).contains("; still read: etcd 3.5, revision 5, 1 live key"))
    #expect(sentences(inspection).contains("Next: Don't restore this file: it is not what etcd wrote."))
    #expect(sentences(inspection).contains("SHA-256 does not match, at byte"))
    guard case .mismatch(let computed, let embedded) = inspection.file.hash else {
      Issue.record("no mismatch")
      return
    }
    #expect(sentences(inspection).contains("computed \(computed) embedded \(embedded)"))
  }

  @Test func `a file that was cut`() throws {
    let inspection = try InspectionSample.inspect(Array(InspectionSample.file().prefix(9000)))
    #expect(lines(inspection)[0].hasPrefix("DAMAGED  backup.db  truncated: the meta page counts"))
    #expect(sentences(inspection).contains("Next: Don't rely on this file as a backup"))
    #expect(sentences(inspection).contains("(of what could be read)"))
  }

  @Test func `bytes that were appended`() throws {
    let inspection = try InspectionSample.inspect(InspectionSample.file() + [1, 2])
    #expect(lines(inspection)[0].hasPrefix("SNAPSHOT  backup.db  etcd 3.5, revision 5, 1 live key; SHA-256"))
    #expect(sentences(inspection).contains("SHA-256 matches, but 2 bytes follow"))
    #expect(sentences(inspection).contains("and 2 bytes appended to it"))
    #expect(sentences(inspection).contains("Find out what appended bytes to this file"))
  }

  @Test func `a snapshot without its trailer`() throws {
    let inspection = try InspectionSample.inspect(InspectionSample.file().dropLast(32).map(\.self))
    #expect(lines(inspection)[0] == "SNAPSHOT  backup.db  etcd 3.5, revision 5, 1 live key; SHA-256 missing")
    #expect(sentences(inspection).contains("only with --skip-hash-check"))
    let cut = try InspectionSample.inspect(InspectionSample.file().dropLast(20).map(\.self))
    #expect(lines(cut)[0].hasPrefix("DAMAGED"))
    #expect(sentences(cut).contains("cut: 12 of its 32 bytes are left"))
  }

  @Test func `a database of another program`() throws {
    let bytes = try BoltWriter().image(BoltBucket(["users": BoltBucket()])).snapshot()
    let inspection = try InspectionSample.inspect(bytes)
    #expect(lines(inspection)[0].hasPrefix("NOT ETCD  backup.db  bucket `key`"))
    #expect(sentences(inspection).contains("Next: Check the path: this is a database of another program."))
  }

  @Test func `a store without rows`() throws {
    let inspection = try InspectionSample.inspect(BoltWriter().image(EtcdWriter(.v36).root).snapshot())
    #expect(lines(inspection)[0] == "SNAPSHOT  backup.db  etcd 3.6.0, no rows; SHA-256 matches")
  }

  @Test(
    arguments: [
      ("empty-file", 0, "Find out why the backup that wrote this file failed."),
      ("not-found", 0, "Check the path, what lies there, and that you may read it."),
      ("compressed", 900, "Unpack it, and inspect the snapshot inside."),
      ("not-bbolt", 900, "Check that this is an etcd snapshot."),
    ] as [(String, UInt64, String)])
  func `a file that can't be read`(code: String, bytes: UInt64, advice: String) {
    let error = VerificationError(code: code, message: "it is not to be read")
    let inspection = InspectionSample.unreadable(error, bytes: bytes)
    #expect(lines(inspection)[0] == "UNREADABLE  backup.db  it is not to be read")
    #expect(sentences(inspection).contains("Next: \(advice)"))
    #expect(sentences(inspection).contains("Errors (1)"))
  }

  @Test func `the path gives way to the answer`() throws {
    let path = String(repeating: "directory/", count: 12) + "backup.db"
    let inspection = try InspectionSample.whole(path: path)
    #expect(lines(inspection)[0].hasPrefix("SNAPSHOT  …"))
    #expect(sentences(inspection).split(separator: " ").joined().contains(path))
    #expect(InspectionText(isQuiet: true).render(inspection).contains(path))
  }

  // MARK: What stands below

  @Test func `the figures of etcd's tool`() throws {
    var inspection = try InspectionSample.whole()
    inspection.status = SnapshotStatus(
      hash: 0x9C37BB, isHashComparable: true, revision: 434, totalKeys: 444, liveKeys: 364, totalSize: 745_472,
      version: "")
    let text = InspectionText().render(inspection)
    #expect(
      text.contains(
        """
        etcdutl snapshot status
          hash        9c37bb
          revision    434
          total keys  444 up to etcd 3.5, which counts the rows of all buckets
                      364 from etcd 3.6 on, which counts live keys
          total size  728.0 KiB (745472 bytes)
          version     none: recorded since etcd 3.6

        """))
  }

  @Test func `the resources, largest first`() throws {
    let text = InspectionText().render(try InspectionSample.whole())
    #expect(
      text.contains(
        """
        Resources under /registry  live  rows      bytes  encrypted  plaintext
          pods                       12    12  878.9 KiB          0         12
          secrets                    83    86  117.2 KiB         44         42
          masterleases (internal)     1     1   90 bytes          0          1
        Other keys                 live  rows      bytes  encrypted  plaintext
          compact_rev_key             1     1    4 bytes          0          1

        """))
  }

  @Test func `of a long name, the plural is spared`() throws {
    var inspection = try InspectionSample.whole()
    for resource in ["clusterrolebindings.rbac.authorization.k8s.io", "clusterroles.rbac.authorization.k8s.io"] {
      inspection.resources.append(.init(resource: resource, prefix: InspectionSample.registry))
    }
    let text = InspectionText().render(inspection)
    #expect(text.contains("  clusterrolebindings.rbac.auth"))
    #expect(text.contains("  clusterroles.rbac.auth"))
  }

  @Test func `no more than twenty resources, and the sum of the others`() throws {
    var inspection = try InspectionSample.whole()
    inspection.resources = (0..<30).map { number in
      .init(
        resource: "things\(number).example.com", prefix: InspectionSample.registry,
        live: Sample.counts(plaintext: 1, malformed: 1), bytes: UInt64(1000 - number))
    }
    let text = sentences(inspection)
    #expect(text.contains("things19.example.com"))
    #expect(!text.contains("things20.example.com"))
    #expect(text.contains("… 10 more (| less) 20 20 9.5 KiB 0 10 10"))
    #expect(lines(inspection)[0].contains("no secrets"))
  }

  @Test func `the ledger, and the sum of it`() throws {
    var inspection = try InspectionSample.whole()
    inspection.ledger = Ledger([
      .structure: 1000, .values(.live, inScope: true): 6000, .rowMargin: 24, .bucket("lease"): 1, .bucket(nil): 2,
      .freePages(.zero): 4096, .trailer: 32, .overflowEnds(.content): 5, .damage: 0,
    ])
    #expect(
      InspectionText().render(inspection).contains(
        """
        Ledger                                      bytes  share  every byte is
          structure                            1000 bytes    8 %  checked as structure
          live values in scope                    5.9 KiB   53 %  classified
          a part of a row that holds no value    24 bytes   <1 %  searched for objects
          bucket lease                             1 byte   <1 %  searched for objects
          a bucket that etcd does not have        2 bytes   <1 %  searched for objects
          free pages, all zero                    4.0 KiB   36 %  found to be zero
          ends of overflow pages                  5 bytes   <1 %  searched as residue
          the SHA-256                            32 bytes   <1 %  compared
          the file                               10.9 KiB  100 %

        """))
    inspection.bolt = nil
    #expect(!InspectionText().render(inspection).contains("Ledger"))
  }

  @Test func `encryption keys, and key ids as metrics show them`() throws {
    let text = InspectionText().render(try InspectionSample.whole())
    #expect(
      text.contains(
        """
        Encryption keys     live  history
          aescbc     key1     41        3
          kmsv2      vault    20        0
            key id projects/a/keys/b
            sha256:6e1c359b6fb0fb40459c4f0a607dff1280b60ea9e86c87d3d21d380b765185d7

        """))
  }

  @Test func `API servers`() throws {
    #expect(
      InspectionText().render(try InspectionSample.whole()).contains(
        """
        API server  kube-apiserver-node-1, v1.31.2
                    registry.k8s.io/kube-apiserver:v1.31.2
                    --encryption-provider-config=/etc/enc.yaml

        """))
    var inspection = try InspectionSample.whole()
    inspection.apiServers = try (0..<7).map { try InspectionSample.apiServer(name: "kube-apiserver-\($0)", flags: []) }
    #expect(sentences(inspection).contains("no --encryption-provider-config: what it writes is plaintext"))
    #expect(sentences(inspection).contains("… and 2 more API servers"))
  }

  @Test func `several files`() throws {
    let whole = try InspectionSample.whole()
    let other = InspectionSample.unreadable(VerificationError(code: "not-found", message: "no such file or directory"))
    #expect(
      InspectionText().render([whole, other]).hasSuffix("\n\n2 files: 1 read, 1 could not be read, or not whole\n"))
    #expect(InspectionText(isQuiet: true).render([whole, other]).split(separator: "\n").count == 2)
    #expect(InspectionText().render([whole]) == InspectionText().render(whole))
  }

  // MARK: Layout

  @Test func `lines fit 80 columns, whatever is in them`() throws {
    let long = String(repeating: "very-long-名前.", count: 40)
    var inspection = try InspectionSample.whole(path: long)
    inspection.resources += [
      .init(
        resource: long, prefix: EtcdPrefix("/" + long),
        live: Sample.counts(plaintext: 1_234_567_890, encrypted: 987_654_321, empty: 123_456_789), bytes: .max / 3),
      .init(resource: long, prefix: nil, kind: .otherKeys, bytes: .max / 3),
    ]
    inspection.encryption.append(
      .init(provider: .kmsv2, name: long, keyID: long, live: 1_234_567_890, history: 1_234_567_890))
    inspection.apiServers.append(try InspectionSample.apiServer(name: long, flags: ["--feature-gates=" + long]))
    inspection.buckets.append(.init(name: Array(long.utf8), nesting: 8, isInline: false))
    inspection.errors = [VerificationError(code: "x", message: long)]
    inspection.errorsOmitted = 1_000_000
    inspection.status?.totalSize = .max
    inspection.status?.revision = .min
    inspection.pages?.unreachable = 1 << 40
    inspection.pages?.freelistEntries = .max
    for text in [InspectionText().render(inspection), InspectionText().render(try InspectionSample.whole())] {
      for line in text.split(separator: "\n") { #expect(String(line).columns <= 80, "\(line)") }
    }
  }

  @Test func `color marks the answer and headings, and changes nothing else`() throws {
    let inspection = try InspectionSample.whole()
    let colored = InspectionText(color: true).render(inspection)
    #expect(colored.hasPrefix("\u{1B}[1;32mSNAPSHOT\u{1B}[0m  backup.db"))
    #expect(colored.replacing(/\u{1B}\[[0-9;]*m/, with: "") == InspectionText().render(inspection))
    let unreadable = InspectionSample.unreadable(VerificationError(code: "a", message: "b"))
    #expect(InspectionText(color: true).render(unreadable).hasPrefix("\u{1B}[1;31mUNREADABLE\u{1B}[0m"))
  }
}
