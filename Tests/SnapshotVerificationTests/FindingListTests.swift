import TestSupport
import Testing
import VerificationModel

@Suite("Findings come in the order of what matters, and are counted exactly")
struct FindingListTests {
  /// Findings of every severity, in an order of keys that is not that of revisions.
  private static let store: EtcdWriter = {
    var etcd = EtcdWriter()
    for name in ["m", "c", "x", "a"] {
      etcd.apply(.put(secretKey("plain-\(name)"), StoredSecret.plaintext()))
      etcd.apply(.put(secretKey("old-\(name)"), StoredSecret.plaintext()))
      etcd.apply(.put(secretKey("old-\(name)"), StoredSecret.json))
      etcd.apply(.put(secretKey("old-\(name)"), StoredSecret.sealed(.aescbc, "key1")))
      etcd.apply(.put(secretKey("broken-\(name)"), "k8s:enc:aescbc:v1:key1:short"))
      etcd.apply(.put(secretKey("text-\(name)"), "text"))
    }
    etcd.apply(.put(secretKey("new"), StoredSecret.sealed(.aescbc, "key2")))
    return etcd
  }()

  private static let counts: [Rule: Int] = [
    .plaintextLive: 4, .malformedEnvelope: 4, .unrecognizedValue: 4, .plaintextHistory: 8, .staleKey: 4,
    .weakProvider: 2,
  ]

  @Test("By severity, then layer, then key, the newest revision first")
  func order() throws {
    let findings = try report(on: Self.store).findings
    #expect(findings.count == 26)
    let names = ["a", "c", "m", "x"]
    let expected =
      names.map { secretKey("plain-\($0)") } + names.map { secretKey("broken-\($0)") }
      + names.map { secretKey("text-\($0)") } + names.flatMap { [secretKey("old-\($0)"), secretKey("old-\($0)")] }
      + names.map { secretKey("old-\($0)") }
    #expect(findings.compactMap(\.key) == expected)
    #expect(findings.map(\.severity) == findings.map(\.severity).sorted(by: >))
    for (newer, older) in zip(findings, findings.dropFirst()) where newer.key == older.key {
      guard newer.layer == .history, older.layer == .history else { continue }
      #expect(newer.subject?.revision?.main ?? 0 > older.subject?.revision?.main ?? 0)
    }
    #expect(findings.last?.rule == .weakProvider)
  }

  @Test("Of more findings than are kept the first ones stay, and the counts are exact", arguments: 0...26)
  func limit(_ limit: Int) throws {
    let all = try report(on: Self.store)
    let some = try report(on: Self.store, Policy.rows(maximumFindings: limit))
    #expect(some.findings == Array(all.findings.prefix(limit)))
    #expect(some.findingCounts == Self.counts)
    #expect(some.findingsOmitted == max(0, 26 - limit))
    #expect(some.verdict == .fail)
    #expect(some.live == all.live)
  }

  @Test("A snapshot fails for findings whose details were not kept")
  func verdictWithoutDetails() throws {
    let report = try report(on: Self.store, Policy.rows(failOn: .critical, maximumFindings: 0))
    #expect(report.findings == [])
    #expect(report.verdict == .fail)
  }

  @Test(
    "Two files that hold the same give the same findings",
    arguments: [.parentsFirst, .shuffled(seed: 1), .shuffled(seed: 2)] as [BoltWriter.Placement], [1, 3, 7])
  func independentOfLayout(_ placement: BoltWriter.Placement, rowsPerLeaf: Int) throws {
    var writer = BoltWriter()
    writer.placement = placement
    writer.packing.rowsPerLeaf = rowsPerLeaf
    let one = try report(on: Self.store, Policy.rows(maximumFindings: 10))
    let other = try report(on: writer.image(Self.store.root), Policy.rows(maximumFindings: 10))
    #expect(one.findings.map(\.subject) == other.findings.map(\.subject))
    #expect(one.rules == other.rules)
    #expect(one.findingCounts == other.findingCounts)
  }

  @Test("A finding tells what is known of the value")
  func details() throws {
    let value = StoredSecret.plaintext(type: "kubernetes.io/tls", dataKeys: ["tls.crt", "tls.key"])
    let report = try report(on: [
      .put(secretKey("old", namespace: "kube-system"), StoredSecret.sealed(.kmsv2, "plugin", keyID: "kek-1")),
      .put(secretKey("new"), StoredSecret.sealed(.kmsv2, "plugin", keyID: "kek-2")),
      .transaction([.put("/registry/pods/default/a", "x"), .put(secretKey("plain"), value)]),
    ])
    let plain = try #require(report.findings.first)
    #expect(plain.rule == .plaintextLive)
    #expect(plain.layer == .live)
    #expect(plain.resource == "secrets")
    #expect(plain.valueClass == .plaintext)
    #expect(plain.encoding == .protobuf)
    #expect(plain.provider == nil && plain.keyName == nil && plain.keyID == nil && plain.reason == nil)
    #expect(plain.subject?.revision?.description == "4.1")
    #expect(plain.subject?.valueBytes == value.count)
    #expect(plain.subject?.names?.secret?.type == "kubernetes.io/tls")
    #expect(plain.subject?.names?.secret?.data.map(\.name) == ["tls.crt", "tls.key"])
    #expect(plain.subject?.names?.secret?.data.map(\.bytes) == [13, 13])
    let stale = try #require(report.findings.last)
    #expect(stale.rule == .staleKey)
    #expect(stale.subject?.names?.namespace == "kube-system")
    #expect(stale.provider == "kmsv2" && stale.keyName == "plugin" && stale.keyID == "kek-1")
  }

  @Test("Plaintext behind the prefix of an envelope is plaintext, and told so")
  func forged() throws {
    let report = try report(on: [
      .put(secretKey("a"), Array("k8s:enc:aescbc:v1:key1:".utf8) + StoredSecret.plaintext())
    ])
    #expect(report.live == ClassCounts(plaintext: 1))
    #expect(report.rules == [.plaintextLive])
    #expect(report.findings.map(\.reason) == ["forged-envelope"])
    #expect(report.encryption == [])
  }

  @Test("Keys of hostile length are counted, but not kept", arguments: [2047, 2048, 2049, 5000, 100_000])
  func longKeys(length: Int) throws {
    let start = secretKey("")
    let key = start + String(repeating: "k", count: length - start.utf8.count)
    let report = try report(on: [
      .put(key, StoredSecret.plaintext()), .put(key, StoredSecret.json), .put(secretKey("z"), StoredSecret.plaintext()),
    ])
    #expect(report.live == ClassCounts(plaintext: 2))
    #expect(report.history == ClassCounts(plaintext: 1))
    #expect(report.findingCounts == [.plaintextLive: 2, .plaintextHistory: 1])
    let kept = length <= 2048 ? key : nil
    #expect(report.findings.map(\.key) == [kept, secretKey("z"), kept])
    #expect(report.findings.allSatisfy { $0.page != nil && $0.offset != nil && $0.subject?.revision?.main ?? 0 >= 2 })
    #expect(report.errors == [])
  }

  @Test("Bytes that are no text stay as they are in a key")
  func binaryKey() throws {
    let key = Array(secretKey("").utf8) + [0xFF, 0x00, 0x0A, UInt8(ascii: "%")]
    let report = try report(on: [.put(key: key, value: StoredSecret.plaintext(), lease: 0)])
    #expect(report.findings.first?.subject?.names?.key?.bytes == key)
    #expect(report.findings.first?.key == "\(secretKey(""))%FF%00%0A%25")
  }
}
