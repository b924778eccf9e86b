/// Values of Secrets as an API server stores them, built byte by byte.
public enum StoredSecret {
  /// The providers of Kubernetes, by what their envelopes begin with.
  public enum Provider: String, Sendable, CaseIterable {
    case aescbc = "k8s:enc:aescbc:v1:"
    case aesgcm = "k8s:enc:aesgcm:v1:"
    case secretbox = "k8s:enc:secretbox:v1:"
    case kmsv1 = "k8s:enc:kms:v1:"
    case kmsv2 = "k8s:enc:kms:v2:"
  }

  /// A value that `provider` could have sealed with the key or plugin `name`.
  ///
  /// - Parameters:
  ///   - seed: what the random bytes follow from.
  ///   - nonce: what the IV or nonce begins with, instead of random bytes.
  public static func sealed(
    _ provider: Provider, _ name: String, keyID: String = "kek-1", seed: UInt64 = 1, nonce: [UInt8] = []
  ) -> [UInt8] {
    var random = SeededGenerator(seed: seed)
    let body =
      switch provider {
      case .aescbc: random.bytes(16 + 80)
      case .aesgcm: random.bytes(12 + 80 + 16)
      case .secretbox: random.bytes(24 + 16 + 80)
      // A big-endian length, the encrypted data key, and the payload.
      case .kmsv1: [0, 60] + random.bytes(60) + random.bytes(12 + 80 + 16)
      case .kmsv2: encryptedObject(keyID: keyID, &random)
      }
    return Array("\(provider.rawValue)\(name):".utf8) + nonce + body.dropFirst(nonce.count)
  }

  /// KMS v2's `EncryptedObject` (apiserver: storage/value/encrypt/envelope/kmsv2/v2/api.proto).
  private static func encryptedObject(keyID: String, _ random: inout SeededGenerator) -> [UInt8] {
    var message = ProtobufWriter()
    message.bytes(1, random.bytes(12 + 80 + 16))
    message.bytes(2, Array(keyID.utf8))
    message.bytes(3, random.bytes(60))
    message.varint(5, 1 as UInt64)
    return message.bytes
  }

  /// A Secret in the clear: `k8s\0` and a `runtime.Unknown` that holds it.
  public static func plaintext(
    namespace: String = "default", name: String = "db", type: String = "Opaque", dataKeys: [String] = ["password"]
  ) -> [UInt8] {
    var metadata = ProtobufWriter()
    metadata.bytes(1, Array(name.utf8))
    metadata.bytes(3, Array(namespace.utf8))
    var secret = ProtobufWriter()
    secret.bytes(1, metadata.bytes)
    for key in dataKeys {
      var entry = ProtobufWriter()
      entry.bytes(1, Array(key.utf8))
      entry.bytes(2, Array("correct horse".utf8))
      secret.bytes(2, entry.bytes)
    }
    secret.bytes(3, Array(type.utf8))
    return object(apiVersion: "v1", kind: "Secret", secret.bytes)
  }

  /// An object in the clear of any kind.
  public static func object(apiVersion: String, kind: String, _ message: [UInt8]) -> [UInt8] {
    var typeMeta = ProtobufWriter()
    typeMeta.bytes(1, Array(apiVersion.utf8))
    typeMeta.bytes(2, Array(kind.utf8))
    var unknown = ProtobufWriter(keepsDefaults: true)
    unknown.bytes(1, typeMeta.bytes)
    unknown.bytes(2, message)
    unknown.bytes(3, [])
    unknown.bytes(4, [])
    return Array("k8s\0".utf8) + unknown.bytes
  }

  /// A Secret in the clear, as JSON.
  public static let json = Array(
    #"{"kind":"Secret","apiVersion":"v1","metadata":{"name":"db"},"data":{"password":"YQ=="},"type":"Opaque"}"#.utf8)
}
