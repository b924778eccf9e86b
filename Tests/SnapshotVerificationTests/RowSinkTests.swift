import Cryptography
import EncryptionConfig
import EtcdStorage
import KubernetesStorage
import SnapshotInput
import TestSupport
import Testing

@testable import SnapshotReading
@testable import SnapshotVerification
@testable import ValueAuthentication
@testable import VerificationModel

@Suite("Whoever listens to the rows is told of each, in every layer")
struct RowSinkTests {
  /// A listener that remembers what it heard.
  private struct Recorder: RowSink {
    var rows: [StoredRow] = []

    mutating func take(_ row: StoredRow) { rows.append(row) }

    func count(_ layer: Layer?) -> Int { rows.count { $0.layer == layer } }
  }

  private static func record(
    _ path: String, _ policy: Policy = Policy(), keys: KeyRing? = nil, digests: ContentDigests? = nil
  ) -> (report: SnapshotReport?, rows: Recorder) {
    var recorder = Recorder()
    var heard: SnapshotReport?
    for entry in InputList(arguments: [path]).entries {
      _ = Verifier(policy: policy, keys: keys).examine(entry, digests: digests) { report, rows in
        heard = report
        rows.forEach(&recorder)
      }
    }
    return (heard, recorder)
  }

  @Test(arguments: SnapshotFixture.all.filter { "\($0)".hasPrefix("samples/") })
  func `as many rows come as the report counts, in the same order each time`(fixture: SnapshotFixture) throws {
    let path = try fixture.path()
    let (told, first) = Self.record(path)
    let report = try #require(told)
    let inScope = first.rows.filter { $0.prefix != nil && $0.layer != .residue }
    #expect(inScope.count { $0.layer == .live } == report.resources.reduce(0) { $0 + $1.live.total })
    #expect(inScope.count { $0.layer == .history } == report.resources.reduce(0) { $0 + $1.history.total })
    #expect(first.count(.residue) == report.resources.reduce(0) { $0 + ($1.residue?.objects ?? 0) })
    #expect(first.rows.allSatisfy { $0.contents == nil })
    #expect(Self.record(path).rows.rows == first.rows)
    for rule in [Rule.plaintextLive, .plaintextHistory, .malformedEnvelope, .unrecognizedValue, .staleKey] {
      #expect(first.rows.count { $0.rules.contains(rule) } == report.findingCounts[rule] ?? 0, "\(rule)")
    }
  }

  @Test(arguments: [0, 1, 10_000])
  func `findings are about rows that listeners get, whatever details are kept`(limit: Int) throws {
    let path = try #require(SnapshotFixture.all.first { "\($0)".hasPrefix("samples/01") }).path()
    let (told, heard) = Self.record(path, Policy(maximumFindings: limit))
    let report = try #require(told)
    #expect(heard.rows.count == Self.record(path).rows.rows.count)
    for finding in report.findings {
      guard let key = finding.subject?.names?.key else { continue }
      #expect(heard.rows.contains { $0.key == key && $0.offset == finding.offset && $0.rules.contains(finding.rule) })
    }
  }

  @Test func `what is told of a row`() throws {
    let directory = try TemporaryDirectory()
    var etcd = EtcdWriter()
    etcd.apply(.put(secretKey("a"), StoredSecret.plaintext()))
    etcd.apply(.put(secretKey("a"), StoredSecret.sealed(.kmsv2, "plugin", keyID: "kek-7")))
    etcd.apply(.put("/registry/configmaps/default/m", StoredSecret.plaintext(name: "m")))
    let path = try directory.file("backup.db", BoltWriter().image(etcd.root).snapshot())
    let rows = Self.record(path, Policy.rows()).rows.rows
    #expect(rows.map(\.layer) == [.history, .live, .live])
    let old = try #require(rows.first)
    #expect(old.key?.description == secretKey("a") && old.resource == "secrets")
    #expect(old.prefix == EtcdPrefix("/registry") && old.valueClass == .plaintext && old.rules == [.plaintextHistory])
    #expect(old.encryption == nil && old.revision?.main == 2)
    let new = rows[1]
    #expect(new.encryption == StoredRow.Encryption(provider: .kmsv2, keyName: "plugin", keyID: "kek-7"))
    #expect(new.valueClass == .encrypted && new.rules == [] && new.authenticity == .notJudged)
    #expect(rows[2].rules == [.misplacedObject] && rows[2].resource == "secrets" && rows[2].prefix == nil)
  }

