import ByteViews

/// What one stored value is, told from its bytes alone: no key, no configuration, no etcd path.
///
/// Plain data. Ranges are byte offsets in the classified value.
///
/// | value | class |
/// |---|---|
/// | no bytes | `empty` |
/// | `k8s:enc:…` | `encrypted`, `malformed` or `unknownEnvelope`; `plaintext` when an object in the clear lies behind |
/// | `k8s\0…` | `plaintext` |
/// | `k8s` and another byte | `unrecognized` |
/// | CBOR, JSON, base64 of protobuf, YAML | `plaintext` |
/// | one of these in UTF-16, UTF-32, hexadecimal or base64, or behind other bytes | `plaintext` |
/// | anything else | `unrecognized` |
public struct Classification: Hashable, Sendable {
  /// What the value is.
  public let valueClass: ValueClass
  /// How the object is written, when the class is `plaintext`, behind a forged prefix too.
  public let encoding: Encoding?
  /// The parts of the envelope, whenever the prefix is one of a known provider.
  public let envelope: Envelope?
  /// Why the value has its class, where the class alone does not say it.
  public let reason: Reason?
  /// Where the object in the clear lies, when the class is `plaintext`: all of the value or, behind a forged prefix,
  /// from where the object shows itself to the end of the value, any padding included.
  public let object: Range<Int>?

  /// Classifies `value`.
  ///
  /// Takes any bytes. Of an encrypted value, some 300 bytes are read and nothing is allocated; of any other, O(length).
  public init(of value: RawSpan) {
    var examined = 0
    self.init(of: value, examined: &examined)
  }

  /// Classifies `value`.
  ///
  /// - Parameter examined: grows by the bytes that had to be unfolded, beside those of the value.
  package init(of value: RawSpan, examined: inout Int) {
    if value.isEmpty {
      self.init(.empty)
    } else if value.holds(EnvelopePrefix.reserved, at: 0) {
      self.init(behindPrefix: value, &examined)
    } else if let encoding = Encoding(of: value) {
      self.init(.plaintext, encoding: encoding, object: 0..<value.byteCount)
    } else if value.holds("k8s", at: 0), value.byteCount > 3 {
      self.init(.unrecognized, reason: .undefinedEncodingStyle)
    } else if let (encoding, object) = Self.hiddenObject(in: value, &examined) {
      self.init(.plaintext, encoding: encoding, reason: .behindOtherBytes, object: object)
    } else {
      self.init(.unrecognized, reason: value.beginsLikeJSON ? .invalidJSON : nil)
    }
  }

  /// An object that whoever has the value can read, though an API server can't: behind a byte-order mark or other bytes, or
  /// wrapped in UTF-16, UTF-32, hexadecimal digits or base64. What begins like JSON and ends before its time is none.
  private static func hiddenObject(in value: RawSpan, _ examined: inout Int) -> (Encoding, Range<Int>)? {
    let start = value.byteOrderMarkBytes
    let text = value.extracting(start..<value.byteCount)
    if start > 0 || text.wrapping != nil, let encoding = text.withUnwrapped(&examined, { Encoding(wrapped: $0) }) {
      return (encoding, start..<value.byteCount)
    }
    guard !value.beginsLikeJSON, let marker = ObjectMarker(in: value, from: 0..<value.byteCount),
      let encoding = value.extracting(marker.offset..<value.byteCount).withUnwrapped(
        &examined,
        { object in
          // Text that has a line in common with an object does not tell its type.
          object.withTypeMeta { _ in Encoding(firstBytesOf: object) } ?? nil
        })
    else { return nil }
    return (encoding, marker.offset..<value.byteCount)
  }

  private init(
    _ valueClass: ValueClass, encoding: Encoding? = nil, envelope: Envelope? = nil, reason: Reason? = nil,
    object: Range<Int>? = nil
  ) {
    self.valueClass = valueClass
    self.encoding = encoding
    self.envelope = envelope
    self.reason = reason
    self.object = object
  }

  /// An object in the clear behind a prefix.
  private init(forging envelope: Envelope?, around object: ObjectMarker, in value: RawSpan) {
    self.init(
      .plaintext, encoding: object.encoding, envelope: envelope, reason: .forgedEnvelope,
      object: object.offset..<value.byteCount)
  }

  private init(behindPrefix value: RawSpan, _ examined: inout Int) {
    guard let prefix = EnvelopePrefix(of: value) else {
      self.init(
        behind: EnvelopePrefix.reserved.utf8CodeUnitCount, of: value, otherwise: .malformed, .invalidPrefix, &examined)
      return
    }
    guard let provider = prefix.provider else {
      self.init(
        behind: prefix.end, of: value, otherwise: .unknownEnvelope,
        prefix.isKnownName ? .unknownVersion : .unknownProvider, &examined)
      return
    }
    self.init(provider, after: prefix.end, in: value, &examined)
  }

  /// A value behind a prefix whose layout is not known: nothing can be told of it but whether it holds an object in the
  /// clear.
  private init(
    behind start: Int, of value: RawSpan, otherwise valueClass: ValueClass, _ reason: Reason, _ examined: inout Int
  ) {
    let rest = start..<value.byteCount
    let content = EnvelopeContent(of: value, from: start, body: rest, ciphertext: rest, examined: &examined)
    if case .object(let object) = content {
      self.init(forging: nil, around: object, in: value)
    } else {
      self.init(valueClass, reason: reason)
    }
  }

  /// A value behind the prefix of a known provider, which ends at `start`.
  private init(_ provider: Provider, after start: Int, in value: RawSpan, _ examined: inout Int) {
    let names = KeyNames(in: value, from: start, before: value.byteCount, provider: provider)
    let structure = BodyStructure(of: value, body: names.body, provider: provider)
    let content = EnvelopeContent(
      of: value, from: start, body: names.body, ciphertext: structure.ciphertext, wrappedKey: structure.wrappedKey,
      examined: &examined)
    if case .object(let object) = content {
      // The name ends before the object begins, or the object's own colons would be taken for ends of names.
      let names = KeyNames(in: value, from: start, before: object.offset, provider: provider)
      let envelope = Envelope(provider, names, keyID: structure.keyID)
      self.init(forging: envelope, around: object, in: value)
      return
    }
    var fault = names.fault ?? structure.fault
    if fault == nil, case .other = content { fault = .notCiphertext }
    let envelope = Envelope(provider, names, keyID: structure.keyID)
    self.init(fault == nil ? .encrypted : .malformed, envelope: envelope, reason: fault)
  }
}
