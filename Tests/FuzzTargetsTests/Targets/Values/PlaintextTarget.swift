import TestSupport

@testable import ByteViews
@testable import KubernetesStorage

/// Objects of one encoding.
protocol ObjectEncoding {
  static var name: String { get }
  static var words: [[UInt8]] { get }
  static func seeds() -> [[UInt8]]
  /// What holds of this encoding alone.
  static func complaints(about value: [UInt8]) -> [String]
}

extension ObjectEncoding {
  static func complaints(about value: [UInt8]) -> [String] { [] }
}

/// Objects in the clear: recognised, outlined, found among other bytes, and behind every provider's prefix.
enum PlaintextTarget<Objects: ObjectEncoding>: FuzzTarget {
  static var name: String { Objects.name }
  static var summary: String { "objects in \(name): recognised, also behind an envelope's prefix; outlines in bounds" }
  static var words: [[UInt8]] { Objects.words }

  static func seeds() -> [[UInt8]] { Objects.seeds() }

  static func complaints(about value: [UInt8]) -> [String] {
    var complaints = Complaints()
    let found = Classification(of: value.rawSpan)
    complaints.list(ValueOracle.complaints(about: value, found))
    complaints.list(Objects.complaints(about: value))
    if found.valueClass == .plaintext, found.reason == nil, let encoding = found.encoding {
      complaints.list(forgedComplaints(value, encoding))
    }
    return complaints.list
  }

  /// A Secret as an API server stores it, with data, is plaintext whoever's prefix stands before it.
  private static func forgedComplaints(_ object: [UInt8], _ encoding: Encoding) -> [String] {
    guard let outline = ObjectOutline(of: object.rawSpan, encoding: encoding), outline.apiVersion == "v1",
      let secret = outline.secret, secret.data.contains(where: { $0.bytes > 0 }), !outline.name.isEmpty
    else { return [] }
    var complaints = Complaints()
    for provider in Provider.allCases {
      for nonce in [0, 12, 16, 24] {
        var value = Array("\(provider.storedPrefix)key1:".utf8)
        value += SeededGenerator.bytes(nonce, seed: 4) + object
        // As long as the provider could have made it.
        let body = object.count + nonce
        value += [UInt8](repeating: 0, count: (16 - body % 16) % 16 + 32)
        let found = Classification(of: value.rawSpan).valueClass
        complaints.expect(found != .encrypted, "a Secret in \(encoding) behind \(nonce) bytes passes for \(provider)")
      }
    }
    return complaints.list
  }
}
