/// An entry of the configuration: resources, and the providers that are theirs.
public struct ResourceGroup: Sendable {
  /// What the entry is for. Never empty.
  public let resources: [ConfiguredResource]
  /// Who reads their values, in order; the first one writes. Never empty.
  public let providers: [ConfiguredProvider]
  /// Where the entry stands.
  public let place: ConfigurationPlace
}
