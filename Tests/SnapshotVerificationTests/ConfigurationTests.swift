import EncryptionConfig
import KubernetesStorage
import TestSupport
import Testing

@testable import SnapshotVerification
@testable import ValueAuthentication
@testable import VerificationModel

@Suite("Stores held against a configuration")
struct ConfigurationTests {
  private static let key = [UInt8](repeating: 0x41, count: 32)
  private static let secret = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="

  /// A configuration whose entry for `resources` has these providers, each `aescbc key1` or so, or `identity`.
  private static func configuration(
    _ entries: [(resources: [String], providers: [String])]
  ) throws -> EncryptionConfiguration {
    var text = "apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\nresources:\n"
    for entry in entries {
      text += "- resources: [\(entry.resources.map { "'\($0)'" }.joined(separator: ", "))]\n  providers:\n"
      for provider in entry.providers {
        let parts = provider.split(separator: " ")
        text +=
          parts.count == 1
          ? "  - identity: {}\n"
          : "  - \(parts[0]):\n      keys:\n      - name: '\(parts[1])'\n        secret: \(Self.secret)\n"
      }
    }
    var bytes = Array(text.utf8)
    return try EncryptionConfiguration(wiping: &bytes)
  }

  private static func report(
    _ operations: [EtcdWriter.Operation], _ providers: [String], resources: [String] = ["secrets"],
    authenticates: Bool = false, layers: Set<Layer> = [.live, .history], required: RequiredProvider? = nil
  ) throws -> SnapshotReport {
    let configuration = try Self.configuration([(resources, providers)])
    return try report(operations, configuration, authenticates: authenticates, layers: layers, required: required)
  }

  private static func report(
    _ operations: [EtcdWriter.Operation], _ configuration: EncryptionConfiguration, authenticates: Bool = false,
    layers: Set<Layer> = [.live, .history], required: RequiredProvider? = nil, requiredResources: [ResourcePattern] = []
  ) throws -> SnapshotReport {
    let check = ConfigurationCheck(
      path: "c.yaml", configuration: configuration, required: requiredResources)
    var policy = Policy(resources: check.scope, layers: layers)
    policy.configuration = check
    policy.decryption = authenticates ? DecryptionRequest() : nil
    policy.requiredProvider = required
    let directory = try TemporaryDirectory()
    let path = try directory.file("backup.db", BoltWriter().image(EtcdWriter(.v36, operations).root).snapshot())
    return Verifier(policy: policy, keys: authenticates ? KeyRing(configuration) : nil).verify(path: path)
  }

  /// Puts of Secrets `s0`, `s1`, …, each sealed as `providers` say; of an empty one, plaintext.
  private static func puts(_ providers: [String]) -> [EtcdWriter.Operation] {
    providers.enumerated().map { number, provider in
      let parts = provider.split(separator: " ").map(String.init)
      let object = StoredSecret.plaintext(namespace: "default", name: "s\(number)")
      guard parts.count == 2, let kind = StoredSecret.Provider.allCases.first(where: { "\($0)" == parts[0] }) else {
        return .put(secretKey("s\(number)"), object)
      }
      return .put(secretKey("s\(number)"), StoredSecret.sealed(kind, parts[1], seed: UInt64(number + 1)))
    }
  }

  private static func keys(_ report: SnapshotReport, _ rule: Rule) -> [String] {
    report.findings.filter { $0.rule == rule }.compactMap(\.key).map { String($0.suffix(2)) }
  }

