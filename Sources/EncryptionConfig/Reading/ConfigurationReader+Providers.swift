import Cryptography
import StrictYAML

extension ConfigurationReader {
  /// An element of a list of providers; nil when it can't be one.
  mutating func provider(_ element: YAMLValue) -> ConfiguredProvider? {
    let names = ["aescbc", "aesgcm", "identity", "kms", "secretbox"]
    let errorsBefore = errors.count
    guard let all = members(of: element, names) else { return nil }
    let members = all.filter { !$0.value.isNull }
    guard let (name, value) = members.first else {
      // A release that passes over a member that does not exist sees nothing here.
      let isAnother = errors.count > errorsBefore
      if !isAnother || !errors[errorsBefore...].contains(where: \.isRaisedByAll) {
        refuse(
          .noProvider, element.place, by: isAnother ? .before(APIServerSettings.refusesUnknownMembers) : .all,
          Self.emptiness(of: all))
      }
      return nil
    }
    guard members.count == 1 else {
      let found = names.filter { members[$0] != nil }.map { "'\($0)'" }.joined(separator: " and ")
      refuse(
        .severalProviders, element.place, "\(found) stand in one element of the list: begin an element, '- ', for each")
      return nil
    }
    return kind(name, value).map { ConfiguredProvider(kind: $0, place: value.place) }
  }

  /// Why an element names no provider.
  private static func emptiness(of members: [String: YAMLValue]) -> String {
    guard let name = members.keys.sorted().first else {
      return "no provider is named here; possible are 'aescbc', 'aesgcm', 'identity', 'kms', 'secretbox'"
    }
    return name == "identity"
      ? "'identity' needs braces: write 'identity: {}'"
      : "'\(name)' is empty: indent its members below it"
  }

  private mutating func kind(_ name: String, _ value: YAMLValue) -> ConfiguredProvider.Kind? {
    if let provider = LocalProvider(rawValue: name) { return keys(of: provider, value).map { .local(provider, $0) } }
    if name == "kms" { return plugin(value).map { .kms($0) } }
    return members(of: value, []).map { _ in .identity }
  }

  private mutating func keys(of provider: LocalProvider, _ value: YAMLValue) -> [LocalKey]? {
    guard let members = members(of: value, ["keys"]), let elements = list(members["keys"]) else { return nil }
    if elements.isEmpty {
      refuse(.noKeys, members["keys"]?.place ?? value.place.member("keys"), "a provider needs at least one key")
    }
    return elements.compactMap { key(of: provider, $0) }
  }

  private mutating func key(of provider: LocalProvider, _ value: YAMLValue) -> LocalKey? {
    guard let members = members(of: value, ["name", "secret"]) else { return nil }
    let name = text(members["name"])
    if name?.isEmpty == true {
      refuse(.noKeyName, members["name"]?.place ?? value.place.member("name"), "a key needs a name")
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
      refuse(.noSecret, place, "a key needs a secret")
      return nil
    }
    guard let secret = Base64Key.decode(text) else {
      refuse(
        .secretNotBase64, place,
        Self.placeholders.contains { text.hasPrefix($0) }
          ? "this is a placeholder that was not filled in"
          : "this is not base64 (RFC 4648, section 4, with padding)")
      return nil
    }
    guard provider.keyLengths.contains(secret.byteCount) else {
      let lengths = provider.keyLengths.map(String.init).joined(separator: ", ").replacing(", 32", with: " or 32")
      refuse(
        .secretLength, place,
        "this decodes to \(secret.byteCount) bytes; \(provider.rawValue) takes keys of \(lengths) bytes")
      return nil
    }
    return secret
  }

  /// What templates have where the secret belongs; no base64 begins so.
  private static let placeholders = ["<", "${", "$(", "{{", "%"]
}
