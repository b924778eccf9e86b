import Foundation
import KubernetesStorage
import TestSupport
import Testing
import VerificationModel

@Suite("What is in scope is what the policy names")
struct ResourceTests {
  private static let sealed = StoredSecret.sealed(.aescbc, "key1")
  private static let secret = StoredSecret.plaintext()
  private static let configMap = StoredSecret.object(apiVersion: "v1", kind: "ConfigMap", [])
  private static let namespace = EtcdWriter.Operation.put(
    "/registry/namespaces/default", StoredSecret.object(apiVersion: "v1", kind: "Namespace", []))

  private static func policy(_ patterns: String..., prefix: String? = nil) throws -> Policy {
    Policy.rows(
      resources: try patterns.map { try ResourcePattern($0) }, etcdPrefix: prefix.map { EtcdPrefix($0) },
      allowEmpty: true)
  }

  private static func widget(_ name: String) -> [UInt8] {
    Array(
      #"{"apiVersion":"lab.example.com/v1","kind":"Widget","metadata":{"name":"\#(name)","namespace":"default"}}"#.utf8)
  }

  @Test("Values of several resources are counted and judged each for itself")
  func severalResources() throws {
    let report = try report(
      on: [
        Self.namespace, .put("/registry/secrets/default/a", Self.sealed),
        .put("/registry/configmaps/default/b", Self.configMap),
        .put("/registry/lab.example.com/widgets/default/c", Self.widget("c")),
        .put("/registry/lab.example.com/widgets/default/d", Self.sealed), .put("/registry/pods/default/e", "x"),
      ], Self.policy("secrets", "configmaps", "widgets.lab.example.com"))
    #expect(report.resources.map(\.resource) == ["configmaps", "secrets", "widgets.lab.example.com"])
    #expect(
      report.resources.map(\.live) == [
        ClassCounts(plaintext: 1), ClassCounts(encrypted: 1), ClassCounts(plaintext: 1, encrypted: 1),
      ])
    let plaintext = report.findings.filter { $0.rule == .plaintextLive }
    #expect(plaintext.map(\.resource) == ["configmaps", "widgets.lab.example.com"])
    #expect(plaintext.map(\.subject?.names?.name) == ["b", "c"])
    #expect(plaintext.map(\.encoding) == [.protobuf, .json])
    let weak = report.findings.filter { $0.rule == .weakProvider }
    #expect(weak.map(\.resource) == [nil])
    #expect(weak.allSatisfy { $0.message.hasPrefix("2 live values of 2 resources use aescbc") })
  }

  @Test(
    "The prefix is found for every scope, in whatever order rows come",
    arguments: ["*.*", "*.", "configmaps", "*.lab.example.com"])
  func customPrefix(pattern: String) throws {
    let rows: [EtcdWriter.Operation] = [
      .put("/q/lab.example.com/widgets/default/c", Self.widget("c")), .put("/q/configmaps/default/b", Self.configMap),
      .put("/q/futures/default/x", Self.sealed),
      .put("/q/namespaces/default", StoredSecret.object(apiVersion: "v1", kind: "Namespace", [])),
    ]
    let reports = try [rows, rows.reversed()].map { try report(on: $0, Self.policy(pattern)) }
    let expected = [
      "*.*": ["configmaps", "futures", "namespaces", "widgets.lab.example.com"], "*.": ["configmaps", "namespaces"],
      "configmaps": ["configmaps"], "*.lab.example.com": ["widgets.lab.example.com"],
    ]
    for report in reports {
      #expect(report.resources.map(\.resource) == expected[pattern])
      #expect(report.prefixes.map(\.description) == ["/q"])
      #expect(report.errors == [])
    }
  }

