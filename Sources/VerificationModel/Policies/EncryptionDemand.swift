import KubernetesStorage

/// How the live values of some resources must be encrypted.
public struct EncryptionDemand: Hashable, Sendable {
  /// Of which resources it is demanded.
  public let resources: [ResourcePattern]
  /// Who must have encrypted them; nil: anyone.
  public let provider: RequiredProvider?
  /// How many days ago the last write of a value may lie at most; nil: any number.
  public let lastWriteDays: Int?

  /// A demand on `resources`.
  public init(resources: [ResourcePattern], provider: RequiredProvider? = nil, lastWriteDays: Int? = nil) {
    self.resources = resources
    self.provider = provider
    self.lastWriteDays = lastWriteDays
  }

  /// Whether it is about `resource`.
  public func concerns(_ resource: GroupResource) -> Bool { resources.contains { $0.matches(resource) } }
}