  /// An object in the clear, the same encrypted with two providers, and another object.
  @Test func `equal objects have equal digests, encrypted or not`() throws {
    let secret = [UInt8](1...32)
    let object = StoredSecret.plaintext(name: "a")
    let nonce = [UInt8](repeating: 9, count: 24)
    func sealed(_ prefix: String, _ body: [UInt8]) -> [UInt8] { Array("\(prefix)key1:".utf8) + body }
    var etcd = EtcdWriter()
    etcd.apply(.put(secretKey("a"), object))
    etcd.apply(
      .put(secretKey("a"), sealed("k8s:enc:secretbox:v1:", Sealing.secretbox(object, key: secret, nonce: nonce))))
    etcd.apply(
      .put(
        secretKey("a"),
        sealed(
          "k8s:enc:aesgcm:v1:",
          Sealing.gcm(
            object, key: secret, nonce: Array(nonce.prefix(12)), authenticating: Array(secretKey("a").utf8)))))
    etcd.apply(.put(secretKey("a"), StoredSecret.plaintext(name: "a", dataKeys: ["token"])))
    let directory = try TemporaryDirectory()
    let path = try directory.file("backup.db", BoltWriter().image(etcd.root).snapshot())
    var copy = secret
    let key = SecretBytes(wiping: &copy)
    let ring = KeyRing(keys: [
      KeyRing.Key(provider: .secretbox, name: "key1", secret: key),
      KeyRing.Key(provider: .aesgcm, name: "key1", secret: key),
    ])
    func digests(_ seed: UInt8, _ keys: KeyRing?) -> [SHA256Digest?] {
      var bytes = [UInt8](repeating: seed, count: 32)
      let digests = ContentDigests(key: SecretBytes(wiping: &bytes))
      return Self.record(path, Policy.rows(), keys: keys, digests: digests).rows.rows.map(\.contents)
    }
    let opened = digests(1, ring)
    #expect(opened.count == 4 && opened[0] != nil)
    #expect(opened[1] == opened[0] && opened[2] == opened[0])
    #expect(opened[3] != nil && opened[3] != opened[0])
    let closed = digests(1, nil)
    #expect(closed == [opened[0], nil, nil, opened[3]], "what no key opens has no digest")
    #expect(Set(digests(2, ring)).isDisjoint(with: Set(opened)), "the digest depends on its key")
  }

  // MARK: Streams

  private static func digests(_ seed: UInt8 = 1) -> ContentDigests {
    var bytes = [UInt8](repeating: seed, count: 32)
    return ContentDigests(key: SecretBytes(wiping: &bytes))
  }

  /// The policy and the keys of a fixture.
  private static func keys(of fixture: SnapshotFixture) throws -> (Policy, KeyRing?) {
    guard !fixture.description.hasSuffix("/01-identity-plain"), !fixture.description.hasSuffix("/0-plain") else {
      return (Policy(), nil)
    }
    var seeds = try PluginSeeds.text(for: fixture)
    let settings = APIServerSettings(enablesKMSv1: true)
    let configuration = try ConfigurationFile(path: fixture.configurationPath, for: settings).configuration
    var policy = Policy(resources: ConfigurationCheck(path: "c.yaml", configuration: configuration).scope)
    policy.decryption = DecryptionRequest()
    return (policy, KeyRing(configuration, seeds: try DEKSeeds(wiping: &seeds)))
  }

  @Test(arguments: SnapshotFixture.all.filter { "\($0)".hasPrefix("samples/") })
  func `of a stream, all is told that is told of a file`(fixture: SnapshotFixture) async throws {
    let (policy, keys) = try Self.keys(of: fixture)
    let directory = try TemporaryDirectory()
    let packed = "\(directory.path)/backup.db.gz"
    let process = try await ChildProcess(
      ["sh", "-c", "gzip -1 -c \(try fixture.path()) > \(packed)"], in: directory.path)
    try #require(process.status == 0, "\(process.errors)")
    let file = Self.record(try fixture.path(), policy, keys: keys, digests: Self.digests()).rows
    let stream = Self.record(packed, policy, keys: keys, digests: Self.digests()).rows
    #expect(file.rows == stream.rows)
    #expect(file.rows.allSatisfy { $0.key != nil })
    // Of an object in residue, the end may be missing.
    let opened = file.rows.filter { $0.valueClass == .plaintext || $0.authenticity.isOpened }
    #expect(!opened.isEmpty && opened.allSatisfy { $0.contents != nil || $0.layer == .residue })
  }

