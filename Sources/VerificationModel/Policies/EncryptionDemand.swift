import KubernetesStorage

/// How the live values of some resources must be encrypted.
public struct EncryptionDemand: Hashable, Sendable {
  /// Of which resources it is demanded.
  public let resources: [ResourcePattern]
  /// Who must have encrypted them; nil: anyone.
  public let provider: RequiredProvider?
  /// How long ago the last write of a value may lie; nil: any time.
  public let lastWrite: Limit?

  /// How long ago a write may lie.
  public struct Limit: Hashable, Sendable {
    /// The number of days, counted from the day of the call.
    public let days: Int
    /// The first day that is not too long ago.
    public let since: CalendarDay

    /// So many days before `today`.
    public init(days: Int, today: CalendarDay) {
      self.days = days
      since = today.advanced(by: -days)
    }
  }

  /// A demand on `resources`.
  public init(resources: [ResourcePattern], provider: RequiredProvider? = nil, lastWrite: Limit? = nil) {
    self.resources = resources
    self.provider = provider
    self.lastWrite = lastWrite
  }

  /// The resources that it names one by one, and not by a wildcard.
  public var namedResources: [GroupResource] {
    resources.compactMap { if case .resource(let resource) = $0 { resource } else { nil } }
  }

  /// Whether it is about `resource`.
  public func concerns(_ resource: GroupResource) -> Bool { resources.contains { $0.matches(resource) } }
}
