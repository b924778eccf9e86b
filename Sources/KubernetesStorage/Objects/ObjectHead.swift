/// Which kind of object a stored value claims to be, told from as few of its bytes as possible.
///
/// Of an apiVersion or kind that occurs twice, the first pair counts: a forger's second one is for `ObjectOutline` to
/// find, which reads to the end.
public struct ObjectHead: Hashable, Sendable {
  /// The built-in resource whose objects are of this API group and kind; nil of any other, such as a custom resource. Of an
  /// object that carries others, secrets, if one of these is a Secret.
  public let builtIn: BuiltInResource.ID?
  /// Whether the object is one that carries others, so that its type alone does not tell what it holds.
  let isCarrier: Bool

  /// The head of the object in the clear that `value` begins like; nil when it begins like none, or does not say its
  /// type.
  ///
  /// Protobuf and JSON, as API servers write them, take O(1) and no allocation, whatever the length; CBOR, YAML, and
  /// JSON with other members in front take O(what stands before apiVersion and kind). Anything else is told by its first
  /// byte or two. The rest of the value may be damaged.
  public init?(of value: RawSpan) {
    guard let head = value.withTypeMeta({ ObjectHead($0, of: value) }) else { return nil }
    self = head
  }

  /// The head of the object in the clear that `value` is, though not as an API server writes it: behind an envelope's prefix
  /// or other bytes, or wrapped in UTF-16, hexadecimal or base64. Nil when there is none, or it does not say its type. O(length).
  ///
  /// - Parameters:
  ///   - value: a stored value.
  ///   - classification: that of `value`.
  public init?(hiddenIn value: RawSpan, _ classification: Classification) {
    guard classification.valueClass == .plaintext, let object = classification.object,
      let head = value.extracting(object).withUnwrapped({ text in
        ObjectHead(of: text) ?? ObjectHead(inside: text)
          ?? (classification.encoding == .yaml ? text.withTypeLines { ObjectHead($0, of: text) } : nil)
      })
    else { return nil }
    self = head
  }

  /// The most objects that are looked at inside another.
  private static let mostInside = 16

  /// The head of the first object of a built-in kind inside `text`, which is JSON that tells no type of its own: a watch
  /// event, for instance.
  private init?(inside text: RawSpan) {
    guard text.beginsLikeJSON else { return nil }
    var start = 1
    for _ in 0..<Self.mostInside {
      guard start < text.byteCount, let marker = ObjectMarker(in: text, from: start..<text.byteCount) else {
        return nil
      }
      if marker.offset >= start, let head = ObjectHead(of: text.extracting(marker.offset..<text.byteCount)),
        head.builtIn != nil
      {
        self = head
        return
      }
      start = marker.offset + 1
    }
    return nil
  }

  private init(_ type: TypeMeta, of value: RawSpan) {
    isCarrier = RawSpan.isCarrier(group: type.group, kind: type.kind)
    builtIn =
      isCarrier
      ? value.holdsSecretKind ? BuiltInResource.of(.secrets) : nil
      : BuiltInResource.of(group: type.group, kind: type.kind)
  }
}
