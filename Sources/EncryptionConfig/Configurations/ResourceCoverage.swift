import KubernetesStorage

/// How a configuration lets an API server write what must be encrypted.
public struct ResourceCoverage: Hashable, Sendable {
  /// What is encrypted when it is written: a resource, or the custom resources of a group or of all.
  public private(set) var encrypted: [String] = []
  /// What is written in the clear because identity comes first.
  public private(set) var exempt: [String] = []
  /// What is written in the clear because no entry is for it.
  public private(set) var uncovered: [String] = []
  /// The keys and plugins that write, each once.
  public private(set) var writers: [KeyReference] = []

  /// How many there are together.
  public var count: Int { encrypted.count + exempt.count + uncovered.count }

  /// Whether all of it is encrypted.
  public var isComplete: Bool { exempt.isEmpty && uncovered.isEmpty }

  fileprivate mutating func add(_ name: String, _ transformers: [Transformer]) {
    guard let writer = transformers.first else { return uncovered.append(name) }
    guard let key = writer.key else { return exempt.append(name) }
    encrypted.append(name)
    if !writers.contains(key) { writers.append(key) }
  }
}

extension EncryptionConfiguration {
  /// How what `required` names is written: its resources, of wildcards all built-in ones, and the custom ones together.
  public func coverage(of required: [ResourcePattern]) -> ResourceCoverage {
    var coverage = ResourceCoverage()
    for pattern in required {
      if case .resource(let resource) = pattern {
        coverage.add(resource.description, resolution(of: resource).transformers)
        continue
      }
      for entry in BuiltInResource.all where entry.tree == .kubernetes && pattern.matches(entry.resource) {
        coverage.add(entry.resource.description, resolution(of: entry.resource).transformers)
      }
      switch pattern {
      case .group(let group) where !BuiltInResource.isBuiltInGroup(group):
        let own = transformers(for: pattern)
        coverage.add("*.\(group)", own.isEmpty ? transformers(for: .all) : own)
      case .all: coverage.add("custom resources", transformers(for: .all))
      case .resource, .group: break
      }
    }
    return coverage
  }
}
