import KubernetesStorage
import SnapshotVerification
import TestSupport
import Testing
import VerificationModel

@Suite("What comes through a stream is judged in one pass")
struct StreamVerificationTests {
  private static let sealed = StoredSecret.sealed(.secretbox, "key1")

  private static func namespace(_ prefix: String) -> EtcdWriter.Operation {
    .put("\(prefix)/namespaces/default", StoredSecret.object(apiVersion: "v1", kind: "Namespace", []))
  }

  /// The report about a snapshot of a store inside gzip.
  private func streamed(_ operations: [EtcdWriter.Operation], _ policy: Policy = Policy.rows()) async throws
    -> SnapshotReport
  {
    let directory = try TemporaryDirectory()
    let image = BoltWriter().image(EtcdWriter(.v36, operations).root)
    let path = try directory.file("backup.db", image.snapshot())
    let gzip = try await ChildProcess(["gzip", path], in: directory.path)
    try #require(gzip.status == 0, "\(gzip.errors)")
    return Verifier(policy: policy).verify(path: path + ".gz")
  }

  @Test("Secrets under any prefix, before their namespaces or after", arguments: ["/registry", "/clusters/blue", ""])
  func prefixes(prefix: String) async throws {
    let secrets: [EtcdWriter.Operation] = [
      .put("\(prefix)/secrets/default/a", Self.sealed), .put("\(prefix)/secrets/default/b", StoredSecret.plaintext()),
      .put("\(prefix)/secrets/default/b", Self.sealed), .put("\(prefix)/secrets/default/c", Self.sealed),
      .delete("\(prefix)/secrets/default/c"),
    ]
    for operations in [secrets + [Self.namespace(prefix)], [Self.namespace(prefix)] + secrets] {
      let report = try await streamed(operations)
      #expect(report.errors == [])
      #expect(report.live == ClassCounts(encrypted: 2))
      #expect(report.history == ClassCounts(plaintext: 1, encrypted: 1))
      #expect(report.findings.map(\.key) == ["\(prefix)/secrets/default/b"])
      #expect(report.findings.first?.subject?.names?.secret?.data.map(\.name) == ["password"])
      #expect(report.etcd?.liveKeys == 3)
      #expect(report.file.containers == [.gzip])
    }
  }

  @Test(
    "What was unpacked and is no database is told to have been unpacked",
    arguments: [("gzip", "gzip"), ("zstd -q", "zstd"), ("xz", "xz"), ("lz4 -q", "lz4"), ("gzip | xz", "gzip in xz")])
  func noDatabase(program: String, name: String) async throws {
    let directory = try TemporaryDirectory()
    var random = SeededGenerator(seed: 314)
    let path = try directory.file("noise", [2] + random.bytes(100_000))
    let packed = try await ChildProcess(["sh", "-c", "cat \(path) | \(program) > \(path).packed"], in: directory.path)
    try #require(packed.status == 0, "\(packed.errors)")
    let report = Verifier(policy: Policy.rows()).verify(path: path + ".packed")
    #expect(report.errorCodes == ["not-bbolt"])
    #expect(report.errors.first?.message.hasPrefix("unpacked from \(name): not a bbolt database") == true)
  }

  @Test("What can't be told in one pass is an error, never a pass")
  func ambiguous() async throws {
    let operations = [.put("/q/configmaps/default/a", Self.sealed), Self.namespace("/q")]
    let everything = Policy.rows(resources: [.all])
    let report = try await streamed(operations, everything)
    #expect(report.errorCodes == ["ambiguous-stream"])
    #expect(report.verdict == .error)
    let given = Policy.rows(resources: [.all], etcdPrefix: EtcdPrefix("/q"))
    #expect(try await streamed(operations, given).errors == [])
    #expect(try await streamed(operations, given).live == ClassCounts(plaintext: 1, encrypted: 1))
  }

  @Test("Misplaced objects and bootstrap data are found")
  func outsideTheScope() async throws {
    let report = try await streamed([
      Self.namespace("/registry"), .put("/registry/secrets/default/a", Self.sealed),
      .put("/registry/configmaps/default/x", StoredSecret.plaintext(name: "stray")),
      .put("/bootstrap/0a1b", "3f2a9c:aGVsbG8gd29ybGQsIHRoaXMgaXMgYmFzZTY0IGRhdGE="), .put("/bootstrap/0a1b", "x:y"),
    ])
    #expect(report.errors == [])
    #expect(report.rules == [.misplacedObject, .keysBesideData])
    #expect(report.findings.map(\.layer) == [.live, .history])
    #expect(report.findings.first?.subject?.names?.name == "stray")
    #expect(report.verdict == .fail)
  }

  @Test("A compaction that was under way takes nothing from the verdict")
  func unfinishedCompaction() async throws {
    let report = try await streamed([
      Self.namespace("/registry"), .put("/registry/secrets/default/a", StoredSecret.plaintext()),
      .put("/registry/secrets/default/a", Self.sealed), .compact(revision: 4, finished: false),
    ])
    #expect(report.errors == [])
    #expect(report.live == ClassCounts(encrypted: 1))
    #expect(report.history == ClassCounts(plaintext: 1))
  }
}
