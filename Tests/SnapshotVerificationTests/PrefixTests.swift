import KubernetesStorage
import TestSupport
import Testing
import VerificationModel

@Suite("Secrets are found under whatever etcd prefix they lie")
struct PrefixTests {
  private static let sealed = StoredSecret.sealed(.secretbox, "key1")
  private static let plain = StoredSecret.plaintext()
  private static let configMap = StoredSecret.object(apiVersion: "v1", kind: "ConfigMap", [])

  /// Two Secrets under `prefix`, one of them plaintext, beside what else lies there.
  private static func cluster(_ prefix: String) -> [EtcdWriter.Operation] {
    [
      .put("\(prefix)/namespaces/kube-system", StoredSecret.object(apiVersion: "v1", kind: "Namespace", [])),
      .put("\(prefix)/configmaps/default/secrets", configMap), .put("\(prefix)/secrets/default/a", sealed),
      .put("\(prefix)/secrets/kube-system/b", plain),
    ]
  }

  private static let prefixes = ["/registry", "/kubernetes.io", "/clusters/blue/registry", "/k0s", "/tenant.example"]

  @Test("The prefix is found from the keys", arguments: prefixes)
  func found(prefix: String) throws {
    let report = try report(on: Self.cluster(prefix))
    #expect(report.prefixes.map(\.description) == [prefix])
    #expect(report.resources.map(\.prefix.description) == [prefix])
    #expect(report.live == ClassCounts(plaintext: 1, encrypted: 1))
    #expect(report.findings.map(\.key) == ["\(prefix)/secrets/kube-system/b"])
    #expect(report.findings.map(\.subject?.names?.namespace) == ["kube-system"])
    #expect(report.findings.map(\.subject?.names?.name) == ["b"])
    #expect(report.verdict == .fail)
  }

  @Test("The prefix given is the only one looked under", arguments: prefixes + ["/"])
  func given(prefix: String) throws {
    let path = prefix == "/" ? "" : prefix
    let others = Self.cluster("/other") + Self.cluster("\(path)/deeper") + Self.cluster("\(path)x")
    let report = try report(on: Self.cluster(path) + others, Policy.rows(etcdPrefix: EtcdPrefix(prefix)))
    #expect(report.prefixes.map(\.description) == [prefix])
    #expect(report.resources.map(\.prefix.description) == [prefix])
    #expect(report.live == ClassCounts(plaintext: 1, encrypted: 1))
    #expect(report.findings.map(\.key) == ["\(path)/secrets/kube-system/b"])
  }

  @Test(
    "A prefix is understood as the API server does",
    arguments: ["/clusters/blue", "clusters/blue", "/clusters/blue/", "//clusters/./blue//"])
  func spelling(text: String) throws {
    let report = try report(on: Self.cluster("/clusters/blue"), Policy.rows(etcdPrefix: EtcdPrefix(text)))
    #expect(report.prefixes.map(\.description) == ["/clusters/blue"])
    #expect(report.live.total == 2)
  }

  @Test("A prefix under which nothing lies is nothing in scope")
  func wrongPrefix() throws {
    let report = try report(on: Self.cluster("/registry"), Policy.rows(etcdPrefix: EtcdPrefix("/kubernetes.io")))
    #expect(report.rules == [.nothingInScope])
    #expect(report.findings.first?.message.contains("/kubernetes.io, but the snapshot uses /registry") == true)
    #expect(report.verdict == .fail)
  }

