import Cryptography
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
      _ = Verifier(policy: policy, keys: keys).examine(entry) { report, rows in
        heard = report
        rows.forEach(&recorder, digests: digests)
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
}
