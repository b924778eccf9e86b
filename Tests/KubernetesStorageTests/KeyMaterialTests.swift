import Foundation
import KubernetesStorage
import TestSupport
import Testing

@Suite("Key material in the clear")
struct KeyMaterialTests {
  private static func isPresent(_ bytes: [UInt8]) -> Bool { KeyMaterial.isPresent(in: unsafe bytes.span.bytes) }

  // MARK: Configurations

  private static let key = "c2VjcmV0IGlzIHNlY3VyZQ=="
  private static let longKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

  private static func yaml(
    kind: String = "EncryptionConfiguration", provider: String = "aescbc", name: String = "key1", secret: String = key
  ) -> String {
    """
    apiVersion: apiserver.config.k8s.io/v1
    kind: \(kind)
    resources:
      - resources:
          - secrets
        providers:
          - \(provider):
              keys:
                - name: \(name)
                  secret: \(secret)
          - identity: {}

    """
  }

  private static func json(kind: String = "EncryptionConfiguration", secret: String = longKey) -> String {
    #"{"kind":"\#(kind)","apiVersion":"apiserver.config.k8s.io/v1","resources":[{"resources":["secrets"],"#
      + #""providers":[{"secretbox":{"keys":[{"name":"k","secret":"\#(secret)"}]}},{"identity":{}}]}]}"#
  }

  private static let kmsOnly = """
    kind: EncryptionConfiguration
    apiVersion: apiserver.config.k8s.io/v1
    resources:
    - resources: [secrets]
      providers:
      - kms: {apiVersion: v2, name: secret, endpoint: "unix:///run/kms.sock"}
      - identity: {}

    """

  private static let holding = [
    yaml(), json(), yaml(kind: "EncryptionConfig"), json(kind: "EncryptionConfig"), yaml(provider: "aesgcm"),
    yaml(provider: "secretbox", secret: "\"\(longKey)\""), yaml(secret: "'\(longKey)' # old"),
    yaml(name: "aescbckey-2026-04-16T12:29:38-07:00", secret: longKey),
    "# kind: EncryptionConfiguration\n# - aescbc:\n#    keys:\n#    - secret: \(key)\n",
    "resources:\n- providers:\n  - aesgcm:\n      keys:\n      - secret: \(key)\n        name: k\nkind: EncryptionConfig\n",
    "{kind: EncryptionConfig, resources: [{providers: [{aescbc: {keys: [{name: key1, secret: \(key)}]}}]}]}",
    "{\n  \"kind\" : \"EncryptionConfig\",\n  \"x\": {\"aescbc\" : {\"keys\" : [ {\"secret\" : \"\(longKey)\"} ]}}}",
    "kind: EncryptionConfiguration\naescbc:\n  keys:\n  - secret: \"\"\n  - name: b\n    secret: \(key)",
  ]

  private static let holdingNone = [
    kmsOnly, yaml(secret: "\"\""), yaml(secret: ""), yaml(secret: "<BASE 64 ENCODED SECRET>"), yaml(secret: "${KEY}"),
    yaml(secret: "REDACTED"), yaml(secret: "QUJD"), yaml(secret: longKey + longKey), yaml(provider: "kms"),
    yaml(kind: "EncryptionConfigurationList"), yaml(kind: "EncryptionConfigMap"), yaml(kind: "\"\""),
    yaml(kind: "EncryptionConfigurations"), yaml(kind: "Encryption"), yaml(provider: "identity"),
    "The kind EncryptionConfiguration has a provider aescbc whose secret is \(key).",
    "kind: EncryptionConfiguration", "kind: EncryptionConfiguration\nsecret: \(key)",
    "kind: EncryptionConfiguration\nproviders:\n- aescbc:\n- kms:\n    secret: \(key)",
    "kind: Secret\naescbc:\n  keys:\n  - secret: \(key)\n# EncryptionConfiguration",
  ]

  // MARK: Ways to store them

  private static func configMap(_ text: [UInt8], annotation: String = "") -> [UInt8] {
    var metadata = ProtobufWriter()
    metadata.bytes(1, Array("config".utf8))
    if !annotation.isEmpty { metadata.bytes(12, Stored.entry("last-applied", Array(annotation.utf8))) }
    var object = ProtobufWriter()
    object.bytes(1, metadata.bytes)
    object.bytes(2, Stored.entry("other", Array("text".utf8)))
    object.bytes(2, Stored.entry("encryption-config.yaml", text))
    return Stored.protobuf(kind: "ConfigMap", raw: object.bytes)
  }

  private static func object(_ kind: String, _ data: String, annotation: String = "") -> [String: Any] {
    [
      "kind": kind, "apiVersion": "v1", "data": ["a.yaml": data, "b": "text"],
      "metadata": ["name": "config", "annotations": ["last-applied": annotation]],
    ]
  }

  private static func stored(_ object: [String: Any], escapesSlashes: Bool = false) throws -> [UInt8] {
    var options: JSONSerialization.WritingOptions = .sortedKeys
    if !escapesSlashes { options.insert(.withoutEscapingSlashes) }
    return Array(try JSONSerialization.data(withJSONObject: object, options: options)) + [0x0A]
  }