  @Test("The API server's own records are never in scope")
  func internalRecords() throws {
    let endpoints = StoredSecret.object(apiVersion: "v1", kind: "Endpoints", [])
    let report = try report(
      on: [
        Self.namespace, .put("/registry/ranges/serviceips", Self.secret.dropFirst(4) + []),
        .put("/registry/masterleases/10.0.0.1", endpoints), .put("/registry/peerserverleases/apiserver-1", endpoints),
        .put("compact_rev_key", "7"), .put("/calico/ipam/v2", "{}"),
      ], Self.policy("*.*"))
    #expect(report.resources.map(\.resource) == ["namespaces"])
    #expect(report.findings.allSatisfy { $0.resource == "namespaces" })
  }

  @Test("OpenShift's API servers have directories of their own")
  func openShift() throws {
    let route = Array(
      #"{"kind":"Route","apiVersion":"route.openshift.io/v1","metadata":{"name":"r","namespace":"web"}}"#.utf8)
    let report = try report(
      on: [
        .put("/kubernetes.io/namespaces/default", StoredSecret.object(apiVersion: "v1", kind: "Namespace", [])),
        .put("/kubernetes.io/secrets/default/a", Self.sealed), .put("/openshift.io/routes/web/r", route),
        .put("/openshift.io/oauth/accesstokens/sha256~x", Self.sealed),
        .put("/kubernetes.io/routes/web/no", route), .put("/openshift.io/images/i", "{}"),
      ], Policy.rows(resources: ResourcePattern.openShift))
    #expect(
      report.resources.map { "\($0.prefix) \($0.resource) \($0.live.total)" } == [
        "/kubernetes.io configmaps 0", "/kubernetes.io secrets 1",
        "/openshift.io oauthaccesstokens.oauth.openshift.io 1",
        "/openshift.io oauthauthorizetokens.oauth.openshift.io 0", "/openshift.io routes.route.openshift.io 1",
      ])
    let plaintext = report.findings.filter { $0.rule == .plaintextLive }
    #expect(plaintext.map(\.key) == ["/openshift.io/routes/web/r"])
  }

  // MARK: Misplaced objects

  @Test(
    "A Secret in the clear under another path is found",
    arguments: [
      ("/registry/configmaps/default/innocent", "under configmaps"),
      ("/registry/acme.io/secrets/default/a", "under secrets.acme.io"),
      ("/registry/whatever/default/a", "under whatever"), ("/registry/ranges/serviceips", "under ranges"),
      ("/elsewhere", "below no prefix"), ("plain", "below no prefix"),
    ])
  func misplacedSecret(key: String, place: String) throws {
    for value in [StoredSecret.plaintext(namespace: "team-a", name: "db"), StoredSecret.json] {
      let report = try report(
        on: [Self.namespace, .put("/registry/secrets/default/a", Self.sealed), .put(key, value)])
      let finding = try #require(report.findings.first { $0.rule == .misplacedObject })
      #expect(report.live == ClassCounts(encrypted: 1), "it counts under no resource")
      #expect(finding.key == key)
      #expect(finding.resource == "secrets")
      #expect(finding.layer == .live)
      #expect(finding.severity == .high)
      #expect(finding.message.contains(place))
      #expect(finding.subject?.names?.name == "db")
      #expect(finding.subject?.names?.secret != nil)
      #expect(report.verdict == .fail)
    }
  }

  private static let yaml = Array("apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n  namespace: team-a\n".utf8)

