import EtcdStorage
import KubernetesStorage
import PolicyFile
import SnapshotVerification
import TestSupport
import Testing
import VerificationModel

@Suite("A policy file decides what findings come to")
struct PolicyRatingTests {
  static func key(_ namespace: String, _ name: String) -> String { "/registry/secrets/\(namespace)/\(name)" }

  /// Two plaintext Secrets in each of two namespaces, and one that is encrypted.
  private static let store: EtcdWriter = {
    var etcd = EtcdWriter()
    for namespace in ["prod", "test"] {
      for name in ["a", "b"] { etcd.apply(.put(key(namespace, name), StoredSecret.plaintext())) }
    }
    etcd.apply(.put(key("prod", "sealed"), StoredSecret.sealed(.secretbox, "key1")))
    return etcd
  }()

  static func report(
    _ document: PolicyDocument, on etcd: EtcdWriter, _ rating: PolicyRating? = nil
  ) throws -> SnapshotReport {
    let directory = try TemporaryDirectory()
    let path = try directory.file("backup.db", BoltWriter().image(etcd.root).snapshot())
    return Verifier(policy: document.applied(to: Policy()), rating: rating ?? document.rating).verify(path: path)
  }

  @Test func `a waiver of all that fails makes the snapshot pass, and is told`() throws {
    let document = try PolicyDocument(waiving: "key: /registry/secrets/**")
    let rating = document.rating
    let report = try Self.report(document, on: Self.store, rating)
    #expect(report.verdict == .pass)
    #expect(report.waivedCounts == [.plaintextLive: 4])
    #expect(report.waived.allSatisfy { $0.waiver?.acceptedBy == "J. Doe" })
    #expect(rating.unusedWaivers == [])
  }

  @Test(arguments: [
    ("key: /registry/secrets/test/*", 2), ("key: /registry/secrets/test/a", 1), ("key: /registry/secrets/*", 0),
    ("layer: live", 4), ("layer: history", 0), ("resource: secrets", 4), ("resource: configmaps", 0),
    ("key: '**/a'\n    resource: secrets\n    layer: live", 2), ("key: /registry/secrets/dev/*", 0),
  ])
  func `a waiver is about what it names, and one that nothing needs is told`(members: String, count: Int) throws {
    let document = try PolicyDocument(waiving: members)
    let rating = document.rating
    let report = try Self.report(document, on: Self.store, rating)
    #expect(report.waivedCounts[.plaintextLive, default: 0] == count)
    #expect(report.findingCounts[.plaintextLive, default: 0] == 4 - count)
    #expect(report.verdict == (count == 4 ? .pass : .fail))
    #expect(rating.unusedWaivers == (count == 0 ? document.source.waivers : []))
  }

  @Test func `an expired waiver waives nothing, and is not told as unused`() throws {
    let day = try #require(CalendarDay("2027-04-01"))
    let document = try PolicyDocument(waiving: "key: /registry/secrets/**", today: day)
    let rating = document.rating
    let report = try Self.report(document, on: Self.store, rating)
    #expect(report.verdict == .fail && report.waivedCounts == [:])
    #expect(document.expiredWaivers.count == 1 && rating.unusedWaivers == [] && !rating.needsKeys)
  }

  @Test func `the first waiver of the file counts`() throws {
    let document = try PolicyDocument(
      """
      waivers:
        - {rule: plaintext-live, key: '**/a', reason: first, acceptedBy: a, expires: 2027-03-31}
        - {rule: plaintext-live, key: /registry/secrets/test/a, reason: second, acceptedBy: a, expires: 2027-03-31}
      """)
    let rating = document.rating
    let report = try Self.report(document, on: Self.store, rating)
    #expect(Set(report.waived.compactMap(\.waiver?.reason)) == ["first"])
    #expect(rating.unusedWaivers.map(\.waiver.reason) == ["second"])
  }

  @Test func `a severity takes the place of the rule's own`() throws {
    let report = try Self.report(try PolicyDocument("severities: {plaintext-live: low}"), on: Self.store)
    #expect(report.severities[.plaintextLive] == .low && report.verdict == .pass)
  }

  @Test func `a provider is demanded for single resources`() throws {
    let text = "encryption: [{resources: [%], provider: aescbc}]\nseverities: {plaintext-live: low}"
    let failing = try Self.report(try PolicyDocument(text.replacing("%", with: "secrets")), on: Self.store)
    #expect(failing.findingCounts[.providerNotRequired] == 1 && failing.verdict == .fail)
    let passing = try Self.report(try PolicyDocument(text.replacing("%", with: "configmaps")), on: Self.store)
    #expect(passing.findingCounts[.providerNotRequired] == nil && passing.verdict == .pass)
  }

  @Test func `100000 findings are rated in a fraction of a second`() throws {
    let waivers = (0..<200).map { number in
      "  - {rule: plaintext-live, key: '/registry/secrets/team-\(number)/*-token-?????', reason: r, acceptedBy: a, "
        + "expires: 2027-03-31}"
    }
    let rating = try PolicyDocument("waivers:\n\(waivers.joined(separator: "\n"))").rating
    let facts = (0..<100_000).map { number in
      var facts = FindingFacts(.plaintextLive)
      facts.key = EtcdKey(bytes: Array(Self.key("team-\(number % 400)", "default-token-\(number % 9)abcd").utf8))
      return facts
    }
    var waived = 0
    let time = ContinuousClock().measure {
      for finding in facts { if case .waived = rating.rating(of: finding) { waived += 1 } }
    }
    #expect(waived == 50_000)
    #expect(time < .seconds(20), "\(time)")
    #expect(rating.unusedWaivers == [])
  }
}
