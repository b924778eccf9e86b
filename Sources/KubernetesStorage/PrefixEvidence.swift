/// What speaks for an etcd prefix being that of an API server, from least to most.
enum PrefixEvidence: Comparable, Sendable {
  /// At most keys `<prefix>/secrets/<name>`: what any object in a namespace called "secrets" looks like.
  case none
  /// A key `<prefix>/secrets/<namespace>/<name>`, whatever its value.
  case path
  /// Such a key whose value an API server wrote.
  case value
  /// The key of a system namespace.
  case namespace

  /// What a row of this path says for the prefix.
  init(_ path: SecretPath, key: RawSpan, value: RawSpan) {
    guard path.namespace != nil else {
      self = .none
      return
    }
    let isWhole = key.offset(of: EtcdPrefix.slash, from: path.name.lowerBound) == nil
    self = isWhole && Self.isWrittenByAPIServer(value) ? .value : .path
  }

  /// How much of a JSON value is searched.
  private static let searchedBytes = 4096

  /// Whether `value` is encrypted (`k8s:enc:`), a protobuf object (`k8s\0`), or a Secret as JSON.
  private static func isWrittenByAPIServer(_ value: RawSpan) -> Bool {
    if value.holds("k8s", at: 0) { return true }
    let text = value.extracting(first: searchedBytes)
    return text.holds("{", at: 0)
      && text.holdsMember("\"kind\"", "\"Secret\"")
      && text.holdsMember("\"apiVersion\"", "\"v1\"")
  }
}

extension RawSpan {
  /// Whether a JSON member of this name and value, both in quotes, stands anywhere in the text.
  fileprivate func holdsMember(_ name: StaticString, _ value: StaticString) -> Bool {
    var start = 0
    while let quote = offset(of: UInt8(ascii: "\""), from: start) {
      start = quote + 1
      guard holds(name, at: quote) else { continue }
      let colon = skippingSpace(from: quote + name.utf8CodeUnitCount)
      if peek(at: colon) == UInt8(ascii: ":"), holds(value, at: skippingSpace(from: colon + 1)) { return true }
    }
    return false
  }
}
