/// What the bytes behind an envelope's prefix are, as far as their look tells.
enum EnvelopeContent {
  /// They could be ciphertext.
  case random
  /// A Kubernetes object in the clear.
  case object(ObjectMarker)
  /// Far from random, but no object that is known.
  case other

  /// How far an object may be from where it was looked for first: behind an IV (16), a nonce (24), HKDF info with a
  /// nonce (44), or the headers of KMS values.
  private static let reach = 96

  /// Judges the bytes behind a prefix.
  ///
  /// Random ones cost some 300 bytes of reading, be the value as long as it may; others are searched to the end,
  /// O(length).
  ///
  /// - Parameters:
  ///   - start: offset after the prefix, where an object stands that was given no name.
  ///   - body: what follows the name.
  ///   - ciphertext: the part of the body that must be random. Encrypted data keys and annotations need not be.
  init(of value: RawSpan, from start: Int, body: Range<Int>, ciphertext: Range<Int>) {
    let near = start..<min(body.lowerBound + Self.reach, body.upperBound)
    if let object = ObjectMarker(in: value, from: near) {
      self = .object(object)
      return
    }
    let inner = ciphertext.prefix(Self.reach).clamped(to: near.upperBound..<body.upperBound)
    if let object = ObjectMarker(in: value, from: inner) {
      self = .object(object)
    } else if value.looksRandom(in: ciphertext) {
      self = .random
    } else if let object = ObjectMarker(in: value, from: start..<value.byteCount) {
      self = .object(object)
    } else {
      self = .other
    }
  }
}
