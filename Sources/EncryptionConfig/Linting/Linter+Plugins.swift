extension Linter {
  /// The plugins: L09, L13 and L24.
  mutating func checkPlugins() {
    for plugin in plugins {
      if plugin.version == .v1 {
        add(
          .kmsV1, at: plugin.place,
          (plugin.statesVersion ? "this is" : "without 'apiVersion: v2' this is")
            + " KMS v1, which is deprecated since Kubernetes 1.28, and off by default from 1.29 on")
      }
      checkName(plugin.name, at: plugin.place)
      guard let endpoint = PluginEndpoint(plugin.endpoint) else { continue }
      if endpoint.isAbstractSocket {
        add(
          .exposedSocket, at: plugin.endpointPlace,
          "the socket is abstract, so it has no permissions",
          remedy: "Give the plugin a socket in a directory that only root and the API server may write, such as /run.")
      } else if endpoint.isInWorldWritableDirectory {
        add(.exposedSocket, at: plugin.endpointPlace, "everybody may write into the directory of the socket")
      }
    }
  }
}