  /// A Secret in forms that only a reader understands.
  private static let wrapped: [[UInt8]] = {
    let secret = StoredSecret.plaintext(namespace: "team-a", name: "db")
    let json = StoredSecret.json
    let directive = Array("%YAML 1.2\n%TAG ! tag:x,2000:\n---\n".utf8) + yaml
    let windows = Array(String(decoding: yaml, as: UTF8.self).replacingOccurrences(of: "\n", with: "\r\n").utf8)
    let bom: [UInt8] = [0xEF, 0xBB, 0xBF]
    var wrapped: [[UInt8]] = []
    for text: [UInt8] in [json, yaml] {
      wrapped.append(Wrapping.wide(text))
      wrapped.append(Wrapping.wide(text, bigEndian: true))
      wrapped.append(Wrapping.wide(text, bytes: 4))
      wrapped.append(Wrapping.wide(text, bytes: 4, bigEndian: true))
      wrapped.append([0xFF, 0xFE, 0, 0] + Wrapping.wide(text, bytes: 4))
      wrapped.append(Wrapping.hex(text))
      wrapped.append(Wrapping.hex(bom + text, uppercase: true))
      wrapped.append(Wrapping.base64(text, line: 76))
      wrapped.append(Wrapping.base64(Wrapping.wide(text)))
      wrapped.append(Wrapping.wide(Wrapping.base64(text)))
      wrapped.append(Wrapping.base64(Wrapping.base64(text)))
      wrapped.append(Wrapping.hex(Wrapping.base64(text)))
    }
    for text: [UInt8] in [directive, bom + directive, windows, bom + windows] { wrapped.append(text) }
    for text: [UInt8] in [directive, secret] {
      wrapped.append(Wrapping.base64(text, line: 76))
      wrapped.append(Wrapping.wide(Wrapping.base64(text)))
      wrapped.append(Wrapping.base64(Wrapping.base64(text)))
      wrapped.append(Wrapping.hex(text, uppercase: true, line: 60))
    }
    wrapped.append(Array("0x".utf8) + Wrapping.hex(secret))
    wrapped.append(Array("\\x".utf8) + Wrapping.hex(json))
    wrapped.append([0x0A] + Wrapping.hex(json))
    return wrapped
  }()

  @Test("A Secret in the clear is one in whatever text it is wrapped", arguments: wrapped.indices)
  func wrappedSecret(number: Int) throws {
    let value = Self.wrapped[number]
    for forged in [value, Array("k8s:enc:secretbox:v1:key1:".utf8) + value] {
      let other = try report(
        on: [
          Self.namespace, .put("/registry/secrets/default/a", Self.sealed), .put("/registry/pods/default/b", forged),
          .put("/registry/pods/default/b", Self.sealed),
        ])
      let finding = try #require(other.findings.first { $0.rule == .misplacedObject })
      #expect(finding.layer == .history)
      #expect(forged != value || finding.subject?.names?.name == "db")
      let inPlace = try report(on: [Self.namespace, .put("/registry/secrets/team-a/db", forged)])
      #expect(inPlace.rules.contains(.plaintextLive))
    }
  }

  @Test("So is one that hides behind a forged envelope, a byte-order mark or other bytes, or in UTF-16 or base64")
  func hiddenSecret() throws {
    let secret = StoredSecret.plaintext(namespace: "team-a", name: "db")
    var random = SeededGenerator(seed: 71)
    let text = String(decoding: StoredSecret.json, as: UTF8.self)
    let yaml = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n  namespace: team-a\n"
    let wide = text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let hidden: [[UInt8]] = [
      Array("k8s:enc:aescbc:v1:key1:".utf8) + random.bytes(16) + secret,
      Array("k8s:enc:secretbox:v1:key1:".utf8) + random.bytes(1000) + secret + random.bytes(400),
      Array("k8s:enc:rot13:v1:key1:".utf8) + secret, Array("k8s:enc:".utf8) + secret,
      Array("k8s:enc:aesgcm:v1:key1:".utf8) + random.bytes(12) + StoredSecret.json,
      [0xEF, 0xBB, 0xBF] + StoredSecret.json, [0xEF, 0xBB, 0xBF] + Array(yaml.utf8), [0] + secret,
      [0x20, 0x0A] + secret,
      random.bytes(40) + secret, Array("k8s:enc:secretbox:v1:key1:".utf8) + random.bytes(300) + wide,
      [0xFF, 0xFE] + wide, [0xFE, 0xFF, 0] + wide.dropLast(),
      Array(Data(StoredSecret.json).base64EncodedString().utf8), Array(Data(yaml.utf8).base64EncodedString().utf8),
      Array(Data(secret).base64EncodedString().utf8),
    ]
    for value in hidden {
      let report = try report(
        on: [
          Self.namespace, .put("/registry/secrets/default/a", Self.sealed), .put("/registry/pods/default/b", value),
          .put("/registry/pods/default/c", StoredSecret.sealed(.aescbc, "key1")),
        ])
      let finding = try #require(report.findings.first { $0.rule == .misplacedObject }, "\(value.prefix(30))")
      #expect(finding.key == "/registry/pods/default/b")
      #expect(finding.valueClass == .plaintext)
      #expect(finding.subject?.names?.name == "db")
      #expect(report.findingCounts[.misplacedObject] == 1)
      #expect(report.verdict == .fail)
      let inPlace = try SnapshotVerificationTests.report(
        on: [Self.namespace, .put("/registry/secrets/team-a/db", value)])
      #expect(inPlace.rules.contains(.plaintextLive), "\(value.prefix(30))")
    }
  }

