import TestSupport
import Testing
import VerificationModel

@Suite("Values that need another key than the newest are stale")
struct StaleKeyTests {
  private static func sealed(_ provider: StoredSecret.Provider, _ name: String, _ seed: UInt64) -> [UInt8] {
    StoredSecret.sealed(provider, name, seed: seed)
  }

  @Test("One key is never stale", arguments: StoredSecret.Provider.allCases)
  func oneKey(provider: StoredSecret.Provider) throws {
    let report = try report(
      on: (0..<20).map { .put(secretKey("s\($0 % 10)"), Self.sealed(provider, "key1", UInt64($0))) })
    #expect(report.findingCounts[.staleKey] == nil)
    #expect(report.encryption.map(\.name) == ["key1"])
    #expect(report.encryption.map(\.live) == [10])
    #expect(report.encryption.map(\.history) == [10])
  }

  @Test("Of two key names the one of the newest revision is current", arguments: StoredSecret.Provider.allCases)
  func keyNames(provider: StoredSecret.Provider) throws {
    let report = try report(on: [
      .put(secretKey("b"), Self.sealed(provider, "z-old", 1)), .put(secretKey("a"), Self.sealed(provider, "z-old", 2)),
      .put(secretKey("c"), Self.sealed(provider, "a-new", 3)),
    ])
    let stale = report.findings.filter { $0.rule == .staleKey }
    #expect(stale.map(\.key) == [secretKey("a"), secretKey("b")])
    #expect(stale.map(\.keyName) == ["z-old", "z-old"])
    #expect(report.encryption.map(\.name) == ["a-new", "z-old"])
  }

  @Test("Key ids of one KMS plugin are keys of their own")
  func keyIDs() throws {
    let report = try report(on: [
      .put(secretKey("a"), StoredSecret.sealed(.kmsv2, "plugin", keyID: "kek-1", seed: 1)),
      .put(secretKey("b"), StoredSecret.sealed(.kmsv2, "plugin", keyID: "kek-2", seed: 2)),
      .put(secretKey("c"), StoredSecret.sealed(.kmsv2, "plugin", keyID: "kek-1", seed: 3)),
    ])
    #expect(report.rules == [.staleKey])
    #expect(report.findings.map(\.key) == [secretKey("b")], "kek-1 wrote last")
    #expect(report.encryption.map(\.keyID) == ["kek-1", "kek-2"])
    #expect(report.encryption.map(\.live) == [2, 1])
  }

  @Test("A change of provider makes the old values stale")
  func providers() throws {
    let report = try report(on: [
      .put(secretKey("a"), Self.sealed(.secretbox, "key1", 1)), .put(secretKey("b"), Self.sealed(.aesgcm, "key1", 2)),
    ])
    #expect(report.rules == [.staleKey])
    #expect(report.findings.map(\.provider) == ["secretbox"])
  }

  @Test("A value that was deleted again tells of the newest key too")
  func newestIsDeleted() throws {
    let report = try report(on: [
      .put(secretKey("a"), Self.sealed(.secretbox, "key1", 1)),
      .put(secretKey("b"), Self.sealed(.secretbox, "key2", 2)),
      .delete(secretKey("b")),
    ])
    #expect(report.rules == [.staleKey])
    #expect(report.findings.map(\.key) == [secretKey("a")])
  }

  @Test("Old revisions are never stale")
  func history() throws {
    let report = try report(on: [
      .put(secretKey("a"), Self.sealed(.secretbox, "key1", 1)),
      .put(secretKey("a"), Self.sealed(.secretbox, "key2", 2)),
    ])
    #expect(report.rules == [])
    #expect(report.encryption.map(\.history) == [1, 0])
  }

  @Test("Sub revisions decide which key is the newest")
  func subRevisions() throws {
    let report = try report(on: [
      .transaction([
        .put(secretKey("a"), Self.sealed(.secretbox, "key1", 1)),
        .put(secretKey("b"), Self.sealed(.secretbox, "key2", 2)),
      ])
    ])
    #expect(report.findings.map(\.key) == [secretKey("a")])
  }
}

@Suite("Providers that Kubernetes warns about are noted once")
struct WeakProviderTests {
  @Test(
    "By provider",
    arguments: zip(StoredSecret.Provider.allCases, ["no-integrity", nil, nil, "deprecated", nil] as [String?]))
  func providers(provider: StoredSecret.Provider, reason: String?) throws {
    let report = try report(
      on: (0..<6).map { .put(secretKey("s\($0 % 3)"), StoredSecret.sealed(provider, "key\($0 % 2)", seed: UInt64($0))) }
    )
    let weak = report.findings.filter { $0.rule == .weakProvider }
    #expect(weak.map(\.reason) == (reason == nil ? [] : [reason, reason]))
    #expect(weak.map(\.resource) == (reason == nil ? [] : ["secrets", "secrets"]))
    #expect(weak.map(\.keyName) == (reason == nil ? [] : ["key0", "key1"]))
    #expect(weak.allSatisfy { $0.severity == .low && $0.subject == nil && $0.message.contains(" live and ") })
  }

