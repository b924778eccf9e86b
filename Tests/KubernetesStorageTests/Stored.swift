import KubernetesStorage
import TestSupport

extension Classification {
  init(_ bytes: [UInt8]) { self.init(of: unsafe bytes.span.bytes) }
}

extension ObjectOutline {
  init?(_ bytes: [UInt8], _ encoding: Encoding) { self.init(of: unsafe bytes.span.bytes, encoding: encoding) }
}

extension [UInt8] {
  /// The bytes of `range` as text.
  func text(_ range: Range<Int>?) -> String? {
    range.map { String(decoding: self[$0], as: UTF8.self) }
  }
}

/// Stored values built byte by byte.
enum Stored {
  /// What each provider stands for in a prefix.
  static func prefix(_ provider: Provider, _ name: String) -> [UInt8] {
    let start =
      switch provider {
      case .aescbc: "k8s:enc:aescbc:v1:"
      case .aesgcm: "k8s:enc:aesgcm:v1:"
      case .secretbox: "k8s:enc:secretbox:v1:"
      case .kmsv1: "k8s:enc:kms:v1:"
      case .kmsv2: "k8s:enc:kms:v2:"
      }
    return Array("\(start)\(name):".utf8)
  }

  /// A body the provider could have written, random but for its structure, of a plaintext of `count` bytes.
  static func body(_ provider: Provider, count: Int, _ random: inout SeededGenerator) -> [UInt8] {
    switch provider {
    case .aescbc: random.bytes(16 + (count / 16 + 1) * 16)
    case .aesgcm: random.bytes(28 + count)
    case .secretbox: random.bytes(40 + count)
    case .kmsv1: [0, 60] + random.bytes(60) + random.bytes(28 + count)
    case .kmsv2: object(data: random.bytes(60 + count), source: random.bytes(60))
    }
  }

  /// KMS v2's `EncryptedObject`.
  static func object(
    data: [UInt8], keyID: [UInt8] = Array("kek-1".utf8), source: [UInt8] = [1],
    annotations: [(String, [UInt8])] = [], type: UInt64 = 1
  ) -> [UInt8] {
    var message = ProtobufWriter()
    message.bytes(1, data)
    message.bytes(2, keyID)
    message.bytes(3, source)
    for (key, value) in annotations { message.bytes(4, entry(key, value)) }
    message.varint(5, type)
    return message.bytes
  }

  /// One entry of a map.
  static func entry(_ key: String, _ value: [UInt8]) -> [UInt8] {
    var entry = ProtobufWriter(keepsDefaults: true)
    entry.bytes(1, Array(key.utf8))
    entry.bytes(2, value)
    return entry.bytes
  }

  /// A stored object in protobuf.
  static func protobuf(apiVersion: String = "v1", kind: String = "Secret", raw: [UInt8]) -> [UInt8] {
    var typeMeta = ProtobufWriter()
    typeMeta.bytes(1, Array(apiVersion.utf8))
    typeMeta.bytes(2, Array(kind.utf8))
    var unknown = ProtobufWriter(keepsDefaults: true)
    unknown.bytes(1, typeMeta.bytes)
    unknown.bytes(2, raw)
    unknown.bytes(3, [])
    unknown.bytes(4, [])
    return Array("k8s\0".utf8) + unknown.bytes
  }

  /// The message of a Secret.
  static func secretMessage(
    namespace: String = "default", name: String = "db-creds", type: String = "Opaque", data: [(String, [UInt8])]
  ) -> [UInt8] {
    var metadata = ProtobufWriter(keepsDefaults: true)
    metadata.bytes(1, Array(name.utf8))
    metadata.bytes(2, [])
    metadata.bytes(3, Array(namespace.utf8))
    var secret = ProtobufWriter()
    secret.bytes(1, metadata.bytes)
    for (key, value) in data { secret.bytes(2, entry(key, value)) }
    secret.bytes(3, Array(type.utf8))
    return secret.bytes
  }

  /// A stored Secret in protobuf.
  static let protobufSecret = protobuf(
    raw: secretMessage(data: [("password", Array("correct horse".utf8)), ("username", Array("app".utf8))]))

  /// A stored Secret in JSON.
  static let jsonSecret = Array(
    """
    {"kind":"Secret","apiVersion":"v1","metadata":{"name":"db-creds","namespace":"default",\
    "uid":"43f0e6a5-7c1b-4d7e-9b0a-0d2a4fb6b8f1","creationTimestamp":"2026-01-02T03:04:05Z"},\
    "data":{"password":"Y29ycmVjdCBob3JzZQ==","username":"YXBw"},"type":"Opaque"}

    """.utf8)

  /// A stored Secret in YAML.
  static let yamlSecret = Array(
    """
    apiVersion: v1
    data:
      password: Y29ycmVjdCBob3JzZQ==
    kind: Secret
    metadata:
      name: db-creds

    """.utf8)
}
