extension EncryptionConfiguration {
  /// The same file as an API server of another release understands it.
  ///
  /// Nothing is refused that was not when the file was read: see ``checkRefusals(by:enablesKMSv1:)``. Names that the
  /// release would look at are taken as they are. O(resources of the file).
  public func understood(by version: KubernetesVersion) -> EncryptionConfiguration {
    var configuration = self
    configuration.server.kubernetesVersion = version
    configuration.groups = groups.map { group in
      ResourceGroup(
        resources: group.resources.map { ConfiguredResource($0.text, for: configuration.server, at: $0.place) },
        providers: group.providers, place: group.place)
    }
    return configuration
  }

  /// Throws when the file holds further configurations, wrapped as this one is, and so does not tell which one is meant.
  public func checkUniqueness() throws(InvalidConfiguration) {
    guard let wrapping, let other = others.first(where: { $0.reason == .alsoWrapped }) else { return }
    throw InvalidConfiguration(
      [
        ConfigurationError(
          .severalConfigurations, at: ConfigurationPlace(line: other.place.line, path: ""),
          "the file holds several configurations, among them \(wrapping.path) and \(other.place.path): save the one that is "
            + "meant as a file of its own")
      ], in: wrapping)
  }

  /// Throws what an API server of `version` refuses in the file and older ones do not; nil: what the newest refuses.
  ///
  /// Of a file that was read by ``init(wiping:forAnyRelease:)``, this was not looked at.
  public func checkRefusals(by version: KubernetesVersion?, enablesKMSv1: Bool = false) throws(InvalidConfiguration) {
    let refusals = laterRefusals.filter { error in
      error.isRaised(by: version) && !(enablesKMSv1 && error.code == .kmsV1Disabled)
    }
    if !refusals.isEmpty { throw InvalidConfiguration(refusals, in: wrapping) }
  }
}
