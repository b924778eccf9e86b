import ByteViews
import KubernetesStorage

/// Bytes of a row in which a Secret seems to lie though nobody would read it there.
enum RowDoubt {
  /// Shorter keys have no room for a Secret.
  private static let leastKeyBytes = 40

  /// Whether the key seems to hold a Secret. O(length).
  @inline(__always)
  static func isIn(key: RawSpan) -> Bool {
    key.byteCount >= leastKeyBytes && SecretTrace.first(in: key, from: 0..<key.byteCount) != nil
  }

  /// Where in `value`, which begins like an object of another kind, something follows that object that may be a Secret.
  static func behindObject(in value: RawSpan) -> Range<Int>? {
    guard let rest = value.rangeBehindObject else { return nil }
    let bytes = value.extracting(rest)
    let classification = Classification(of: bytes)
    let isObject = ObjectRemnant(in: bytes, at: 0) != nil || ObjectHead(hiddenIn: bytes, classification) != nil
    return isObject || SecretTrace.first(in: bytes, from: 0..<bytes.byteCount) != nil ? rest : nil
  }

  /// Whether a value of this classification, of which no type of an object could be read, seems to hold a Secret. What JSON
  /// has in its strings is its own affair.
  static func isIn(value: RawSpan, _ classification: Classification) -> Bool {
    switch classification.valueClass {
    case .encrypted, .empty: false
    case .plaintext where classification.encoding == .json && classification.reason == nil: false
    case .malformed, .unknownEnvelope, .unrecognized, .plaintext:
      SecretTrace.first(in: value, from: 0..<value.byteCount) != nil
    }
  }
}