  /// Versions of the live values under one AES-GCM key, and whether they make too many writes.
  @Test(
    "An AES-GCM key is weak from 200 000 writes on, by the versions of what is live",
    arguments: [
      ([200_000], true), ([199_999], false), ([100_000, 100_000], true), ([100_000, 99_999], false),
      ([1, 1, 1], false), ([Int64.max, Int64.max], true), ([-1], false), ([0, 199_999, 1], true),
    ] as [([Int64], Bool)])
  func writes(versions: [Int64], isWeak: Bool) throws {
    let rows = versions.enumerated().map { index, version in
      EtcdWriter.Row.secret("s\(index)", Int64(index) + 2, version: version, StoredSecret.sealed(.aesgcm, "key1"))
    }
    let report = try report(on: .store(rows))
    #expect(report.rules == (isWeak ? [.weakProvider] : []))
    #expect(report.findings.map(\.reason) == (isWeak ? ["many-writes"] : []))
    #expect(report.errors == [])
  }

  @Test("Writes under two keys, or of what is no longer live, do not add up")
  func separateKeys() throws {
    let report = try report(
      on: .store([
        .secret("a", 2, version: 150_000, StoredSecret.sealed(.aesgcm, "key1")),
        .secret("a", 3, version: 150_001, StoredSecret.sealed(.aesgcm, "key1")),
        .secret("b", 4, version: 150_000, StoredSecret.sealed(.aesgcm, "key2")),
      ]))
    #expect(report.rules == [.staleKey])
  }
}

@Suite("The names of encryption keys are told from all values together")
struct KeyNameChoiceTests {
  private static let providers: [StoredSecret.Provider] = [.aescbc, .aesgcm, .secretbox, .kmsv1]

  @Test("A name may hold colons", arguments: providers, ["team:prod", "a:b:c", "aescbckey-2026-04-16T12:29:38-07:00"])
  func colons(provider: StoredSecret.Provider, name: String) throws {
    let report = try report(
      on: (0..<20).map { .put(secretKey("s\($0)"), StoredSecret.sealed(provider, name, seed: UInt64($0) + 1)) })
    #expect(report.encryption.map(\.name) == [name])
    #expect(report.encryption.map(\.live) == [20])
    #expect(report.findingCounts[.staleKey] == nil)
  }

  @Test("Two names that share their beginning are two keys")
  func sharedBeginning() throws {
    let report = try report(
      on: (0..<40).map {
        .put(secretKey("s\($0)"), StoredSecret.sealed(.aesgcm, $0 < 20 ? "team:dev" : "team:prod", seed: UInt64($0)))
      })
    #expect(report.encryption.map(\.name) == ["team:dev", "team:prod"])
    #expect(report.encryption.map(\.live) == [20, 20])
    #expect(report.findingCounts == [.staleKey: 20])
  }

  /// One nonce in 256 begins with a colon.
  @Test(
    "Colons at the start of a few nonces do not split a name",
    arguments: [.aesgcm, .secretbox] as [StoredSecret.Provider])
  func nonces(provider: StoredSecret.Provider) throws {
    let colon = UInt8(ascii: ":")
    let operations = (0..<500).map { number in
      let nonce: [UInt8] = number % 100 == 7 ? [colon] : number == 300 ? [UInt8(ascii: "x"), colon] : []
      return EtcdWriter.Operation.put(
        secretKey("s\(number)"), StoredSecret.sealed(provider, "key1", seed: UInt64(number), nonce: nonce))
    }
    let report = try report(on: operations, Policy.rows(hash: .skipped))
    #expect(report.encryption.map(\.name) == ["key1"])
    #expect(report.encryption.map(\.live) == [500])
    #expect(report.rules == [])
  }

  @Test("Every value carrying a name of its own costs no more than so many names")
  func manyNames() throws {
    let count = 5000
    let operations = (0..<count).map { number in
      EtcdWriter.Operation.put(secretKey("s\(number)"), StoredSecret.sealed(.secretbox, "key-\(number)"))
    }
    let report = try report(on: operations, Policy.rows(hash: .skipped, maximumFindings: 10))
    #expect((4096...4097).contains(report.encryption.count))
    #expect(report.encryption.reduce(0) { $0 + $1.live } == count)
    #expect(report.live == ClassCounts(encrypted: count))
    #expect(report.findings.count == 10)
    #expect(report.verdict == .pass)
  }
}
