/// Which kind of object a stored value claims to be, told from as few of its bytes as possible.
///
/// Of an apiVersion or kind that occurs twice, the first pair counts: a forger's second one is for `ObjectOutline` to
/// find, which reads to the end.
public struct ObjectHead: Hashable, Sendable {
  /// The built-in resource whose objects are of this API group and kind; nil of any other, such as a custom resource.
  public let builtIn: BuiltInResource.ID?

  /// The head of the object in the clear that `value` begins like; nil when it begins like none, or does not say its
  /// type.
  ///
  /// Protobuf and JSON, as API servers write them, take O(1) and no allocation, whatever the length; CBOR, YAML, and
  /// JSON with other members in front take O(what stands before apiVersion and kind). Anything else is told by its first
  /// byte or two. The rest of the value may be damaged.
  public init?(of value: RawSpan) {
    guard let head = value.withTypeMeta({ ObjectHead($0) }) else { return nil }
    self = head
  }

  /// The head of the object in the clear that `value` is, though not as an API server writes it: behind an envelope's prefix
  /// or other bytes, or wrapped in UTF-16, hexadecimal or base64. Nil when there is none, or it does not say its type. O(length).
  ///
  /// - Parameter classification: that of `value`.
  public init?(hiddenIn value: RawSpan, _ classification: Classification) {
    guard classification.valueClass == .plaintext, let object = classification.object,
      let head = value.extracting(object).withUnwrapped({ text in
        ObjectHead(of: text) ?? (classification.encoding == .yaml ? text.withTypeLines { ObjectHead($0) } : nil)
      })
    else { return nil }
    self = head
  }

  private init(_ type: TypeMeta) {
    self.builtIn = BuiltInResource.of(group: type.group, kind: type.kind)
  }
}
