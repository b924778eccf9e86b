/// Which object a value holds in the clear, and of a Secret what it is about. Contents are never read.
///
/// Every string is at most `maximumNameBytes` long; bytes that are not UTF-8 become U+FFFD.
public struct ObjectOutline: Hashable, Sendable {
  /// Longer names are cut: the value may be hostile. Kubernetes allows 253 bytes.
  public static let maximumNameBytes = BoundedText.maximumBytes

  /// Group and version, such as `v1` or `cert-manager.io/v1`; empty when absent.
  public let apiVersion: String
  /// Such as `Secret`; empty when absent.
  public let kind: String
  /// From the metadata; empty for cluster-scoped objects and when absent.
  public let namespace: String
  /// From the metadata; empty when absent.
  public let name: String
  /// Of a Secret of the core group's `v1`, and of nothing else.
  public let secret: SecretOutline?

  /// Reads the object in `value`, that is, in the classified value or the part of it that `Classification.object`
  /// names.
  ///
  /// Bytes after the object (a forger's padding) are passed over. O(length). Nil when the object can't be read. YAML is
  /// read as an API server writes it; where it uses more of the language, or ends in padding other than zero bytes and
  /// white space, the outline is nil.
  ///
  /// A byte-order mark, UTF-16 and base64 of JSON or YAML are taken off first.
  public init?(of value: RawSpan, encoding: Encoding) {
    guard let draft = value.withUnwrapped({ Self.draft(of: $0, encoding) }) else { return nil }
    self.init(draft)
  }

  private static func draft(of value: RawSpan, _ encoding: Encoding) -> ObjectDraft? {
    switch encoding {
    case .protobuf: ObjectDraft(protobuf: value)
    case .json: ObjectDraft(json: value)
    case .cbor: ObjectDraft(cbor: value)
    case .base64Protobuf: ObjectDraft(base64Protobuf: value)
    case .yaml: ObjectDraft(yaml: value)
    }
  }

  init(_ draft: ObjectDraft) {
    self.apiVersion = draft.apiVersion
    self.kind = draft.kind
    self.namespace = draft.namespace
    self.name = draft.name
    self.secret = draft.isSecret ? SecretOutline(type: draft.type, data: draft.data.keys, isCut: draft.data.isCut) : nil
  }
}
