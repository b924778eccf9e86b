/// The name of a kind of objects as the Kubernetes API and its configuration files spell it: the plural and its API
/// group.
public struct GroupResource: Hashable, Sendable {
  /// The plural in lower case, such as `secrets`.
  public let resource: String
  /// Such as `apps` or `cert-manager.io`; empty for the core group.
  public let group: String

  /// A resource of `group`, by default the core group.
  public init(_ resource: String, group: String = "") {
    self.resource = resource
    self.group = group
  }
}

extension GroupResource: CustomStringConvertible {
  /// `secrets`, or `certificates.cert-manager.io` for a group other than the core one.
  public var description: String { group.isEmpty ? resource : "\(resource).\(group)" }
}

extension GroupResource: Comparable {
  /// In the order of the descriptions.
  public static func < (left: GroupResource, right: GroupResource) -> Bool {
    left.description < right.description
  }
}