  private static func base64(_ text: String, _ options: Data.Base64EncodingOptions = []) -> String {
    Data(text.utf8).base64EncodedString(options: options)
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }.joined(separator: "\n")
  }

  /// `text` in every place where it may be found.
  private static func values(_ text: String) throws -> [[UInt8]] {
    let plain = object("ConfigMap", text)
    let encoded = object("Secret", base64(text))
    let quoted = String(decoding: try stored(plain), as: UTF8.self)
    let quotedSecret = String(decoding: try stored(encoded), as: UTF8.self)
    let quotedTwice = String(decoding: try stored(object("ConfigMap", "", annotation: quoted)), as: UTF8.self)
    let secret = Stored.secretMessage(data: [("config", Array(text.utf8))])
    let wrapped = base64(text, [.lineLength76Characters, .endLineWithLineFeed])
    let yamlHead = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: config\ndata:\n  config:"
    let texts = [
      "\(yamlHead) \(base64(text))\n", "\(yamlHead) |\n\(indented(text))\n", "\(yamlHead) |\n\(indented(wrapped))\n",
      "\(yamlHead) '\(base64(text))'", quotedTwice,
    ]
    return try [
      Array(text.utf8), configMap(Array(text.utf8)), Stored.protobuf(raw: secret),
      Array(Data(configMap(Array(text.utf8))).base64EncodedString().utf8),
      configMap([], annotation: quoted), configMap([], annotation: quotedSecret),
      configMap([], annotation: quotedTwice),
      stored(plain), stored(plain, escapesSlashes: true), stored(encoded), stored(encoded, escapesSlashes: true),
      stored(object("ConfigMap", "", annotation: quoted)),
      stored(object("Secret", "", annotation: quotedSecret), escapesSlashes: true),
      stored(object("Secret", wrapped)), stored(object("ConfigMap", "", annotation: quotedTwice)),
    ] + texts.map { Array($0.utf8) }
  }

  @Test("A configuration with a key is found wherever it lies", arguments: holding)
  func present(_ text: String) throws {
    for value in try Self.values(text) { #expect(Self.isPresent(value), "\(String(decoding: value, as: UTF8.self))") }
  }

  @Test("A configuration without a key is no finding, nor is text about it", arguments: holdingNone)
  func absent(_ text: String) throws {
    for value in try Self.values(text) { #expect(!Self.isPresent(value), "\(String(decoding: value, as: UTF8.self))") }
  }

  @Test("Any offset will do, in base64 also")
  func offsets() throws {
    for count in 0..<80 {
      let comment = String(repeating: "#", count: count) + "\n"
      for value in try Self.values(comment + Self.yaml()) { #expect(Self.isPresent(value)) }
      let older = Self.object("Secret", Self.base64(comment + Self.json(kind: "EncryptionConfig")))
      #expect(Self.isPresent(try Self.stored(older)))
    }
  }

  @Test("A text's length in front of it is no part of its first word")
  func lengthBeforeText() {
    for count in 0..<10_000 where count < 300 || count % 97 == 0 {
      let comment = String(repeating: "x", count: count)
      #expect(Self.isPresent(Self.configMap(Array("kind: EncryptionConfig\n\(Self.yaml(kind: "x"))# \(comment)".utf8))))
    }
  }

  @Test("Keys of 16, 24 and 32 bytes are keys")
  func keySizes() {
    for count in 0...40 {
      let secret = Data([UInt8](repeating: 0xA5, count: count)).base64EncodedString()
      #expect(Self.isPresent(Array(Self.yaml(secret: secret).utf8)) == [16, 24, 32].contains(count))
      #expect(Self.isPresent(Array(Self.json(secret: secret).utf8)) == [16, 24, 32].contains(count))
    }
  }

  @Test("A truncation before the key's end has none")
  func truncations() {
    let text = Array("kind: EncryptionConfiguration\n- aescbc:\n  - secret: \(Self.key)".utf8)
    for count in 0..<text.count { #expect(!Self.isPresent(Array(text.prefix(count)))) }
    #expect(Self.isPresent(text))
  }

  @Test("Other objects hold none")
  func otherObjects() {
    for value in [Stored.protobufSecret, Stored.jsonSecret, Stored.cborSecret, Stored.yamlSecret, []] {
      #expect(!Self.isPresent(value))
    }
    var random = SeededGenerator(seed: 4)
    for count in 0..<1_000 { #expect(!Self.isPresent(random.bytes(count))) }
  }

  @Test("Changed bytes are no trap")
  func changedBytes() throws {
    var random = SeededGenerator(seed: 5)
    for value in try Self.values(Self.yaml()) {
      for _ in 0..<200 {
        var value = value
        for _ in 0..<3 { value[Int(random.next() % UInt64(value.count))] = UInt8(random.next() % 256) }
        _ = Self.isPresent(value)
      }
    }
  }

  private static let floods = [
    "EncryptionConfiguration", "kind: EncryptionConfiguration\n", "kind: EncryptionConfig", "\"kind\":\"Encryption",
    "RW5jcnlwdGlvbkNvbmZpZ3VyYXRpb2", "RW5jcnlwdGlvbkNvbmZpZ3VyYXRpb2\\n", "VuY3J5cHRp ", "ncryptio", "\\", "\n    ",
    "aescbc: secret: AAAA", "aescbc: secret: \"", "A", "=",
  ]

  /// Eight times the length takes about eight times as long; it would take 64 times as long if the search began anew
  /// at each needle.
  @Test("A flood of needles is searched in one pass", arguments: floods)
  func flood(_ needle: String) {
    #expect(Self.searchTime(needle, count: 262_144) < Self.searchTime(needle, count: 32_768) * 32)
  }

  /// How long this thread, whatever others do, takes for so many bytes of `needle`.
  private static func searchTime(_ needle: String, count: Int) -> Duration {
    let text = String(repeating: needle, count: count / needle.utf8.count)
    let value = Array("kind: EncryptionConfiguration\n\(text)".utf8)
    var least = Duration.seconds(3600)
    for _ in 0..<3 {
      let start = threadTime()
      #expect(!isPresent(value))
      least = min(least, threadTime() - start)
    }
    return least
  }

  private static func threadTime() -> Duration {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
