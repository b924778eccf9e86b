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
      .reloadWithoutFile, at: ConfigurationPlace(line: 1, path: ""),
      "the API server is told to reload a configuration, but --encryption-provider-config names none")
  }

  /// Whether members that do not exist are refused, instead of passed over.
  var refusesUnknownMembers: Bool { isAtLeast(KubernetesVersion(1, 31)) }
  /// Whether wildcards mean something, and the names of resources are looked at.
  var knowsWildcards: Bool { isAtLeast(KubernetesVersion(1, 27)) }
  /// Whether custom resources are encrypted at all.
  var encryptsCustomResources: Bool { isAtLeast(KubernetesVersion(1, 26)) }
  /// Whether a KMS v1 plugin keeps it from starting.
  var refusesKMSv1: Bool { kubernetesVersion.map { $0 >= KubernetesVersion(1, 29) && !enablesKMSv1 } ?? false }

  private func isAtLeast(_ version: KubernetesVersion) -> Bool { kubernetesVersion.map { $0 >= version } ?? true }
}
