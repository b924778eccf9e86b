import EncryptionConfig
import KubernetesStorage
import SnapshotReading
import VerificationModel

/// How the values of a store stand to a configuration. A resource is looked up in the file once.
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

  /// How values of this class stand to it, of which `key` is the key that they name.
  mutating func standing(
    of resource: ResourceTable.ID, _ valueClass: ValueClass, _ key: KeyReference?
  ) -> Standing {
    let resolution = resolution(of: resource)
    switch valueClass {
    case .encrypted:
      return key == resolution.writeKey ? .current : key.map(resolution.canRead) == true ? .older : .missing
    case .plaintext: return resolution.readsPlaintext ? .other : .unreadable
    case .malformed, .unknownEnvelope, .unrecognized, .empty: return .other
    }
  }
}

extension Candidate {
  /// Whether the row is in scope, and not of a resource that the configuration takes out of it.
  func isCounted(by comparison: ConfigurationComparison?) -> Bool {
    isInScope && comparison?.exempts(place.resource) != true
  }
}
