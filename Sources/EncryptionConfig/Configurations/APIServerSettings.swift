/// The API server that reads a configuration, as far as it matters to what the configuration means there.
public struct APIServerSettings: Hashable, Sendable {
  /// Its release; nil: not known, so the newest rules apply.
  public var kubernetesVersion: KubernetesVersion?
  /// Whether it watches the file (`--encryption-provider-config-automatic-reload`).
  public var reloadsAutomatically: Bool
  /// Whether KMS v1, which is off by default from 1.29 on, is switched on (`--feature-gates=KMSv1=true`).
  public var enablesKMSv1: Bool

  /// An API server; by default one of which nothing is known.
  public init(
    kubernetesVersion: KubernetesVersion? = nil, reloadsAutomatically: Bool = false, enablesKMSv1: Bool = false
  ) {
    self.kubernetesVersion = kubernetesVersion
    self.reloadsAutomatically = reloadsAutomatically
    self.enablesKMSv1 = enablesKMSv1
  }

  /// Refuses what the API server refuses before it opens a file: to watch one that its options do not name.
  public func validate(namesFile: Bool) throws(ConfigurationError) {
    guard reloadsAutomatically, !namesFile else { return }
    throw ConfigurationError(
      .reloadWithoutFile, at: .start,
      "the API server is told to reload a configuration, but --encryption-provider-config names none")
  }

  /// The first release that refuses members that do not exist, instead of passing over them.
  static let refusesUnknownMembers = KubernetesVersion(1, 31)
  /// The first release to which wildcards mean something, and which looks at the names of resources.
  static let knowsWildcards = KubernetesVersion(1, 27)
  /// The first release that encrypts custom resources at all.
  static let encryptsCustomResources = KubernetesVersion(1, 26)
  /// The first release that a KMS v1 plugin keeps from starting, unless it is switched on.
  static let refusesKMSv1 = KubernetesVersion(1, 29)

  var knowsWildcards: Bool { isAtLeast(Self.knowsWildcards) }
  var encryptsCustomResources: Bool { isAtLeast(Self.encryptsCustomResources) }

  private func isAtLeast(_ version: KubernetesVersion) -> Bool { kubernetesVersion.map { $0 >= version } ?? true }
}