  @Test("Several prefixes in one file are told apart")
  func several() throws {
    let clusters = ["/registry", "/clusters/blue", "/clusters/green", "/kubernetes.io"]
    let report = try report(on: clusters.flatMap(Self.cluster))
    #expect(report.prefixes.map(\.description) == clusters.sorted())
    #expect(report.resources.map(\.prefix.description) == clusters.sorted())
    for resource in report.resources { #expect(resource.live == ClassCounts(plaintext: 1, encrypted: 1)) }
    #expect(report.findings.map(\.key) == clusters.sorted().map { "\($0)/secrets/kube-system/b" })
    #expect(report.encryption.map(\.live) == [4])
    #expect(report.etcd?.liveKeysInScope == 8)
  }

  @Test(
    "What only looks like a Secret is not in scope",
    arguments: [
      "/registry/secretsx/kube-system/foo", "/registry/acme.io/secrets/default/a",
      "/registry/secrets.acme.io/sealedthings/default/a", "/registry/secrets", "/registry/secrets/",
      "/registry/configmaps/secrets/a", "/registry/configmaps/default/secrets", "/registry/pods/secrets/web-1",
      "/registry/services/specs/secrets/web", "/registry/Secrets/default/a", "/registrysecrets/default/a",
      "/registry/leases/kube-system/secrets/x", "registry/secrets/default/a", "/registry//secrets/default/a",
      "/registry/events/secrets/a.17f",
    ])
  func traps(key: String) throws {
    let report = try report(on: Self.cluster("/registry") + [.put(key, Self.plain)])
    #expect(report.prefixes.map(\.description) == ["/registry"])
    #expect(report.live == ClassCounts(plaintext: 1, encrypted: 1))
    #expect(report.rules == [.plaintextLive, .misplacedObject], "a Secret in the clear is told of all the same")
  }

  @Test(
    "Odd paths below the directory of Secrets are in scope",
    arguments: [
      ("/registry/secrets/secrets/a", "secrets", "a"), ("/registry/secrets/kube-system/a/b", "kube-system", "a/b"),
      ("/registry/secrets/lonely", nil, "lonely"), ("/registry/secrets/secrets/secrets", "secrets", "secrets"),
      ("/registry/secrets/a/secrets/b/c", "a", "secrets/b/c"), ("/registry/secrets/%/\u{1B}[2J", "%", "\u{1B}[2J"),
    ] as [(String, String?, String)])
  func oddPaths(key: String, namespace: String?, name: String) throws {
    let report = try report(on: [.put(secretKey("a"), Self.sealed), .put(key, Self.plain)])
    #expect(report.live == ClassCounts(plaintext: 1, encrypted: 1), "each row counts once")
    #expect(report.resources.count == 1)
    let names = try #require(report.findings.first?.subject?.names)
    #expect(names.key?.bytes == Array(key.utf8))
    #expect(names.namespace == namespace)
    #expect(names.name == name)
  }

  @Test(
    "What nobody knows is told of where a directory is named like that of Secrets",
    arguments: [
      "/registry//secrets/default/a", "/registry/core/secrets/default/a", "/registry/secrets/",
      "/elsewhere/secrets/x/y",
    ])
  func strays(key: String) throws {
    let value = Array("db password: correct horse".utf8)
    let stray = try report(on: Self.cluster("/registry") + [.put(key, value)])
    let finding = try #require(stray.findings.first { $0.rule == .unrecognizedValue })
    #expect(finding.severity == .low)
    #expect(finding.key == key)
    #expect(stray.live == ClassCounts(plaintext: 1, encrypted: 1))
    let deleted = try report(on: Self.cluster("/registry") + [.put(key, value), .delete(key)])
    #expect(deleted.findings.allSatisfy { $0.rule != .unrecognizedValue || $0.layer == .history })
    // Nobody but an API server writes an envelope: where the key can be one of its, that is in scope.
    let broken = try report(on: Self.cluster("/registry") + [.put(key, "k8s:enc:aesgcm:v1:key1:short")])
    let canBeServers = !key.contains("//") && !key.hasSuffix("/")
    #expect(broken.findings.first { $0.rule == .malformedEnvelope }?.severity == (canBeServers ? .high : .low))
    let known = try report(on: Self.cluster("/registry") + [.put(key, #"{"id":"1"}"#), .put("/elsewhere/x", "text")])
    #expect(known.findings.allSatisfy { $0.rule != .unrecognizedValue })
  }

  @Test("Keys with the name of a cluster before the namespace make a prefix, as kcp writes them")
  func clusterInKey() throws {
    let keys = ["a", "b", "c"].map { "/registry/core/secrets/root:ws/default/\($0)" }
    let other = "/registry/core/configmaps/root:ws/default/c"
    let report = try report(
      on: [.put(keys[0], Self.plain), .put(keys[1], Self.sealed), .put(keys[2], Self.sealed)]
        + [.put(other, StoredSecret.object(apiVersion: "v1", kind: "ConfigMap", []))])
    #expect(report.prefixes.map(\.description) == ["/registry/core"])
    #expect(report.live == ClassCounts(plaintext: 1, encrypted: 2))
    #expect(report.rules == [.plaintextLive])
  }

  @Test("A namespace called secrets brings no prefix of its own")
  func namespaceCalledSecrets() throws {
    let resources = ["configmaps", "leases", "pods", "rolebindings", "services/specs", "acme.io/widgets", "events"]
    let report = try report(
      on: Self.cluster("/registry") + resources.map { .put("/registry/\($0)/secrets/x", Self.configMap) }
        + [.put("/registry/secrets/secrets/x", Self.sealed)])
    #expect(report.resources.map(\.prefix.description) == ["/registry"])
    #expect(report.live == ClassCounts(plaintext: 1, encrypted: 2))
  }

  @Test("More prefixes than are kept are an error, unless the right one is given")
  func tooManyPrefixes() throws {
    let flood = (0..<200).flatMap { Self.cluster("/tenant-\($0)").suffix(2) }
    let found = try report(on: flood)
    #expect(found.errorCodes.contains("too-many-prefixes"))
    #expect(found.verdict == .error)
    let given = try report(on: flood, Policy.rows(etcdPrefix: EtcdPrefix("/tenant-150")))
    #expect(given.errorCodes == [])
    #expect(given.live == ClassCounts(plaintext: 1, encrypted: 1))
  }
}
