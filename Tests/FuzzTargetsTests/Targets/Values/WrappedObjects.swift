import TestSupport

@testable import ByteViews
@testable import KubernetesStorage

/// Objects as no API server writes them and everybody reads them: wide text, digits, base64, packed, behind other bytes.
enum WrappedObjects: ObjectEncoding {
  static let name = "wrapped"
  static let words = FuzzSeeds.words(
    "k8s:enc:aescbc:v1:key1:", "k8s:enc:", "azhz", "U2VjcmV0", "536563726574", "\u{FEFF}", "k8s\0", "\u{1F}\u{8B}",
    "S\0e\0c\0r\0e\0t\0")

  static func seeds() -> [[UInt8]] {
    let (json, yaml, protobuf) = (StoredSecret.json, Array(StoredValues.yaml.utf8), StoredSecret.plaintext())
    let wrapped: [[UInt8]] = [
      Wrapping.wide(json), Wrapping.wide(json, bytes: 4, bigEndian: true), Wrapping.wide(yaml, bigEndian: true),
      Wrapping.hex(json), Wrapping.hex(protobuf, uppercase: true, line: 76), Wrapping.base64(protobuf),
      Wrapping.base64(json, line: 76), Wrapping.base64URL(yaml), Wrapping.gzip(json), Wrapping.zlib(protobuf),
      Wrapping.string(json), Array("HTTP/1.1 200 OK\r\n\r\n".utf8) + json,
      SeededGenerator.bytes(40, seed: 2) + protobuf,
    ]
    return wrapped
      + wrapped.enumerated().map { number, bytes in
        Array("\(Provider.allCases[number % 5].storedPrefix)key1:".utf8) + bytes
      }
  }
}
