import Foundation
import TestSupport
import Testing

@Suite("What is not verified is told, and what gives the snapshot away is found")
struct PassedOverTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// Verifies `path` in every format; answers the JSON report and checks that NDJSON tells the same.
  private func report(_ arguments: String...) async throws -> (status: Int32, json: JSONValue) {
    let call = try await Call.atrest(["verify", "--format", "json"] + arguments)
    let json = try call.json()
    #expect(try JSONSchema.report().violations(in: json) == [])
    let lines = try await Call.atrest(["verify", "--format", "ndjson"] + arguments).jsonLines()
    #expect(lines.last?["passedOver"] == json["passedOver"])
    #expect(lines.last?["verdict"] == json["verdict"])
    return (call.status, json)
  }

  private func passedOver(_ json: JSONValue) -> [String] {
    (json["passedOver"]?.elements ?? []).map { file in
      let name = file["member"]?.string ?? file["path"]?.string?.split(separator: "/").last.map(String.init) ?? ""
      return [name, file["reason"]?.string, file["content"]?.string].compactMap(\.self).joined(separator: " ")
    }
  }

  private func tar(_ members: [String: Data]) async throws -> String {
    for (name, content) in members { try scratch.file("in/\(name)", content) }
    let packed = scratch.path + "/packed.tar"
    let call = try await Call.shell(
      "cd \"$1\" && shift && tar -c -f ../packed.tar \"$@\"", [scratch.path + "/in"] + members.keys.sorted())
    try #require(call.status == 0, "\(call.errors)")
    return packed
  }

  // MARK: Passed over

  @Test func `a failed backup beside a good one is never passed over`() async throws {
    let (status, json) = try await report("--ignore-unrecognized", Trial("silent-ignore").path)
    #expect(status == 3)
    let snapshots = json["snapshots"]?.elements ?? []
    #expect(snapshots.compactMap { $0["verdict"]?.string } == ["pass", "error", "error"])
    #expect(snapshots.compactMap { $0["errors"]?[0]?["code"]?.string } == ["empty-file", "not-a-snapshot"])
    #expect(snapshots.last?["file"]?["content"] == .string("xml"))
  }

  @Test func `what is passed over is counted and named in the first line of the summary`() async throws {
    try scratch.file("d/good.db", Sample.clean.bytes)
    try scratch.file("d/notes.txt", Data("taken by hand".utf8))
    try scratch.file("d/picture", Data([0x89, 0x50, 0x4E, 0x47]))
    let (status, json) = try await report("--ignore-unrecognized", scratch.path + "/d")
    #expect(status == 0)
    #expect(passedOver(json) == ["notes.txt unrecognized text", "picture unrecognized"])
    let text = try await Call.atrest("verify", "--ignore-unrecognized", scratch.path + "/d")
    #expect(text.output.contains("\n1 snapshot: 1 passed; 2 files were passed over, not verified:\n"))
    let plain = try await Call.atrest("verify", "-q", scratch.path + "/d")
    #expect(plain.status == 3)
  }

  @Test func `links are named, or followed`() async throws {
    try scratch.file("d/good.db", Sample.clean.bytes)
    try scratch.file("e/bad.db", Sample.plain.bytes)
    for (name, target) in [("d/link", "../e"), ("d/same", "good.db")] {
      try FileManager.default.createSymbolicLink(atPath: "\(scratch.path)/\(name)", withDestinationPath: target)
    }
    let (status, json) = try await report(scratch.path + "/d")
    #expect(status == 0)
    #expect(passedOver(json) == ["link symbolic-link", "same symbolic-link"])
    let followed = try await report("--follow", scratch.path + "/d")
    #expect(followed.status == 1)
    #expect(passedOver(followed.json) == ["same same-file"])
    #expect(followed.json["snapshots"]?.elements?.count == 2)
  }

  @Test func `a delta snapshot is named, whether or not it is passed over`() async throws {
    let all = try await report(Trial("gardener").path)
    #expect(all.status == 3)
    let verdicts = all.json["snapshots"]?.elements?.compactMap { $0["verdict"]?.string }
    #expect(verdicts == ["pass", "pass", "error"])
    #expect(all.json["snapshots"]?[2]?["errors"]?[0]?["message"]?.string?.contains("delta snapshot") == true)
    let some = try await report("--ignore-unrecognized", Trial("gardener").path)
    #expect(some.status == 0)
    #expect(
      passedOver(some.json) == ["Incr-00000501-00000502-1700000300.gz unrecognized gardener-delta-snapshot"])
  }

  @Test func `a write-ahead log beside the database is said not to be examined`() async throws {
    let log = Data([4, 0, 0, 0, 0, 0, 0, 0x84, 8, 4, 0x10, 0, 0, 0, 0, 0])
    try scratch.file("in/member/snap/db", Sample.clean.bytes)
    try scratch.file("in/member/wal/0000000000000000-0000000000000000.wal", log)
    try scratch.file("in/member/wal/0.tmp", Data(count: 100_000))
    let packed = try await tar(["member/snap/db": Sample.clean.bytes])
    let whole = try await Call.shell("tar -c -f \"$1\" -C \"$2\" member", [packed, scratch.path + "/in"])
    try #require(whole.status == 0)
    for path in [scratch.path + "/in", packed] {
      let (status, json) = try await report(path)
      #expect(status == 0)
      #expect(json["snapshots"]?.elements?.count == 1)
      #expect(json["snapshots"]?[0]?["unexamined"]?[0]?["content"] == .string("etcd-wal"))
      #expect(passedOver(json).count == 2)
      let text = try await Call.atrest("verify", "-q", path)
      #expect(text.lines.first?.contains("write-ahead log not examined") == true)
    }
    let database = try await Call.atrest("verify", "-q", scratch.path + "/in/member/snap/db")
    #expect(database.output.contains("write-ahead log not examined"))
  }

  // MARK: Members of archives

  @Test(arguments: [
    ("damaged.db", "not-bbolt"), ("empty.db", "empty-file"), ("cut.db", "truncated"), ("page.db", "not-a-snapshot"),
  ])
  func `a member that is no snapshot is an error, though others are good`(name: String, code: String) async throws {
    let good = try Sample.clean.bytes
    let contents = [
      "damaged.db": good.dropFirst(10_000), "empty.db": Data(), "cut.db": good.prefix(100_000),
      "page.db": Data("<html>Sign in</html>".utf8),
    ]
    let path = try await tar(["good.db": good, name: Data(try #require(contents[name]))])
    for arguments in [[path], ["--ignore-unrecognized", path]] {
      let call = try await Call.atrest(["verify", "--format", "json"] + arguments)
      #expect(call.status == 3)
      let snapshots = try call.json()["snapshots"]?.elements ?? []
      let snapshot = snapshots.first { $0["file"]?["member"] == .string(name) }
      #expect(snapshot?["errors"]?.elements?.contains { $0["code"] == .string(code) } == true)
      #expect(snapshots.contains { $0["file"]?["member"] == .string("good.db") && $0["verdict"] == .string("pass") })
    }
  }

  @Test func `a member of another kind is an error, unless such are ignored`() async throws {
    let path = try await tar(["good.db": Sample.clean.bytes, "README": Data("taken by hand".utf8)])
    #expect(try await Call.atrest("verify", path).status == 3)
    let (status, json) = try await report("--ignore-unrecognized", path)
    #expect(status == 0)
    #expect(passedOver(json) == ["README unrecognized text"])
  }

  @Test func `files that belong beside a snapshot are no errors, and are named`() async throws {
    let path = try await tar([
      "good.db": Sample.clean.bytes, "pod.yaml": Data("apiVersion: v1\nkind: Pod\n".utf8),
      "ca.crt": Data("-----BEGIN CERTIFICATE-----\nMIIB\n".utf8), "version": Data("7\n".utf8),
    ])
    let (status, json) = try await report(path)
    #expect(status == 0)
    #expect(
      passedOver(json) == [
        "ca.crt companion certificate", "pod.yaml companion kubernetes-objects", "version companion word",
      ])
  }

  @Test(arguments: ["two.bz2", "two.gz", "two.lz4", "two.xz", "two.zst", "pax-size.tar"])
  func `two snapshots in one, or an archive whose sizes lie, never pass`(name: String) async throws {
    let call = try await Call.atrest("verify", Trial("crash-containers").path(name))
    #expect([1, 3].contains(call.status))
  }

  // MARK: What gives the snapshot away

  @Test func `keys in the same archive are found`() async throws {
    let path = Trial("rke1-archive").path("snapshot.zip")
    let (status, json) = try await report(path)
    #expect(status == 1)
    #expect(json["snapshots"]?[0]?["findingCounts"]?["keys-beside-data"] == .number(1))
    let finding = json["snapshots"]?[0]?["findings"]?.elements?.first { $0["rule"] == .string("keys-beside-data") }
    #expect(finding?["message"]?.string?.contains("snapshot.zip:backup/snap1.rkestate") == true)
    #expect(finding?["severity"] == .string("high"))
    let text = try await Call.atrest("verify", path)
    #expect(!text.output.contains("ypeBEsobvcr6wjGzmiPcTaeG7"))
  }

  static let configuration = """
    apiVersion: apiserver.config.k8s.io/v1
    kind: EncryptionConfiguration
    resources:
    - resources: [secrets]
      providers:
      - secretbox:
          keys:
          - name: key1
            secret: WSYGF0Nf5cSIMbSGWm0biHXPaO4kBQyU1fcn9jF1c60=
      - identity: {}

    """

  @Test(arguments: ["\n", "\r\n"])
  func `a configuration with keys is found in a directory and in an archive in it`(newline: String) async throws {
    let text = Data(Self.configuration.replacing("\n", with: newline).utf8)
    try scratch.file("d/good.db", Sample.clean.bytes)
    try scratch.file("d/static/encryption-config", text)
    let (status, json) = try await report(scratch.path + "/d")
    #expect(status == 1)
    let own = json["snapshots"]?.elements?.first { $0["file"]?["content"] == .string("encryption-configuration") }
    #expect(own?["verdict"] == .string("fail"))
    #expect(own?["findingCounts"]?["keys-beside-data"] == .number(1))
    let line = try await Call.atrest("verify", "-q", scratch.path + "/d").lines.last { $0.hasPrefix("FAIL") }
    #expect(line?.contains("an EncryptionConfiguration beside the snapshots, with encryption keys in it") == true)

    let pack = try await Call.shell(
      "cd \"$1\" && tar -c -z -f static.tar.gz static && rm -r static", [scratch.path + "/d"])
    try #require(pack.status == 0)
    let packed = try await report(scratch.path + "/d")
    #expect(packed.status == 1)
    #expect(!(try await Call.atrest("verify", scratch.path + "/d")).output.contains("WSYGF0Nf5cSIMbSGWm0biHXPaO4"))
  }

  @Test func `a configuration without keys is no finding`() async throws {
    let text = Self.configuration.replacing(#/ {2}- secretbox:(.|\n)*c60=\n/#, with: "")
    let path = try await tar(["good.db": Sample.clean.bytes, "config.yaml": Data(text.utf8)])
    #expect(try await report(path).status == 0)
  }

  private static let manifests = [
    "apiVersion: v1\nkind: Secret\nmetadata:\n  name: leak\n  namespace: n\ndata:\n  p: Q0FOQVJZ\n",
    "# made by hand\r\nkind: Secret\r\napiVersion: v1\r\nmetadata:\r\n  name: leak\r\nstringData:\r\n  p: CANARY\r\n",
    "kind: Pod\napiVersion: v1\n---\napiVersion: v1\ndata:\n  p: Q0FOQVJZ\nkind: Secret\nmetadata:\n  name: leak\n",
    "apiVersion: v1\nitems:\n- apiVersion: v1\n  data:\n    p: Q0FOQVJZ\n  kind: Secret\n  metadata:\n    name: leak\n"
      + "kind: List\n",
    "\u{FEFF}apiVersion: v1\nkind: Secret\nmetadata:\n  name: leak\ndata:\n  p: Q0FOQVJZ\n",
    #"{"kind":"Secret","apiVersion":"v1","metadata":{"name":"leak"},"data":{"p":"Q0FOQVJZ"}}"#,
    #"{"apiVersion":"v1","items":[{"metadata":{"name":"leak"},"data":{"p":"Q0FOQVJZ"},"kind":"Secret","apiVersion":"v1"}],"#
      + #""kind":"List"}"#,
  ]

  @Test(arguments: manifests)
  func `a Secret in plaintext beside the snapshot is found`(manifest: String) async throws {
    let path = try await tar(["good.db": Sample.clean.bytes, "leak.yaml": Data(manifest.utf8)])
    let (status, json) = try await report(path)
    #expect(status == 1)
    #expect(json["snapshots"]?[0]?["findingCounts"]?["plaintext-elsewhere"] == .number(1))
    let text = try await Call.atrest("verify", path)
    #expect(text.output.contains("leak") && !text.output.contains("CANARY") && !text.output.contains("Q0FOQVJZ"))
  }

  @Test func `a Secret without data, or another kind, is none`() async throws {
    let text = """
      apiVersion: v1
      kind: Secret
      metadata:
        name: a
      data: {}
      ---
      apiVersion: v1
      kind: ConfigMap
      data:
        a: b
      """
    let path = try await tar(["good.db": Sample.clean.bytes, "a.yaml": Data(text.utf8)])
    #expect(try await report(path).status == 0)
    let asked = try await report("--resource", "configmaps", "--allow-empty", path)
    #expect(asked.json["snapshots"]?[0]?["findingCounts"]?["plaintext-elsewhere"] == .number(1))
  }

  // MARK: Pipes

  @Test(.timeLimit(.minutes(20)))
  func `a named pipe is waited for`() async throws {
    let call = try await Call.shell(
      "mkfifo \"$1/p\" && { (sleep 1; cat \"$2\" > \"$1/p\") & } && \"$0\" verify -q \"$1/p\"",
      [scratch.path, Sample.clean.path])
    #expect(call.status == 0)
    #expect(call.output.hasPrefix("PASS"))
  }
}
