/// Which custom resources a CustomResourceDefinition in the clear defines.
///
/// Every string is at most `ObjectOutline.maximumNameBytes` long; bytes that are not UTF-8 become U+FFFD.
public struct CustomResourceOutline: Hashable, Sendable {
  /// Their plural and group, neither empty. Their objects lie in `<group>/<plural>` below the etcd prefix.
  public let resource: GroupResource
  /// What their objects have as `kind`; empty when it can't be read.
  public let kind: String
  /// Whether each of their objects belongs to a namespace, which is so unless the scope is `Cluster`.
  public let isNamespaced: Bool

  /// Reads the definition in `value`; nil when it holds another object or names no resource.
  ///
  /// An API server stores definitions as JSON, of up to a megabyte and more; protobuf is read too. Of any other encoding,
  /// and where the specification is damaged, the name alone is read, which is `<plural>.<group>`. O(length).
  public init?(of value: RawSpan) {
    guard ObjectType(of: value) == .customResourceDefinition, let draft = CustomResourceDraft(of: value),
      let resource = draft.resource
    else { return nil }
    self.resource = resource
    self.kind = draft.kind
    self.isNamespaced = draft.scope != "Cluster"
  }
}

extension ObjectType {
  fileprivate static let customResourceDefinition = ObjectType(
    group: "apiextensions.k8s.io", kind: "CustomResourceDefinition")
}