  @Test("Live values of a key that is not the first are stale, of one that is missing unreadable")
  func standings() throws {
    let report = try Self.report(
      Self.puts(["aescbc key1", "aescbc key2", "secretbox key1", "aesgcm other", "aescbc key1"]),
      ["aescbc key1", "aescbc key2", "secretbox key1", "identity"])
    #expect(Self.keys(report, .staleKey) == ["s1", "s2"])
    #expect(Self.keys(report, .keyNotInConfig) == ["s3"])
    #expect(report.resources[0].rotation == SnapshotReport.Rotation(writer: "aescbc:key1", written: 2, live: 5))
    #expect(
      report.encryption.map { [$0.inConfig, $0.isWriteKey] } == [
        [true, true], [true, false], [false, false], [true, false],
      ])
  }

  @Test("Of old revisions only what can't be read counts")
  func history() throws {
    let old = Self.puts(["aescbc key2"]) + [.put(secretKey("s9"), StoredSecret.sealed(.aescbc, "gone", seed: 9))]
    let new = [("s0", 21), ("s9", 22)].map { name, seed in
      EtcdWriter.Operation.put(secretKey(name), StoredSecret.sealed(.aescbc, "key1", seed: UInt64(seed)))
    }
    let report = try Self.report(old + new, ["aescbc key1", "aescbc key2"])
    #expect(report.findingCounts[.staleKey] == nil)
    #expect(report.findings.filter { $0.rule == .keyNotInConfig }.map(\.layer) == [.history])
    #expect(report.resources[0].rotation?.isComplete == true)
    let live = try Self.report(old + new, ["aescbc key1", "aescbc key2"], layers: [.live])
    #expect(live.findingCounts[.keyNotInConfig] == nil)
  }

  @Test("Plaintext that the file has no identity for is told apart")
  func noIdentity() throws {
    let values = Self.puts(["aescbc key1", ""])
    let without = try Self.report(values, ["aescbc key1"]).findings.first { $0.rule == .plaintextLive }
    #expect(without?.reason == "no-identity")
    let with = try Self.report(values, ["aescbc key1", "identity"]).findings.first { $0.rule == .plaintextLive }
    #expect(with != nil)
    #expect(with?.reason == nil)
  }

  @Test("Where the newest values have another key than the first, the file does not run")
  func notRunning() throws {
    func isNotRunning(_ values: [String], _ providers: [String]) throws -> Bool {
      try Self.report(Self.puts(values), providers).findingCounts[.configNotRunning] == 1
    }
    let both = ["aescbc key2", "aescbc key1", "identity"]
    #expect(try isNotRunning(["aescbc key1", "aescbc key1"], both))
    #expect(try isNotRunning(["aescbc key2", "aescbc key1", "aescbc key1"], both))
    #expect(try isNotRunning(["aescbc new", "aescbc new"], both))
    #expect(try isNotRunning(["", ""], both))
    #expect(try !isNotRunning(["aescbc key1", "aescbc key1", "aescbc key2"], both))
    // One value that somebody put there is no API server at work.
    #expect(try !isNotRunning(["aescbc key2", "aescbc key2", "aescbc key1"], both))
    #expect(try !isNotRunning(["", ""], ["identity", "aescbc key2"]))
    #expect(try isNotRunning(["aescbc key2", "aescbc key2"], ["identity", "aescbc key2"]))
  }

  @Test("Where identity comes first, the snapshot fails however it is encrypted now", arguments: [3, 1, 0])
  func identityFirst(encrypted: Int) throws {
    let values = (0..<3).map { $0 < encrypted ? "aescbc key1" : "" }
    let report = try Self.report(Self.puts(values), ["identity", "aescbc key1"])
    let found = report.findings.filter { $0.rule == .configIdentityFirst }
    #expect(found.map(\.severity) == [.critical])
    #expect(found.map(\.resource) == ["secrets"])
    #expect(report.verdict == .fail)
    let encrypting = try Self.report(Self.puts(values), ["aescbc key1", "identity"])
    #expect(encrypting.findingCounts[.configIdentityFirst] == nil)
    let without = try Self.report(Self.puts(values), ["identity"])
    #expect(without.findingCounts[.configIdentityFirst] == 1)
  }

  @Test("What a wildcard covers is in scope, what is exempt by its name is not, unless it is asked for")
  func scope() throws {
    let map = StoredSecret.object(apiVersion: "v1", kind: "ConfigMap", [])
    let values = Self.puts(["aescbc key1"]) + [.put("/registry/configmaps/default/m", map)]
    let configuration = try Self.configuration([(["configmaps"], ["identity"]), (["*."], ["aescbc key1"])])
    let exempt = try Self.report(values, configuration)
    #expect(exempt.resources.map(\.resource) == ["secrets"])
    #expect(exempt.findingCounts[.plaintextLive] == nil)
    #expect(exempt.findingCounts[.configIdentityFirst] == nil)
    let asked = try Self.report(
      values, configuration, requiredResources: [.resource(GroupResource("configmaps"))])
    #expect(asked.findingCounts[.plaintextLive] == 1)
    #expect(asked.findings.filter { $0.rule == .configIdentityFirst }.map(\.resource) == ["configmaps"])
    let nothing = try Self.report(values + Self.puts([""]), Self.configuration([(["configmaps"], ["identity"])]))
    #expect(nothing.resources.map(\.resource) == ["secrets"], "Secrets must be encrypted whatever the file covers")
  }

  @Test("Names with colons are those of the file, where it has them")
  func colonNames() throws {
    let report = try Self.report(Self.puts(["aesgcm a:b", "aesgcm a:c"]), ["aesgcm a:b", "aesgcm a"])
    #expect(report.encryption.filter { $0.live > 0 }.map(\.name).sorted() == ["a", "a:b"])
  }

  @Test("Every live value must be the required provider's")
  func requiredProvider() throws {
    func findings(_ required: RequiredProvider) throws -> [Finding] {
      try Self.report(
        Self.puts(["aescbc key1", "aescbc key2", "secretbox key1"]), ["aescbc key1", "identity"], required: required
      ).findings.filter { $0.reason == "not-the-required-provider" }
    }
    #expect(try findings(RequiredProvider(.aescbc)).map(\.provider) == ["secretbox"])
    #expect(try findings(RequiredProvider(.aescbc, name: "key1")).count == 2)
    #expect(try findings(RequiredProvider(.kmsv2)).allSatisfy { $0.severity == .high && $0.resource == "secrets" })
    #expect(RequiredProvider("aescbc:a:b") == RequiredProvider(.aescbc, name: "a:b"))
    for text in ["", "kms", "aescbc:", ":x"] { #expect(RequiredProvider(text) == nil) }
  }

  @Test("Two writes with one nonce are found without keys, with copies of them")
  func nonceReuse() throws {
    let nonce = [UInt8](repeating: 7, count: 16)
    let reused = [1, 2].map { seed in
      EtcdWriter.Operation.put(
        secretKey("r\(seed)"), StoredSecret.sealed(.aesgcm, "key1", seed: UInt64(seed), nonce: nonce))
    }
    let copied = ["c1", "c2"].map {
      EtcdWriter.Operation.put(secretKey($0), StoredSecret.sealed(.aesgcm, "key1", seed: 5))
    }
    let found = try SnapshotVerificationTests.report(on: Self.puts(["aesgcm key1"]) + reused + copied)
    #expect(Self.keys(found, .nonceReuse) == ["r1", "r2"])
    #expect(found.findings.first?.severity == .critical)
  }

  @Test("Values are decrypted only when that is asked for, and judged in both layers")
  func authentication() throws {
    func sealed(_ name: String, at path: String, nonce: UInt8) -> [UInt8] {
      Array("k8s:enc:aesgcm:v1:key1:".utf8)
        + Sealing.gcm(
          StoredSecret.plaintext(namespace: "default", name: name), key: Self.key,
          nonce: [UInt8](repeating: nonce, count: 12), authenticating: Array(path.utf8))
    }
    var altered = sealed("s3", at: secretKey("s3"), nonce: 3)
    altered[60] ^= 1
    let operations: [EtcdWriter.Operation] = [
      .put(secretKey("s1"), sealed("s1", at: secretKey("s1"), nonce: 1)),
      .put(secretKey("s2"), sealed("s9", at: secretKey("s9"), nonce: 2)),
      .put(secretKey("s3"), altered),
      .put(secretKey("s3"), sealed("s3", at: secretKey("s3"), nonce: 4)),
      .put(secretKey("s5"), StoredSecret.sealed(.aesgcm, "key1", seed: 5)),
      .put(secretKey("s6"), sealed("s6", at: "/registry/secrets/default/s1", nonce: 6)),
    ]
    let unasked = try Self.report(operations, ["aesgcm key1"])
    #expect(unasked.findingCounts[.authenticationFailed] == nil)
    #expect(unasked.encryption.allSatisfy { $0.authenticated == nil })
    let report = try Self.report(operations, ["aesgcm key1"], authenticates: true)
    #expect(report.encryption.map(\.authenticated) == [2])
    let failures = report.findings.filter { $0.rule == .authenticationFailed }
    #expect(
      failures.map { "\($0.layer?.rawValue ?? "") \($0.reason ?? "")" } == [
        "live wrong-key-or-altered", "history altered",
      ])
    let moved = report.findings.filter { $0.rule == .valueMoved }
    #expect(moved.count == 2)
    // What an object names is told where the store has a row of that key: a decrypted name is not.
    #expect(moved.compactMap { $0.movedFrom?.description } == [secretKey("s1")])
    #expect(report.verdict == .fail)
  }
}
