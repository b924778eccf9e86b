extension EncryptionConfiguration {
  /// The same file as an API server of another release understands it.
  ///
  /// Nothing is refused that was not when the file was read: names that the release would look at are taken as they are.
  /// O(resources of the file).
  public func understood(by version: KubernetesVersion) -> EncryptionConfiguration {
    var server = server
    server.kubernetesVersion = version
    let groups = groups.map { group in
      ResourceGroup(
        resources: group.resources.map { ConfiguredResource($0.text, for: server, at: $0.place) },
        providers: group.providers, place: group.place)
    }
    return EncryptionConfiguration(
      header: header, headerPlace: headerPlace, groups: groups, groupsPlace: groupsPlace, server: server, digest: digest
    )
  }
}
