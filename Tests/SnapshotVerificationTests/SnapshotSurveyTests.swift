import ConfigurationAudit
import EncryptionConfig
import KubernetesStorage
import TestSupport
import Testing
import VerificationModel

@Suite("What a snapshot tells of a configuration")
struct SnapshotSurveyTests {
  private static func configuration(keyNames: [String] = ["key1"]) throws -> EncryptionConfiguration {
    let keys = keyNames.enumerated().map { number, name in
      "{name: '\(name)', secret: pX2sQ9vB7nL4mR1tK8wZ\(number)A==}"
    }
    var text = Array(
      """
      apiVersion: apiserver.config.k8s.io/v1
      kind: EncryptionConfiguration
      resources:
      - resources: [secrets]
        providers:
        - aesgcm: {keys: [\(keys.joined(separator: ", "))]}
        - identity: {}
      """.utf8)
    return try EncryptionConfiguration(wiping: &text)
  }

  private static func survey(
    _ operations: [EtcdWriter.Operation], keyNames: [String] = ["key1"], isStream: Bool = false
  ) async throws -> SnapshotSurvey {
    let directory = try TemporaryDirectory()
    let file = try BoltWriter().image(EtcdWriter(.v36, operations).root).snapshot()
    var path = try directory.file("backup.db", file)
    if isStream {
      let gzip = try await ChildProcess(["gzip", path], in: directory.path)
      try #require(gzip.status == 0, "\(gzip.errors)")
      path += ".gz"
    }
    let survey = SnapshotSurvey(of: path, for: try configuration(keyNames: keyNames))
    #expect(survey.errors == [] && survey.isComplete)
    return survey
  }

