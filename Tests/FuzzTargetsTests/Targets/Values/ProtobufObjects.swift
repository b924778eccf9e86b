import TestSupport

@testable import ByteViews
@testable import KubernetesStorage

/// `k8s\0` and a `runtime.Unknown`.
enum ProtobufObjects: ObjectEncoding {
  static let name = "protobuf"
  static let words = FuzzSeeds.words(
    "k8s\0", "\n\u{C}\n\u{2}v1\u{12}\u{6}Secret", "v1", "Secret", "List", "\u{1A}\u{6}Opaque", "\u{1A}\0\"\0",
    "application/json")

  static func seeds() -> [[UInt8]] {
    FuzzSeeds.objects.filter { $0.starts(with: "k8s\0".utf8) && $0.count < 3000 } + [
      StoredSecret.plaintext(dataKeys: ["a", "b", "c"]), StoredValues.namespace,
      StoredSecret.object(apiVersion: "v1", kind: "List", StoredSecret.plaintext()),
      StoredSecret.object(apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", [0x0A, 0]),
    ]
  }
}
