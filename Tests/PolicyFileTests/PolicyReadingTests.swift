import Foundation
import KubernetesStorage
import PolicyFile
import TestSupport
import Testing
import VerificationModel

@Suite("Policies are read strictly")
struct PolicyReadingTests {
  @Test func `the day of the tests is one`() {
    #expect(CalendarDay.ofTests.description == "2026-11-30")
    #expect(CalendarDay("2026-11-30") == .ofTests)
    #expect(CalendarDay("2026-11-31") == nil && CalendarDay("2026-11-3") == nil && CalendarDay("30.11.2026") == nil)
    #expect(CalendarDay(seconds: -1).description == "1969-12-31")
    #expect(CalendarDay.ofTests.advanced(by: -30).description == "2026-10-31")
  }

  @Test func `all members`() throws {
    let policy = try PolicyDocument(
      """
      version: 1
      resources: [secrets, '*.apps']
      layers: [live, history]
      failOn: never
      severities: {stale-key: high, hash-missing: info}
      encryption:
        - resources: [secrets]
          provider: kmsv2
          key: vault
          lastWriteDays: 90
      waivers:
        - {rule: plaintext-history, key: '/registry/secrets/test/*', resource: secrets, layer: history,
           reason: known, acceptedBy: J. Doe, expires: 2027-03-31}
      """)
    #expect(policy.resources == [.resource(.secrets), .group("apps")])
    #expect(policy.layers == [.live, .history])
    #expect(policy.failOn == .never)
    #expect(policy.source.severities == [.staleKey: .high, .hashMissing: .info])
    #expect(
      policy.demands == [
        EncryptionDemand(
          resources: [.resource(.secrets)], provider: RequiredProvider(.kmsv2, name: "vault"),
          lastWrite: EncryptionDemand.Limit(days: 90, today: .ofTests))
      ])
    let waiver = try #require(policy.source.waivers.first)
    #expect(waiver.rule == .plaintextHistory && waiver.key == "/registry/secrets/test/*" && waiver.line == 12)
    #expect(waiver.resource == "secrets" && waiver.layer == .history)
    #expect(waiver.waiver == Waiver(reason: "known", acceptedBy: "J. Doe", expiry: "2027-03-31"))
    #expect(waiver.daysLeft == 121 && !waiver.isExpired && !waiver.expiresSoon)
    let applied = policy.applied(to: Policy())
    #expect(applied.failOn == nil && applied.file == policy.source)
  }

  @Test func `what a demand names by its name is in scope, and a wildcard is not`() throws {
    let configMaps = ResourcePattern.resource(GroupResource("configmaps"))
    let alone = try PolicyDocument("encryption: [{resources: [configmaps, '*.apps'], provider: aescbc}]")
    #expect(alone.statedResources == [configMaps] && alone.scope == [.resource(.secrets), configMaps])
    #expect(alone.applied(to: Policy()).resources == alone.scope)
    let beside = try PolicyDocument(
      "resources: ['*.apps']\nencryption: [{resources: [configmaps], provider: aescbc}]")
    #expect(beside.statedResources == [.group("apps"), configMaps] && beside.scope == beside.statedResources)
    var policy = beside.applied(to: Policy())
    #expect(policy.demandsOutOfScope == [])
    policy.resources = [.resource(.secrets)]
    #expect(policy.demandsOutOfScope == [configMaps])
    policy.resources = [.group("")]
    #expect(policy.demandsOutOfScope == [])
  }

  @Test func `what a policy does not say is left to the call`() throws {
    let policy = try PolicyDocument("version: 1")
    #expect(policy.resources == nil && policy.layers == nil && policy.failOn == nil)
    var expected = Policy()
    expected.file = policy.source
    #expect(policy.applied(to: Policy()) == expected)
  }

  /// A policy that is refused, why, where, and words that must stand in the reason.
  struct Refused: Sendable, CustomStringConvertible {
    let text: String
    let code: PolicyError.Code
    let line: Int
    let words: String

    init(_ text: String, _ code: PolicyError.Code, _ line: Int, _ words: String = "") {
      self.text = text
      self.code = code
      self.line = line
      self.words = words
    }

    var description: String { "\(code.rawValue): \(text.prefix(60))" }
  }

  static let waiver = "waivers:\n  - {rule: plaintext-live, reason: r, acceptedBy: a, expires: 2027-03-31"

  static let refused = [
    Refused("", .empty, 1), Refused("# nothing\n", .empty, 1), Refused("---\n---\n", .empty, 1),
    Refused(String(repeating: "#", count: (1 << 20) + 1), .tooLarge, 1, "a policy never is"),
    Refused("version: 1\n---\nversion: 1", .severalDocuments, 3),
    Refused("version: [1", .notYAML, 1), Refused("{\"version\": 1,}", .notJSON, 1),
    Refused("version: 2", .unknownVersion, 1), Refused("version: one", .wrongType, 1),
    Refused("- secrets", .wrongType, 1, "a mapping"),
    Refused("layers: [live]\nresourcs: [secrets]", .unknownMember, 2, "did you mean 'resources'?"),
    Refused("fail-on: high", .unknownMember, 1, "did you mean 'failOn'?"),
    Refused("layers: [live]\nlayers: [history]", .duplicateMember, 1),
    Refused("resources: secrets", .wrongType, 1, "a list"), Refused("resources: []", .missingMember, 1),
    Refused("resources: [secrets, secrets]", .repeatedValue, 1),
    Refused("resources: [secret]", .unknownResource, 1, "did you mean 'secrets'"),
    Refused("resources: [Secrets]", .unknownResource, 1), Refused("resources: ['*']", .unknownResource, 1),
    Refused("resources: [1]", .wrongType, 1), Refused("layers: [disk]", .invalidValue, 1, "live, history, residue"),
    Refused("layers: [live, live]", .repeatedValue, 1), Refused("failOn: hihg", .invalidValue, 1, "critical, high"),
    Refused("failOn: info", .invalidValue, 1), Refused("failOn: no", .wrongType, 1),
    Refused("severities: {plaintext-live: ultra}", .invalidValue, 1),
    Refused("severities: {plaintext-live: }", .missingMember, 1),
    Refused("severities: {plaintext-liv: low}", .unknownRule, 1, "did you mean 'plaintext-live'?"),
    Refused("severities: {config-weak-key: low}", .unknownRule, 1),
    Refused("severities: {nothing-in-scope: low}", .notNegotiable, 1, "--allow-empty"),
    Refused("severities: {nothing-authenticated: low}", .notNegotiable, 1, "leave --authenticate out"),
    Refused("severities: {damaged-page: low}", .notNegotiable, 1), Refused("severities: [low]", .wrongType, 1),
    Refused("encryption: [{resources: [secrets]}]", .missingMember, 1, "nothing is demanded"),
    Refused("encryption: [{provider: kmsv2}]", .missingMember, 1, "'resources' is missing"),
    Refused("encryption: [{resources: [secrets], provider: aes}]", .invalidValue, 1, "secretbox"),
    Refused("encryption: [{resources: [secrets], key: a}]", .missingMember, 1, "needs 'provider'"),
    Refused("encryption: [{resources: [secrets], lastWriteDays: 0}]", .invalidValue, 1, "1 to 36500"),
    Refused("encryption: [{resources: [secrets], lastWriteDays: 90d}]", .wrongType, 1),
    Refused(
      "encryption:\n- {resources: [secrets], lastWriteDays: 1}\n- {resources: [secrets], provider: kmsv2}",
      .repeatedValue, 3, "the first one counts"),
    Refused("waivers: [{}]", .missingMember, 1, "which findings"),
    Refused("waivers:\n- {reason: r, acceptedBy: a, expires: 2027-03-31}", .missingMember, 2, "'rule'"),
    Refused("waivers:\n- {rule: plaintext-live, acceptedBy: a, expires: 2027-03-31}", .missingMember, 2, "why"),
    Refused("waivers:\n- {rule: plaintext-live, reason: ' ', acceptedBy: a, expires: 2027-03-31}", .missingMember, 2),
    Refused("waivers:\n- {rule: plaintext-live, reason: r, expires: 2027-03-31}", .missingMember, 2, "who"),
    Refused("waivers:\n- {rule: plaintext-live, reason: r, acceptedBy: a}", .missingMember, 2, "until when"),
    Refused("waivers:\n- {rule: plaintext-live, reason: r, acceptedBy: a, expires: never}", .invalidValue, 2, "2027"),
    Refused("waivers:\n- {rule: plaintext-live, reason: r, acceptedBy: a, expires: 2027-02-29}", .invalidValue, 2),
    Refused("waivers:\n- {rule: hash-mismatch, reason: r, acceptedBy: a, expires: 2027-03-31}", .notNegotiable, 2),
    Refused("\(waiver), key: ''}", .invalidValue, 2), Refused("\(waiver), resource: '*.*'}", .invalidValue, 2),
    Refused("\(waiver), layer: residu}", .invalidValue, 2), Refused("\(waiver), expiry: 2027}", .unknownMember, 2),
    Refused("\(waiver), key: '\(String(repeating: "a", count: 2049))'}", .invalidValue, 2),
    Refused("apiVersion: v1\nkind: ConfigMap", .unknownMember, 2, "no policy"),
  ]

  @Test(arguments: refused)
  func `what is wrong is told with its line`(refused: Refused) {
    let invalid = #expect(throws: InvalidPolicy.self) { try PolicyDocument(refused.text) }
    let error = invalid?.errors.first { $0.code == refused.code }
    #expect(error?.line == refused.line, "\(String(describing: invalid))")
    #expect(refused.words.isEmpty || error?.reason.contains(refused.words) == true, "\(String(describing: invalid))")
  }

  @Test func `everything that is wrong is told, in the order of the lines`() {
    let invalid = #expect(throws: InvalidPolicy.self) {
      try PolicyDocument("waivers: [{rule: x}]\nfailOn: x\nlayers: [x]\nversion: 3")
    }
    #expect(invalid?.errors.map(\.line) == invalid?.errors.map(\.line).sorted())
    #expect(invalid.map { Set($0.errors.map(\.line)) } == [1, 2, 3, 4])
  }

  @Test func `aliases and merges are bounded`() {
    let aliases = (0..<17).map { _ in "*a" }.joined(separator: ", ")
    let many = #expect(throws: InvalidPolicy.self) { try PolicyDocument("a: &a [b]\nc: [\(aliases)]") }
    #expect(many?.errors.map(\.code) == [.tooManyAliases])
    let deep = String(repeating: "[", count: 2000) + String(repeating: "]", count: 2000)
    #expect(throws: InvalidPolicy.self) { try PolicyDocument("resources: \(deep)") }
  }

  @Test func `a merge key is a member that does not exist, with its line`() {
    let text = "version: 1\nwaivers:\n  - &a {rule: plaintext-live, reason: r, acceptedBy: a, expires: 2027-03-31}\n"
    let refused = #expect(throws: InvalidPolicy.self) {
      try PolicyDocument(text + "  - {<<: *a, key: /registry/secrets/a/b}\n")
    }
    #expect(refused?.errors.first.map { $0.code == .unknownMember && $0.line == 4 } == true)
  }

  @Test func `the sample is well formed, and holds today and on its last day`() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "samples/policy.yaml")
    let sample = try PolicyDocument(text: Array(Data(contentsOf: file)), path: "policy.yaml", today: .ofTests)
    #expect(sample.failOn == .severity(.medium))
    #expect(sample.source.waivers.map(\.rule) == [.plaintextHistory, .residueUnexplained])
    #expect(sample.expiredWaivers == [])
  }

  @Test(arguments: [("2026-11-29", true, false), ("2026-11-30", false, true), ("2026-12-30", false, true)])
  func `the last day counts`(today: String, isExpired: Bool, expiresSoon: Bool) throws {
    let policy = try PolicyDocument(
      "waivers: [{rule: plaintext-live, reason: r, acceptedBy: a, expires: \(today)}]")
    let waiver = try #require(policy.source.waivers.first)
    #expect(waiver.isExpired == isExpired && waiver.expiresSoon == expiresSoon)
  }
}
