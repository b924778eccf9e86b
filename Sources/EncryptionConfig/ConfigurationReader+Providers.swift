import Cryptography

extension ConfigurationReader {
  /// An element of a list of providers; nil when it can't be one.
  mutating func provider(_ element: YAMLValue) -> ConfiguredProvider? {
    let names = ["aescbc", "aesgcm", "identity", "kms", "secretbox"]
    let errorsBefore = errors.count
    guard let members = members(of: element, names)?.filter({ !$0.value.isNull }) else { return nil }
    guard let (name, value) = members.first else {
      if errors.count == errorsBefore {
        refuse(.noProvider, element.place, "no provider is named here; identity, too, has braces: 'identity: {}'")
      }
      return nil
    }
    guard members.count == 1 else {
      let found = names.filter { members[$0] != nil }.map { "'\($0)'" }.joined(separator: " and ")
      refuse(.severalProviders, element.place, "\(found) stand in one element: give each one of its own")
      return nil
    }
    return kind(name, value).map { ConfiguredProvider(kind: $0, place: value.place) }
  }

  private mutating func kind(_ name: String, _ value: YAMLValue) -> ConfiguredProvider.Kind? {
    if let provider = LocalProvider(rawValue: name) { return keys(of: provider, value).map { .local(provider, $0) } }
    if name == "kms" { return plugin(value).map { .kms($0) } }
    return members(of: value, []).map { _ in .identity }
  }

  private mutating func keys(of provider: LocalProvider, _ value: YAMLValue) -> [LocalKey]? {
    guard let members = members(of: value, ["keys"]), let elements = list(members["keys"]) else { return nil }
    if elements.isEmpty {
      refuse(.noKeys, members["keys"]?.place ?? value.place.member("keys"), "there must be at least one key")
    }
    return elements.compactMap { key(of: provider, $0) }
  }

  private mutating func key(of provider: LocalProvider, _ value: YAMLValue) -> LocalKey? {
    guard let members = members(of: value, ["name", "secret"]) else { return nil }
    let name = text(members["name"])
    if name?.isEmpty == true {
      refuse(.noKeyName, members["name"]?.place ?? value.place.member("name"), "a key must have a name")
    }
    let place = members["secret"]?.place ?? value.place.member("secret")
    guard let secret = secret(members["secret"], of: provider, at: place), let name else { return nil }
    return LocalKey(name: name, secret: secret, place: value.place, secretPlace: place)
  }

  private mutating func secret(
    _ value: YAMLValue?, of provider: LocalProvider, at place: ConfigurationPlace
  ) -> SecretBytes? {
    guard let text = text(value) else { return nil }
    guard !text.isEmpty else {
      refuse(.noSecret, place, "a key must have a secret")
      return nil
    }
    guard let secret = Base64Key.decode(text) else {
      refuse(.secretNotBase64, place, "it is not base64 (RFC 4648, section 4, with padding)")
      return nil
    }
    guard provider.keyLengths.contains(secret.byteCount) else {
      let lengths = provider.keyLengths.map(String.init).joined(separator: ", ")
      refuse(
        .secretLength, place,
        "it decodes to \(secret.byteCount) bytes; keys of \(provider.rawValue) have \(lengths)")
      return nil
    }
    return secret
  }
}
