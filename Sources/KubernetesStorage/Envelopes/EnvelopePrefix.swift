import ByteViews

/// The part of an envelope's prefix before the key name: `k8s:enc:‹provider›:v‹version›:`.
struct EnvelopePrefix {
  /// What every envelope begins with, and nothing else may (apiserver storage/value/encrypt/identity/identity.go).
  static let reserved: StaticString = "k8s:enc:"

  /// nil when the provider or its version is not known.
  let provider: Provider?
  /// Offset of the first byte after it.
  let end: Int
  /// The provider's name is one that exists upstream, in whatever version.
  let isKnownName: Bool

  /// Reads `^k8s:enc:[a-z0-9]+:v[0-9]+:`; nil when `value` does not begin so. O(length of the match).
  init?(of value: RawSpan) {
    if let provider = Self.provider(of: value) {
      self.provider = provider
      self.end = provider.storedPrefix.utf8CodeUnitCount
      self.isKnownName = true
      return
    }
    guard value.holds(Self.reserved, at: 0) else { return nil }
    let nameStart = Self.reserved.utf8CodeUnitCount
    var position = nameStart
    while let byte = value.peek(at: position), byte.isLowercaseLetter || byte.isDigit { position += 1 }
    guard position > nameStart, value.holds(":v", at: position) else { return nil }
    let versionStart = position + 2
    position = versionStart
    while let byte = value.peek(at: position), byte.isDigit { position += 1 }
    guard position > versionStart, value.peek(at: position) == UInt8(ascii: ":") else { return nil }
    self.provider = nil
    self.end = position + 1
    self.isKnownName =
      value.holds("aescbc:", at: nameStart) || value.holds("aesgcm:", at: nameStart)
      || value.holds("secretbox:", at: nameStart) || value.holds("kms:", at: nameStart)
  }

  /// The five known prefixes, compared one by one: `allCases` would allocate.
  private static func provider(of value: RawSpan) -> Provider? {
    func begins(_ provider: Provider) -> Bool { value.holds(provider.storedPrefix, at: 0) }
    if begins(.kmsv2) { return .kmsv2 }
    if begins(.kmsv1) { return .kmsv1 }
    if begins(.aescbc) { return .aescbc }
    if begins(.aesgcm) { return .aesgcm }
    if begins(.secretbox) { return .secretbox }
    return nil
  }
}
