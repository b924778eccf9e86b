import EncryptionConfig
import KubernetesStorage
import TestSupport
import Testing

@testable import SnapshotReading
@testable import SnapshotVerification
@testable import ValueAuthentication
@testable import VerificationModel

@Suite("Real snapshots held against their configurations and keys")
struct AuthenticationTruthTests {
  /// The report about `fixture` with its configuration and keys.
  private static func report(
    on fixture: SnapshotFixture, _ options: ReadingOptions = ReadingOptions()
  ) throws -> SnapshotReport {
    var seeds = try PluginSeeds.text(for: fixture)
    let configuration = try ConfigurationFile(
      path: fixture.configurationPath, for: APIServerSettings(enablesKMSv1: true)
    )
    .configuration
    let check = ConfigurationCheck(path: "c.yaml", configuration: configuration)
    var policy = Policy.rows(resources: check.scope)
    policy.configuration = check
    policy.decryption = DecryptionRequest()
    let ring = KeyRing(configuration, seeds: try DEKSeeds(wiping: &seeds))
    return Verifier(policy: policy, keys: ring, options: options).verify(path: try fixture.path())
  }

  /// All in which somebody encrypts: the others' configuration is a comment.
  private static let encrypting = SnapshotFixture.all.filter {
    !$0.description.hasSuffix("/01-identity-plain") && !$0.description.hasSuffix("/0-plain")
  }
  private static let sound = encrypting.filter { !$0.description.hasSuffix("17-tampered") }
  private static let tampered = encrypting.filter { $0.description.hasSuffix("17-tampered") }

