import TestSupport

/// The objects in the clear, as an API server stores them: the messages of Kubernetes' `generated.proto` files, with
/// the fields that most objects have, and text or data to make up the length.
extension ClusterObject {
  private static let secretTypes = [
    "Opaque", "Opaque", "kubernetes.io/tls", "kubernetes.io/dockerconfigjson", "helm.sh/release.v1",
  ]
  private static let reasons = ["Scheduled", "Pulled", "Started", "Unhealthy", "BackOff", "FailedMount"]

  /// The object in the clear, in about `count` bytes.
  func plaintext(_ count: Int, _ prose: Prose, _ random: inout SeededGenerator) -> [UInt8] {
    var message = ProtobufWriter()
    message.bytes(1, metadata)
    // Room for what stands around the text: the marker, the kind, and the tags and lengths of nested messages.
    let rest = max(8, count - message.bytes.count - 64)
    switch kind {
    case .configMap: message.bytes(2, entry("application.yaml", prose.excerpt(rest, &random)))
    case .event: addEvent(prose.excerpt(rest - 80, &random), to: &message)
    case .lease: message.bytes(2, leaseSpec)
    case .pod: message.bytes(2, podSpec(prose.excerpt(rest - 60, &random)))
    case .secret: addSecret(random.secretText(rest - 40), to: &message)
    }
    return StoredSecret.object(apiVersion: kind.apiVersion, kind: kind.name, message.bytes)
  }

  /// k8s.io/apimachinery `ObjectMeta`: 1 name, 3 namespace, 5 uid, 8 creation time, 11 labels.
  private var metadata: [UInt8] {
    var metadata = ProtobufWriter()
    metadata.bytes(1, Array(name.utf8))
    metadata.bytes(3, Array(namespace.utf8))
    metadata.bytes(5, uid)
    metadata.bytes(8, time)
    metadata.bytes(11, entry("app", Array("app-\(number % 97)".utf8)))
    return metadata.bytes
  }

  /// 36 characters that follow from the object's number.
  private var uid: [UInt8] {
    var random = SeededGenerator(seed: number)
    let digits = Array("0123456789abcdef".utf8)
    let bytes = random.bytes(16)
    return bytes.indices.flatMap { index in
      let hyphen = [4, 6, 8, 10].contains(index) ? [UInt8(ascii: "-")] : []
      return hyphen + [digits[Int(bytes[index] >> 4)], digits[Int(bytes[index] & 15)]]
    }
  }

  /// A `Time`: seconds since 1970.
  private var time: [UInt8] {
    var time = ProtobufWriter()
    time.varint(1, 1_750_000_000 + number / 16)
    return time.bytes
  }

  /// An entry of a map from strings to strings or bytes.
  private func entry(_ key: String, _ value: [UInt8]) -> [UInt8] {
    var entry = ProtobufWriter()
    entry.bytes(1, Array(key.utf8))
    entry.bytes(2, value)
    return entry.bytes
  }

  /// `Event`: 2 involved object, 3 reason, 4 message, 6 and 7 first and last time, 8 count, 9 type.
  private func addEvent(_ text: [UInt8], to message: inout ProtobufWriter) {
    var object = ProtobufWriter()
    object.bytes(1, Array("Pod".utf8))
    object.bytes(2, Array(namespace.utf8))
    object.bytes(3, Array(name.prefix { $0 != "." }.utf8))
    message.bytes(2, object.bytes)
    message.bytes(3, Array(Self.reasons[Int(number % UInt64(Self.reasons.count))].utf8))
    message.bytes(4, text)
    message.bytes(6, time)
    message.bytes(7, time)
    message.varint(8, UInt64(version))
    message.bytes(9, Array("Normal".utf8))
  }

  /// `LeaseSpec`: 1 holder, 2 seconds, 4 time of renewal.
  private var leaseSpec: [UInt8] {
    var spec = ProtobufWriter()
    spec.bytes(1, Array(name.utf8))
    spec.varint(2, 40 as UInt64)
    spec.bytes(4, time)
    return spec.bytes
  }

  /// `PodSpec`: 2 containers, each with 1 name, 2 image, 3 command; 3 restart policy.
  private func podSpec(_ text: [UInt8]) -> [UInt8] {
    var container = ProtobufWriter()
    container.bytes(1, Array("main".utf8))
    container.bytes(2, Array("registry.example.com/app:1.\(number % 50)".utf8))
    container.bytes(3, text)
    var spec = ProtobufWriter()
    spec.bytes(2, container.bytes)
    spec.bytes(3, Array("Always".utf8))
    return spec.bytes
  }

  /// `Secret`: 2 data, 3 type.
  private func addSecret(_ text: [UInt8], to message: inout ProtobufWriter) {
    message.bytes(2, entry("password", text))
    message.bytes(2, entry("username", Array("svc-\(number % 1000)".utf8)))
    message.bytes(3, Array(Self.secretTypes[Int(number % UInt64(Self.secretTypes.count))].utf8))
  }
}

extension SeededGenerator {
  /// At least 8 random characters of base64's alphabet.
  fileprivate mutating func secretText(_ count: Int) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    return bytes(max(8, count)).map { alphabet[Int($0 & 63)] }
  }
}