  @Test("What talks of Secrets, or hides another object, is none")
  func noHiddenSecret() throws {
    var random = SeededGenerator(seed: 72)
    let pod = StoredSecret.object(apiVersion: "v1", kind: "Pod", [])
    let others: [[UInt8]] = [
      Array("k8s:enc:aescbc:v1:key1:".utf8) + random.bytes(16) + pod, [0xEF, 0xBB, 0xBF] + pod,
      Array("How to write one: kind: Secret, apiVersion: v1.".utf8), random.bytes(4000), random.bytes(20),
      Array(#"{"manifest":"{\"kind\":\"Secret\",\"apiVersion\":\"v1\"}"}"#.utf8), [],
    ]
    for value in others {
      let report = try report(
        on: [Self.namespace, .put("/registry/secrets/default/a", Self.sealed), .put("/registry/pods/default/b", value)])
      #expect(report.findingCounts[.misplacedObject] == nil)
    }
  }

  @Test("An old revision of a misplaced Secret is told as such")
  func misplacedHistory() throws {
    let key = "/registry/configmaps/default/innocent"
    let operations: [EtcdWriter.Operation] = [
      Self.namespace, .put("/registry/secrets/default/a", Self.sealed), .put(key, Self.secret),
      .put(key, Self.configMap),
    ]
    #expect(try report(on: operations).findings.first { $0.rule == .misplacedObject }?.layer == .history)
    #expect(try report(on: operations, Policy.rows(layers: [.live])).findingCounts[.misplacedObject] == nil)
  }

  @Test("In scope or not, an object of another resource is misplaced")
  func misplacedAmongResourcesInScope() throws {
    let report = try report(
      on: [
        Self.namespace, .put("/registry/configmaps/default/b", Self.secret),
        .put("/registry/secrets/default/a", Self.configMap),
      ],
      Self.policy("secrets", "configmaps"))
    #expect(report.findingCounts[.misplacedObject] == 2)
    #expect(report.findingCounts[.plaintextLive] == 2)
  }

  @Test("What is merely named Secret is none")
  func namesakes() throws {
    let report = try report(
      on: [
        Self.namespace, .put("/registry/secrets/default/a", Self.sealed),
        .put(
          "/registry/acme.io/secrets/default/b", #"{"apiVersion":"acme.io/v1","kind":"Secret","metadata":{"name":"b"}}"#
        ),
        .put("/registry/events/default/c", StoredSecret.object(apiVersion: "v1", kind: "Event", [])),
        .put("/registry/configmaps/default/d", Self.configMap),
      ])
    #expect(report.findingCounts[.misplacedObject] == nil)
  }

  // MARK: Keys beside data

  private static let configuration = """
    apiVersion: apiserver.config.k8s.io/v1
    kind: EncryptionConfiguration
    resources:
      - resources: [secrets]
        providers:
          - aescbc:
              keys:
                - name: key1
                  secret: AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=
    """

  private static func configMap(_ text: String) -> [UInt8] {
    var entry = ProtobufWriter()
    entry.bytes(1, Array("config.yaml".utf8))
    entry.bytes(2, Array(text.utf8))
    var map = ProtobufWriter()
    map.bytes(2, entry.bytes)
    return StoredSecret.object(apiVersion: "v1", kind: "ConfigMap", map.bytes)
  }

  @Test("An EncryptionConfiguration inside a ConfigMap is found, whatever the scope")
  func keysInConfigMap() throws {
    let report = try report(
      on: [
        Self.namespace, .put("/registry/secrets/default/a", Self.sealed),
        .put("/registry/configmaps/kube-system/encryption", Self.configMap(Self.configuration)),
      ])
    let finding = try #require(report.findings.first { $0.rule == .keysBesideData })
    #expect(finding.severity == .high)
    #expect(finding.reason == "encryption-configuration")
    #expect(finding.key == "/registry/configmaps/kube-system/encryption")
    #expect(finding.resource == "configmaps")
    #expect(finding.subject?.names?.namespace == "kube-system")
    #expect(report.verdict == .fail)
  }

  @Test("Bootstrap data of K3s is told, and fails nothing by itself")
  func bootstrapData() throws {
    let report = try report(
      on: [
        Self.namespace, .put("/registry/secrets/default/a", StoredSecret.sealed(.secretbox, "key1")),
        .put("/bootstrap/0a1b2c3d4e5f", "3f2a9c:aGVsbG8gd29ybGQsIHRoaXMgaXMgYmFzZTY0IGRhdGE="),
      ])
    let finding = try #require(report.findings.first { $0.rule == .keysBesideData })
    #expect(finding.severity == .low)
    #expect(finding.reason == "token-protected")
    #expect(finding.subject?.names?.name == "0a1b2c3d4e5f")
    #expect(report.verdict == .pass)
    #expect(report.severities == [.keysBesideData: .low])
  }

  // MARK: Unknown resources

  private static let definition = Array(
    #"{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widgets.lab.example.com"},"spec":{"group":"lab.example.com","names":{"plural":"widgets","kind":"Widget"},"scope":"Namespaced"}}"#
      .utf8)

  @Test("A custom resource is known by its definition, or by its keys")
  func knownCustomResources() throws {
    let path = "/registry/apiextensions.k8s.io/customresourcedefinitions/widgets.lab.example.com"
    let policy = try Self.policy("widgets.lab.example.com")
    let defined = try report(on: [Self.namespace, .put(path, Self.definition)], policy)
    #expect(defined.unknownResources == [])
    #expect(defined.definedResources == [GroupResource("widgets", group: "lab.example.com")])
    let used = try report(
      on: [Self.namespace, .put("/registry/lab.example.com/widgets/default/a", Self.sealed)], policy)
    #expect(used.unknownResources == [])
    let unknown = try report(on: [Self.namespace, .put(path, Self.sealed)], policy)
    #expect(unknown.unknownResources == [GroupResource("widgets", group: "lab.example.com")])
  }

  // MARK: Any bytes

  @Test("Any key and any value give a class, and never a crash")
  func anyBytes() throws {
    var random = SeededGenerator(seed: 11)
    let heads = ["/registry/", "/registry/secrets/", "k8s:enc:aescbc:v1:", "k8s\0", "{\"kind\":\"Secret\",", "/", ""]
    let rows = (0..<3000).map { _ in
      let key = Array(heads.randomElement(using: &random)!.utf8) + random.bytes(Int.random(in: 0...40, using: &random))
      let value =
        Array(heads.randomElement(using: &random)!.utf8) + random.bytes(Int.random(in: 0...300, using: &random))
      return EtcdWriter.Operation.put(key: key.isEmpty ? [0] : key, value: value, lease: 0)
    }
    let report = try report(on: rows, Self.policy("*.*"))
    #expect(report.errors == [])
    #expect(report.etcd?.revisions == 3000)
  }
}
