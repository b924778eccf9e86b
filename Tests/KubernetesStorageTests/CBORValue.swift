import TestSupport

/// CBOR to be encoded, with a choice of forms where RFC 8949 has one.
indirect enum CBORValue: Sendable {
  case bytes(String)
  case text(String)
  /// A byte string of indefinite length, one chunk a string.
  case byteChunks([String])
  /// A text string of indefinite length.
  case textChunks([String])
  case map([(CBORValue, CBORValue)])
  case indefiniteMap([(CBORValue, CBORValue)])
  case array([CBORValue])
  case indefiniteArray([CBORValue])
  case tagged(UInt64, CBORValue)
  /// Bytes as they are.
  case raw([UInt8])

  static let null = CBORValue.raw([0xF6])

  /// The value behind tag 55799, as Kubernetes stores it.
  var stored: [UInt8] { [0xD9, 0xD9, 0xF7] + encoded }

  var encoded: [UInt8] {
    switch self {
    case .bytes(let string): Self.head(2, UInt64(string.utf8.count)) + Array(string.utf8)
    case .text(let string): Self.head(3, UInt64(string.utf8.count)) + Array(string.utf8)
    case .byteChunks(let chunks): [0x5F] + chunks.flatMap { CBORValue.bytes($0).encoded } + [0xFF]
    case .textChunks(let chunks): [0x7F] + chunks.flatMap { CBORValue.text($0).encoded } + [0xFF]
    case .map(let members): Self.head(5, UInt64(members.count)) + Self.encoded(members)
    case .indefiniteMap(let members): [0xBF] + Self.encoded(members) + [0xFF]
    case .array(let elements): Self.head(4, UInt64(elements.count)) + elements.flatMap(\.encoded)
    case .indefiniteArray(let elements): [0x9F] + elements.flatMap(\.encoded) + [0xFF]
    case .tagged(let number, let value): Self.head(6, number) + value.encoded
    case .raw(let bytes): bytes
    }
  }

  private static func encoded(_ members: [(CBORValue, CBORValue)]) -> [UInt8] {
    members.flatMap { $0.0.encoded + $0.1.encoded }
  }

  /// A head in its shortest form.
  static func head(_ major: UInt8, _ argument: UInt64) -> [UInt8] {
    let (information, count): (UInt8, Int) =
      switch argument {
      case ..<24: (UInt8(argument), 0)
      case ..<0x100: (24, 1)
      case ..<0x1_0000: (25, 2)
      case ..<0x1_0000_0000: (26, 4)
      default: (27, 8)
      }
    let bytes = (0..<count).reversed().map { UInt8(truncatingIfNeeded: argument >> UInt64(8 * $0)) }
    return [major << 5 | information] + bytes
  }
}

extension Stored {
  /// A Secret as Kubernetes' CBOR encoder writes it: byte strings for strings, and tag 22 before the data.
  static let cborSecret = secret(string: CBORValue.bytes, data: { .tagged(22, .bytes($0)) })

  /// The Secret of `protobufSecret` with its strings and data in a form of choice.
  static func secret(
    string: (String) -> CBORValue, data: (String) -> CBORValue,
    map: ([(CBORValue, CBORValue)]) -> CBORValue = CBORValue.map
  ) -> [UInt8] {
    map([
      (string("data"), map([(string("password"), data("correct horse")), (string("username"), data("app"))])),
      (string("kind"), string("Secret")),
      (string("type"), string("Opaque")),
      (string("metadata"), map([(string("name"), string("db-creds")), (string("namespace"), string("default"))])),
      (string("apiVersion"), string("v1")),
    ]).stored
  }
}