  @Test("The figures are those of an inspection", arguments: SnapshotFixture.all)
  func figures(fixture: SnapshotFixture) throws {
    let survey = SnapshotSurvey(of: try fixture.path(), for: try Self.configuration())
    let inspection = try FixtureInspection.of(fixture)
    #expect(survey.errors == inspection.errors)
    var plaintext: [String: [Int]] = [:]
    for usage in inspection.resources where usage.kind == .resource && usage.prefix != nil {
      let sum = plaintext[usage.resource] ?? [0, 0]
      plaintext[usage.resource] = [sum[0] + usage.live.plaintext, sum[1] + usage.history.plaintext]
    }
    let found = survey.facts.resources.map {
      ($0.key.description, [$0.value.plaintext.live, $0.value.plaintext.history])
    }
    #expect(
      Dictionary(uniqueKeysWithValues: found).filter { $0.value != [0, 0] } == plaintext.filter { $0.value != [0, 0] })
    var keys: [KeyReference: [Int]] = [:]
    for key in inspection.encryption {
      let sum = keys[KeyReference(provider: key.provider, name: key.name)] ?? [0, 0]
      keys[KeyReference(provider: key.provider, name: key.name)] = [sum[0] + key.live, sum[1] + key.history]
    }
    var uses: [KeyReference: [Int]] = [:]
    for (key, use) in survey.facts.resources.values.flatMap(\.keys) {
      let sum = uses[key] ?? [0, 0]
      uses[key] = [sum[0] + use.live, sum[1] + use.history]
    }
    #expect(uses == keys)
  }

  @Test("Newest revisions and writes", arguments: [false, true])
  func revisions(isStream: Bool) async throws {
    let facts = try await Self.survey(
      [
        .put(secretKey("a"), StoredSecret.sealed(.aesgcm, "key1", seed: 1)),
        .put(secretKey("b"), StoredSecret.plaintext()),
        .put(secretKey("a"), StoredSecret.sealed(.aesgcm, "key1", seed: 2)),
        .put(secretKey("c"), StoredSecret.sealed(.aesgcm, "key2", seed: 3)), .delete(secretKey("c")),
      ], isStream: isStream
    ).facts
    let values = try #require(facts.resources[.secrets])
    #expect(values.plaintext == SnapshotFacts.Use(live: 1, newestRevision: 3, writes: 1))
    #expect(
      values.keys == [
        KeyReference(provider: .aesgcm, name: "key1"):
          SnapshotFacts.Use(live: 1, history: 1, newestRevision: 4, writes: 2),
        KeyReference(provider: .aesgcm, name: "key2"): SnapshotFacts.Use(history: 1, newestRevision: 5),
      ])
  }

  @Test("A name with colons is that of the configuration, however few values have it")
  func namesWithColons() async throws {
    let name = "team:prod"
    let value = StoredSecret.sealed(.aesgcm, name, seed: 1)
    let known = try await Self.survey([.put(secretKey("a"), value)], keyNames: ["team", name])
    #expect(known.facts.resources[.secrets]?.keys.keys.map(\.name) == [name])
    let unknown = try await Self.survey([.put(secretKey("a"), value)])
    #expect(unknown.facts.resources[.secrets]?.keys.keys.map(\.name) == ["team"])
  }

  @Test("API servers that still run are listed with their release and their file", arguments: [false, true])
  func servers(isStream: Bool) async throws {
    var operations = (0..<400).map {
      EtcdWriter.Operation.put(secretKey("s\($0)"), StoredSecret.sealed(.aesgcm, "key1", seed: UInt64($0)))
    }
    operations += [
      .put(Self.podKey("b"), Self.pod("b", tag: "v1.30.1", "--encryption-provider-config=/etc/old.yaml")),
      .put(Self.podKey("a"), Self.pod("a", tag: "v1.31.2")),
      .put(Self.podKey("b"), Self.pod("b", tag: "v1.31.2", "--encryption-provider-config=/etc/enc.yaml")),
      .put(Self.podKey("c"), Self.pod("c", tag: "v1.31.2")), .delete(Self.podKey("c")),
    ]
    let facts = try await Self.survey(operations, isStream: isStream).facts
    #expect(
      facts.servers == [
        SnapshotFacts.Server(
          name: "kube-apiserver-a", configurationPath: nil, version: KubernetesVersion(1, 31)),
        SnapshotFacts.Server(
          name: "kube-apiserver-b", configurationPath: "/etc/enc.yaml", version: KubernetesVersion(1, 31)),
      ])
  }

  @Test("Custom resources are those defined, unless definitions can't be read")
  func customResources() async throws {
    let key = "/registry/apiextensions.k8s.io/customresourcedefinitions/widgets.acme.io"
    let definition = """
      {"kind":"CustomResourceDefinition","apiVersion":"apiextensions.k8s.io/v1","metadata":{"name":"widgets.acme.io"},\
      "spec":{"group":"acme.io","names":{"plural":"widgets","kind":"Widget"},"scope":"Namespaced"}}
      """
    let secret = EtcdWriter.Operation.put(secretKey("a"), StoredSecret.plaintext())
    #expect(try await Self.survey([secret]).facts.customResources == [])
    let readable = try await Self.survey([secret, .put(key, Array(definition.utf8))])
    #expect(readable.facts.customResources == [GroupResource("widgets", group: "acme.io")])
    let sealed = try await Self.survey([secret, .put(key, StoredSecret.sealed(.aesgcm, "key1"))])
    #expect(sealed.facts.customResources == nil)
  }

  @Test("Keys in the clear are counted")
  func keysBesideData() async throws {
    let text = """
      {"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a"},"data":{"enc.yaml":"kind: EncryptionConfiguration\\n\
      resources:\\n- resources: [secrets]\\n  providers:\\n  - aescbc:\\n      keys:\\n      - name: key1\\n        secret: \
      7C5mB0SyP0cX3tdN0Qb1F4j8r9mYgqv5y3b1k2T7m2I=\\n"}}
      """
    let survey = try await Self.survey([
      .put(secretKey("a"), StoredSecret.plaintext()), .put("/registry/configmaps/default/a", Array(text.utf8)),
    ])
    #expect(survey.facts.valuesWithKeys == 1)
  }

  @Test("What is no one snapshot is an error")
  func noSnapshot() throws {
    let directory = try TemporaryDirectory()
    let configuration = try Self.configuration()
    func codes(_ input: String) -> [String] { SnapshotSurvey(of: input, for: configuration).errors.map(\.code) }
    #expect(codes("\(directory.path)/missing.db") == ["not-found"])
    #expect(codes(directory.path) == ["empty-directory"])
    #expect(codes(try directory.file("a.db", Array("no snapshot".utf8))) == ["not-a-snapshot"])
    try directory.file("b.db", [1])
    #expect(codes(directory.path) == ["several-files"])
    var altered = try BoltWriter().image(EtcdWriter(.v36, [.put(secretKey("a"), StoredSecret.plaintext())]).root)
      .snapshot()
    altered[altered.count - 1] ^= 1
    #expect(codes(try directory.file("c.db", altered)) == ["hash-mismatch"])
  }

  private static func podKey(_ node: String) -> String { "/registry/pods/kube-system/kube-apiserver-\(node)" }

  private static func pod(_ node: String, tag: String, _ flags: String...) -> [UInt8] {
    let command = (["kube-apiserver"] + flags).map { "\"\($0)\"" }.joined(separator: ",")
    let text = """
      {"kind":"Pod","apiVersion":"v1","metadata":{"name":"kube-apiserver-\(node)","namespace":"kube-system"},\
      "spec":{"nodeName":"\(node)","containers":[{"name":"kube-apiserver",\
      "image":"registry.k8s.io/kube-apiserver:\(tag)","command":[\(command)]}]}}
      """
    return Array(text.utf8)
  }
}