  @Test("Every encrypted value is authentic", arguments: sound)
  func authentic(_ fixture: SnapshotFixture) throws {
    let report = try Self.report(on: fixture)
    let encrypted = report.resources.reduce(0) { $0 + $1.live.encrypted + $1.history.encrypted }
    #expect(report.encryption.reduce(0) { $0 + ($1.authenticated ?? 0) } == encrypted)
    for use in report.encryption { #expect(use.authenticated == use.live + use.history, "\(use)") }
    let rules: [Rule] = [.authenticationFailed, .valueMoved, .nonceReuse, .keyNotInConfig, .configNotRunning]
    for rule in rules { #expect(report.findingCounts[rule] == nil, "\(rule)") }
  }

  @Test("As many live values as the truth has are under each key", arguments: sound)
  func counts(_ fixture: SnapshotFixture) throws {
    let report = try Self.report(on: fixture)
    let truth = try #require(fixture.truth().latest.decryptCheck).counts
    for use in report.encryption where ![.kmsv1, .kmsv2].contains(use.provider) {
      #expect(use.live == truth["\(use.provider.rawValue):\(use.name) ok"] ?? 0, "\(use)")
    }
  }

  /// Live values that another than the configuration's first key encrypts; of all other snapshots there are none.
  private static let stale = [
    "snapshots/08-key-rotation": 44, "series/6-rotation-begun": 15, "snapshots/11-kms-v2": 78, "samples/11-kms-v2": 20,
  ]

  @Test("What a key rotation has left is stale, and only that", arguments: sound)
  func stale(_ fixture: SnapshotFixture) throws {
    let report = try Self.report(on: fixture)
    let expected = Self.stale[fixture.description]
    #expect(report.findingCounts[.staleKey] == expected)
    for resource in report.resources {
      let rotation = try #require(resource.rotation)
      if rotation.writer == SnapshotReport.Rotation.identity {
        #expect(!rotation.isComplete)
      } else {
        #expect(rotation.written == resource.live.encrypted - (expected ?? 0), "\(resource.resource)")
        #expect(rotation.isComplete == (resource.live.plaintext == 0 && expected == nil))
      }
    }
  }

  @Test("A key that a finished rotation has left behind is needed by no value, one of an unfinished by some")
  func retirableKeys() throws {
    func keys(_ name: String) throws -> [String] {
      let fixture = try #require(Self.sound.first { $0.description == name })
      return try Self.report(on: fixture).encryption.map { use in
        "\(use.name) \(use.live + use.history > 0) \(use.inConfig == true) \(use.isWriteKey == true)"
      }
    }
    if Self.sound.contains(where: { $0.description == "series/7-rotation-done" }) {
      #expect(try keys("series/7-rotation-done") == ["key1 false true false", "key2 true true true"])
      #expect(try keys("series/6-rotation-begun") == ["key1 true true false", "key2 true true true"])
    }
    #expect(try keys("samples/10-aesgcm") == ["gcm-key-0 false true false", "gcm-key-1 true true true"])
  }

  @Test(
    "What was exempted by its name from a wildcard is not in scope",
    arguments: sound.filter { $0.description.hasSuffix("13-multi-resource") })
  func exempt(_ fixture: SnapshotFixture) throws {
    let report = try Self.report(on: fixture)
    #expect(!report.resources.map(\.resource).contains("events"))
    #expect(report.verdict == .pass)
    #expect(report.findingCounts[.plaintextLive] == nil)
    let writers = Dictionary(uniqueKeysWithValues: report.resources.map { ($0.resource, $0.rotation?.writer) })
    #expect(writers["secrets"] == "aescbc:key1")
    #expect(writers["configmaps"] == "secretbox:cm")
    #expect(writers["deployments.apps"] == "secretbox:apps")
    #expect(writers["widgets.lab.example.com"] == "aesgcm:widgets")
    #expect(writers["pods"] == "aescbc:wild")
  }

  /// What is found about a value by the letter of what was done to it.
  private static let manipulations: [String: Rule?] = [
    "a": .valueMoved, "b": .plaintextLive, "b2": .plaintextLive, "b3": .plaintextLive, "c": .malformedEnvelope,
    "c2": .malformedEnvelope, "c3": .malformedEnvelope, "c4": .authenticationFailed, "d": .unrecognizedValue,
    "e": .unknownEnvelope, "f": .unrecognizedValue, "g": .unrecognizedValue, "h": .malformedEnvelope,
    "i": .unknownEnvelope, "j": .plaintextLive, "k": .keyNotInConfig, "l": .authenticationFailed,
    "m": .unrecognizedValue, "n": .valueMoved, "o": nil,
  ]

  @Test("Each manipulation is named, and nothing else", arguments: tampered)
  func tampering(_ fixture: SnapshotFixture) throws {
    let report = try Self.report(on: fixture)
    var expected: [String: Rule] = [:]
    for tampering in try fixture.truth().tampered ?? [] {
      let letter = String(tampering.kind.prefix { $0 != ":" })
      let rule = try #require(Self.manipulations[letter], "\(tampering.kind)")
      if let rule { expected[tampering.key] = rule }
    }
    let found = report.findings.filter { $0.subject != nil }
    for finding in found { #expect(finding.rule == expected[finding.key ?? ""], "\(finding.key ?? "")") }
    #expect(Set(found.compactMap(\.key)) == Set(expected.keys))
    #expect(found.count == expected.count)
    #expect(report.findingCounts[.configNotRunning] == nil)
  }

  @Test("A copy names where it comes from", arguments: tampered)
  func movedFrom(_ fixture: SnapshotFixture) throws {
    let moved = try Self.report(on: fixture).findings.filter { $0.rule == .valueMoved }
    let copy = try #require(fixture.truth().tampered?.first { $0.kind.hasPrefix("a: ciphertext copied from ") })
    let source = copy.kind.dropFirst("a: ciphertext copied from ".count)
    #expect(moved.first { $0.key == copy.key }?.movedFrom?.description == String(source))
  }

  @Test("Both readers find the same", arguments: encrypting.filter { $0.description.hasPrefix("samples") })
  func readers(_ fixture: SnapshotFixture) throws {
    let tree = try Self.report(on: fixture, ReadingOptions(reader: .tree))
    for workers in [1, 3] {
      let options = ReadingOptions(reader: .scan, workers: workers, blockBytes: 1 << 16)
      #expect(tree.differences(from: try Self.report(on: fixture, options)) == [])
    }
  }

  @Test(
    "Without seeds, values of plugins are not judged, and nothing is found for that",
    arguments: sound.filter { $0.description.contains("kms") })
  func withoutSeeds(_ fixture: SnapshotFixture) throws {
    let configuration = try ConfigurationFile(
      path: fixture.configurationPath, for: APIServerSettings(enablesKMSv1: true)
    )
    .configuration
    let check = ConfigurationCheck(path: "c.yaml", configuration: configuration)
    var policy = Policy.rows(resources: check.scope)
    policy.configuration = check
    policy.decryption = DecryptionRequest()
    let report = Verifier(policy: policy, keys: KeyRing(configuration)).verify(path: try fixture.path())
    #expect(report.encryption.allSatisfy { $0.authenticated == 0 })
    #expect(report.findingCounts[.authenticationFailed] == nil)
  }
}
