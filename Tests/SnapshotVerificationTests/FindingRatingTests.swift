import EtcdStorage
import SnapshotVerification
import TestSupport
import Testing
import VerificationModel

@Suite("What a policy says of findings decides before they are counted")
struct FindingRatingTests {
  /// A rating that a test makes up.
  private struct RuleBook: FindingRating {
    var needsKeys = false
    let answer: @Sendable (FindingFacts) -> Rating

    func rating(of finding: FindingFacts) -> Rating { answer(finding) }
  }

  private static let waiver = Waiver(reason: "known, and rotated", acceptedBy: "J. Doe", expiry: "2026-12-31")

  /// Eight plaintext Secrets in each of two namespaces, an old value in the clear, and an encrypted value of another key.
  private static let store: EtcdWriter = {
    var etcd = EtcdWriter()
    for name in ["a", "b", "c", "d", "e", "f", "g", "h"] {
      for namespace in ["default", "test"] {
        etcd.apply(.put(secretKey(name, namespace: namespace), StoredSecret.plaintext()))
      }
    }
    etcd.apply(.put(secretKey("a"), StoredSecret.plaintext()))
    etcd.apply(.put(secretKey("sealed"), StoredSecret.sealed(.secretbox, "key1")))
    etcd.apply(.put(secretKey("new"), StoredSecret.sealed(.secretbox, "key2")))
    return etcd
  }()

  private func report(
    _ policy: Policy = Policy.rows(), needsKeys: Bool = false, on etcd: EtcdWriter = Self.store,
    _ answer: @escaping @Sendable (FindingFacts) -> Rating
  ) throws -> SnapshotReport {
    let directory = try TemporaryDirectory()
    let path = try directory.file("backup.db", BoltWriter().image(etcd.root).snapshot())
    return Verifier(policy: policy, rating: RuleBook(needsKeys: needsKeys, answer: answer)).verify(path: path)
  }

  private static func isInTest(_ facts: FindingFacts) -> Bool {
    facts.key?.description.hasPrefix("/registry/secrets/test/") == true
  }

  @Test func `without a rating a finding has its own severity, and a rating that keeps it changes nothing`() throws {
    let plain = try SnapshotVerificationTests.report(on: Self.store)
    for needsKeys in [false, true] {
      let rated = try report(needsKeys: needsKeys) { .counted($0.severity) }
      #expect(rated.findings == plain.findings)
      #expect(rated.findingCounts == plain.findingCounts)
      #expect(rated.layerCounts == plain.layerCounts)
      #expect(rated.severities == plain.severities)
      #expect(rated.exposed == plain.exposed)
      #expect(rated.verdict == plain.verdict)
    }
    #expect(plain.findingCounts == [.plaintextLive: 16, .plaintextHistory: 1, .staleKey: 1])
    #expect(plain.waived == [] && plain.waivedCounts == [:])
  }

  @Test(arguments: [0, 1, 3, 10_000])
  func `a severity by rule decides the verdict and the order, kept or not`(limit: Int) throws {
    let policy = Policy.rows(failOn: .high, maximumFindings: limit)
    let rated = try report(policy) { .counted($0.rule == .staleKey ? .critical : .low) }
    #expect(rated.verdict == .fail)
    #expect(rated.severities == [.plaintextLive: .low, .plaintextHistory: .low, .staleKey: .critical])
    #expect(rated.findings.first?.rule == (limit == 0 ? nil : .staleKey))
    #expect(rated.findings.count == min(limit, 18))
    #expect(rated.findingsOmitted == max(0, 18 - limit))
    #expect(try report(policy) { _ in .counted(.low) }.verdict == .pass)
  }

  @Test(arguments: [0, 1, 5, 10_000])
  func `findings waived by key are told apart and counted exactly, kept or not`(limit: Int) throws {
    let rated = try report(Policy.rows(maximumFindings: limit), needsKeys: true) {
      Self.isInTest($0) ? .waived(Self.waiver) : .counted($0.severity)
    }
    #expect(rated.waivedCounts == [.plaintextLive: 8])
    #expect(rated.findingCounts == [.plaintextLive: 8, .plaintextHistory: 1, .staleKey: 1])
    #expect(rated.layerCounts[.live] == [.plaintextLive: 8, .staleKey: 1])
    #expect(rated.waived.count == min(limit, 8))
    #expect(rated.waivedOmitted == max(0, 8 - limit))
    #expect(rated.waived.allSatisfy { $0.waiver == Self.waiver && $0.severity == .critical })
    #expect(rated.waived.compactMap(\.key) == rated.waived.compactMap(\.key).sorted())
    #expect(rated.findings.allSatisfy { $0.waiver == nil && $0.subject?.names?.namespace != "test" })
    #expect(rated.verdict == .fail)
    #expect(rated.live.plaintext == 16, "what is waived is still in the clear")
    #expect(rated.exposed.count == 16)
  }

  @Test func `where all that fails is waived, the snapshot passes`() throws {
    let rated = try report { $0.severity >= .high ? .waived(Self.waiver) : .counted($0.severity) }
    #expect(rated.verdict == .pass)
    #expect(rated.waivedCounts == [.plaintextLive: 16, .plaintextHistory: 1])
    #expect(rated.severities == [.staleKey: .medium])
  }

  @Test func `keys are told only where they are asked for`() throws {
    let rated = try report { $0.key == nil ? .counted($0.severity) : .waived(Self.waiver) }
    #expect(rated.waivedCounts == [:])
  }

  @Test func `rule, layer, resource and severity are told of each finding about a row`() throws {
    let rated = try report {
      let isKnown =
        $0.rule == .plaintextHistory && $0.layer == .history && $0.resource == "secrets" && $0.severity == .high
      return isKnown ? .waived(Self.waiver) : .counted($0.severity)
    }
    #expect(rated.waivedCounts == [.plaintextHistory: 1])
  }

  @Test func `no waiver lifts an error, and no severity excuses an empty scope`() throws {
    let directory = try TemporaryDirectory()
    var bytes = try BoltWriter().image(Self.store.root).snapshot()
    bytes[bytes.count - 1] ^= 1
    let path = try directory.file("backup.db", bytes)
    let damaged = Verifier(policy: Policy.rows(), rating: RuleBook { _ in .waived(Self.waiver) }).verify(path: path)
    #expect(damaged.verdict == .error)
    #expect(!damaged.errors.isEmpty)
    #expect(damaged.findingCounts == [:])
    #expect(damaged.waivedCounts[.hashMismatch] == 1)
    #expect(try report(on: EtcdWriter()) { _ in .counted(.info) }.verdict == .fail)
  }

  @Test func `residue is rated like the rest`() throws {
    let policy = Policy(layers: [.residue])
    let fixture = try #require(SnapshotFixture.all.first { "\($0)".hasPrefix("samples/05") })
    let path = try fixture.path()
    let plain = Verifier(policy: policy).verify(path: path)
    let rated = Verifier(policy: policy, rating: RuleBook { _ in .waived(Self.waiver) }).verify(path: path)
    #expect(rated.findingCounts == [:])
    #expect(rated.waivedCounts == plain.findingCounts)
    #expect(rated.waived.map(\.offset) == plain.findings.map(\.offset))
    #expect(rated.verdict == .pass)
  }
}