  @Test func `nothing is kept of rows where nobody listens`() throws {
    let directory = try TemporaryDirectory()
    var etcd = EtcdWriter()
    etcd.apply(.put(secretKey("a"), StoredSecret.plaintext()))
    let path = try directory.file("backup.db", BoltWriter().image(etcd.root).snapshot())
    func kept(_ rows: RowDemand?) throws -> KeptRows? {
      let stream = try #require(try SnapshotStreams(path: path).next())
      var demand = ReadingDemand(scope: Policy().scope, etcdPrefix: nil)
      demand.rows = rows
      return try stream.read(demand, ReadingOptions(), Instruments()).contents.list.kept
    }
    #expect(try kept(nil) == nil)
    #expect(try kept(RowDemand()) != nil)
  }

  @Test func `what several inputs tell comes in their order`() throws {
    let paths = try SnapshotFixture.all.filter { "\($0)".hasPrefix("samples/0") }.map { try $0.path() }
    var heard: [(path: String, reports: [String], rows: Int)] = []
    Verifier(policy: Policy()).examine(InputList(arguments: paths).entries, jobs: 2) { report, rows in
      var recorder = Recorder()
      rows.forEach(&recorder)
      return (path: report.path, rows: recorder.rows.count)
    } _: { entry, input, snapshots in
      heard.append((entry.path, input.snapshots.map(\.path), snapshots.map(\.rows).reduce(0, +)))
      #expect(snapshots.map(\.path) == [entry.path])
    }
    #expect(heard.map(\.path) == paths && heard.map(\.reports) == paths.map { [$0] })
    #expect(heard.map(\.rows) == paths.map { Self.record($0).rows.rows.count })
  }

  // MARK: Objects without rows

  @Test func `an object without its row has the key that an API server would give it, and its digest`() async throws {
    let object = StoredSecret.plaintext(name: "gone")
    var etcd = EtcdWriter()
    etcd.apply(.put("/registry/namespaces/default", StoredSecret.object(apiVersion: "v1", kind: "Namespace", [])))
    etcd.apply(.put(secretKey("a"), StoredSecret.plaintext(name: "a")))
    var root = etcd.root
    root["zz"] = BoltBucket([.init("x", StoredSecret.plaintext(name: "hidden"))])
    var writer = BoltWriter()
    writer.freePages = [40: object]
    let directory = try TemporaryDirectory()
    let path = try directory.file("backup.db", writer.image(root).snapshot())
    let process = try await ChildProcess(["gzip", "-k", path], in: directory.path)
    try #require(process.status == 0, "\(process.errors)")
    for path in [path, path + ".gz"] {
      let rows = Self.record(path, digests: Self.digests()).rows.rows
      let live = try #require(rows.first { $0.layer == .live })
      let gone = try #require(rows.first { $0.layer == .residue })
      #expect(gone.key?.description == secretKey("gone") && gone.revision == nil && gone.prefix == live.prefix)
      #expect(gone.contents != nil && gone.contents == live.contents, "the same data")
      let hidden = try #require(rows.first { $0.layer == nil })
      #expect(hidden.key?.description == secretKey("hidden") && hidden.revision == nil)
      #expect(hidden.contents == live.contents)
    }
  }

  // MARK: Digests over time

  /// Of each object, by its etcd key, the digests of its revisions in all snapshots of one cluster.
  private static func series() throws -> [String: [Int64: Set<SHA256Digest>]] {
    var seen: [String: [Int64: Set<SHA256Digest>]] = [:]
    for fixture in SnapshotFixture.all where "\(fixture)".hasPrefix("series/") {
      let (policy, keys) = try keys(of: fixture)
      for row in record(try fixture.path(), policy, keys: keys, digests: digests()).rows.rows {
        guard let key = row.key?.description, let revision = row.revision?.main, let contents = row.contents else {
          continue
        }
        seen[key, default: [:]][revision, default: []].insert(contents)
      }
    }
    return seen
  }

  @Test(.enabled(if: SnapshotFixture.all.contains { "\($0)".hasPrefix("series/") }))
  func `a revision has one digest, in every snapshot and layer, and a rewritten object keeps its own`() throws {
    let series = try Self.series()
    #expect(!series.isEmpty && series.values.allSatisfy { $0.values.allSatisfy { $0.count == 1 } })
    let histories = series.values.map { $0.sorted { $0.key < $1.key }.compactMap(\.value.first) }
    // All were rewritten with two keys; a fifth of them got another value in between.
    #expect(histories.contains { $0.count >= 2 && Set($0).count == 1 })
    #expect(histories.contains { $0.count >= 2 && Set($0).count > 1 })
  }
}
