import StrictYAML

extension ConfigurationReader {
  /// A KMS plugin; nil when something about it is refused.
  mutating func plugin(_ value: YAMLValue) -> KMSPlugin? {
    guard let members = members(of: value, ["apiVersion", "name", "cachesize", "endpoint", "timeout"]) else {
      return nil
    }
    func place(_ name: String) -> ConfigurationPlace { members[name]?.place ?? value.place.member(name) }
    let stated = text(members["apiVersion"])
    // What is neither `v1` nor `v2` is held against the rules of `v2`.
    let version = stated.map { $0.isEmpty ? .v1 : KMSPlugin.Version(rawValue: $0) } ?? nil
    let name = name(members["name"], version, at: place("name"))
    let timeout = timeout(members["timeout"], at: place("timeout"))
    let endpoint = endpoint(members["endpoint"], at: place("endpoint"))
    let cacheSize = cacheSize(members["cachesize"], version, at: place("cachesize"))
    guard let version else {
      if stated != nil {
        refuse(.unknownPluginVersion, place("apiVersion"), "this must be 'v1' or 'v2'")
      }
      return nil
    }
    if version == .v1, !server.enablesKMSv1 {
      refuseKMSv1(isStated: stated?.isEmpty == false, value, place("apiVersion"))
    }
    guard let name, let timeout, let endpoint else { return nil }
    return KMSPlugin(
      version: version, statesVersion: stated?.isEmpty == false, name: name, endpoint: endpoint, timeout: timeout,
      cacheSize: cacheSize, place: value.place, endpointPlace: place("endpoint"))
  }

  private mutating func refuseKMSv1(isStated: Bool, _ plugin: YAMLValue, _ version: ConfigurationPlace) {
    refuse(
      .kmsV1Disabled, isStated ? version : plugin.place, by: .since(APIServerSettings.refusesKMSv1),
      (isStated ? "this is" : "without 'apiVersion: v2' this is")
        + " KMS v1, with which Kubernetes 1.29 and newer do not start, unless the feature gate KMSv1 is on"
        + (server.kubernetesVersion == nil ? "; --kubernetes-version names an older release" : ""))
  }

  private mutating func name(
    _ value: YAMLValue?, _ version: KMSPlugin.Version?, at place: ConfigurationPlace
  ) -> String? {
    guard let name = text(value) else { return nil }
    if name.isEmpty { refuse(.noPluginName, place, "a plugin needs a name") }
    if version != .v1, name.contains(":") {
      refuse(.colonInPluginName, place, "the name of a KMS v2 plugin must not contain a colon")
    }
    if let other = pluginNames[name], version != .v1 || server.reloadsAutomatically {
      refuse(
        .duplicatePluginName, place,
        "the plugin in \(other.lineDescription) has this name too, so a value would not tell which plugin wrote it")
    }
    pluginNames[name] = pluginNames[name] ?? place
    return name
  }

  private mutating func timeout(_ value: YAMLValue?, at place: ConfigurationPlace) -> Duration? {
    guard let value, !value.isNull else { return .seconds(3) }
    guard let text = text(value) else { return nil }
    guard let timeout = Duration(go: text), timeout > .zero else {
      refuse(.invalidTimeout, place, "this must be a duration above zero, such as '3s'")
      return nil
    }
    return timeout
  }

  private mutating func endpoint(_ value: YAMLValue?, at place: ConfigurationPlace) -> String? {
    guard let text = text(value) else { return nil }
    guard !text.isEmpty else {
      refuse(.noEndpoint, place, "a plugin needs an endpoint, such as 'unix:///run/kms/plugin.sock'")
      return nil
    }
    guard let endpoint = PluginEndpoint(text), endpoint.scheme == "unix" else {
      refuse(.invalidEndpoint, place, "this must be the URL of a Unix socket, such as 'unix:///run/kms/plugin.sock'")
      return nil
    }
    return text
  }

  private mutating func cacheSize(
    _ value: YAMLValue?, _ version: KMSPlugin.Version?, at place: ConfigurationPlace
  ) -> Int32? {
    guard value?.isNull == false else { return version == .v1 ? 1000 : nil }
    guard let size = integer(value) else { return nil }
    if version != .v1 {
      refuse(.invalidCacheSize, place, "KMS v2 has no cache: remove 'cachesize'")
    } else if size == 0 {
      refuse(.invalidCacheSize, place, "this must be above zero, or below zero to switch the cache off")
    }
    return size
  }
}
