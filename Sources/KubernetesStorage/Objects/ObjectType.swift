/// The API group and kind of an object, as it states them itself.
///
/// Every string is at most `ObjectOutline.maximumNameBytes` long; bytes that are not UTF-8 become U+FFFD.
public struct ObjectType: Hashable, Sendable {
  /// What stands before the slash of the apiVersion; empty for the core group.
  public let group: String
  /// Such as `Secret`. Never empty.
  public let kind: String

  /// The type of the object in the clear that `value` begins like; nil when `ObjectHead` is. O(what stands before
  /// apiVersion and kind).
  public init?(of value: RawSpan) {
    guard let type = value.withTypeMeta({ ObjectType($0) }) else { return nil }
    self = type
  }

  init(group: String, kind: String) {
    self.group = group
    self.kind = kind
  }

  private init(_ type: TypeMeta) {
    self.group = BoundedText(type.group, in: 0..<type.group.byteCount).string
    self.kind = BoundedText(type.kind, in: 0..<type.kind.byteCount).string
  }
}
