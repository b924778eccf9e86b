import EncryptionConfig
import KubernetesStorage

/// How the values of a store stand to a configuration. A resource is looked up in the file once, a kind of value once for
/// each resource.
struct ConfigurationComparison {
  /// How a value stands to the file.
  enum Standing: Sendable {
    /// Written by the key or plugin that writes today.
    case current
    /// Written by another one that the file has for the resource.
    case older
    /// The file has no such key or plugin for the resource.
    case missing
    /// Plaintext that the file has no identity to read.
    case unreadable
    /// Plaintext that it reads, or no value of an API server.
    case other
  }

  let check: ConfigurationCheck
  private let resources: ResourceTable
  private let exempt: Set<ResourceTable.ID>
  private var resolutions: [ResourceTable.ID: ResourceResolution] = [:]
  private var standings: [Case: Standing] = [:]

  private struct Case: Hashable {
    let resource: ResourceTable.ID
    let kind: KindTable.ID
  }

  /// A comparison of values of `resources`.
  init(_ check: ConfigurationCheck, _ resources: ResourceTable) {
    self.check = check
    self.resources = resources
    exempt = Set(
      resources.numbers.filter { id in resources[id].groupResource.map(check.exempts) ?? false })
  }

  /// Whether a resource is in scope by a wildcard only from which the file takes it out again.
  func exempts(_ resource: ResourceTable.ID) -> Bool { exempt.contains(resource) }

  /// What the file says of the values of a resource.
  mutating func resolution(of resource: ResourceTable.ID) -> ResourceResolution {
    if let known = resolutions[resource] { return known }
    let resolution = check.configuration.resolution(
      of: resources[resource].groupResource ?? GroupResource(resources[resource].name))
    resolutions[resource] = resolution
    return resolution
  }

  /// How a value of this kind stands to it, of which `key` is the key that it names.
  mutating func standing(
    of resource: ResourceTable.ID, _ kind: KindTable.ID, _ valueClass: ValueClass, key: () -> KeyReference?
  ) -> Standing {
    let position = Case(resource: resource, kind: kind)
    if let known = standings[position] { return known }
    let resolution = resolution(of: resource)
    let standing: Standing
    switch valueClass {
    case .encrypted:
      let key = key()
      standing =
        key == resolution.writeKey ? .current : key.map(resolution.canRead) == true ? .older : .missing
    case .plaintext: standing = resolution.readsPlaintext ? .other : .unreadable
    case .malformed, .unknownEnvelope, .unrecognized, .empty: standing = .other
    }
    standings[position] = standing
    return standing
  }
}
