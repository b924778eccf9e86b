import StrictYAML

/// Why an API server would not start with a configuration. Two errors are equal when code and place are.
///
/// ```swift
/// catch let invalid as InvalidConfiguration where invalid.errors.contains { $0.code == .secretLength } { … }
/// ```
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong. The raw value is the identifier that reports print.
  ///
  /// Each comment begins with the number of the validation, E01 to E20; those without one are refused before the file's
  /// meaning comes up. apiserver pkg/apis/apiserver/validation/validation_encryption.go.
  public enum Code: String, CaseIterable, Sendable {
    // The text.
    /// E01: the file can't be opened or read.
    case unreadable
    /// E01: there is nothing, or nothing but comments.
    case empty
    /// The file is larger than any configuration.
    case tooLarge = "too-large"
    /// The text is not UTF-8.
    case notUTF8 = "not-utf8"
    /// The text is no YAML.
    case notYAML = "not-yaml"
    /// A text that begins with `{` is read as JSON, and this is none.
    case notJSON = "not-json"
    /// Collections lie in one another more deeply than any configuration's.
    case tooDeep = "too-deep"
    /// More aliases than any configuration needs, or such as could multiply what there is to read.
    case tooManyAliases = "too-many-aliases"
    /// Several configurations are wrapped in the file, where one is needed.
    case severalConfigurations = "several-configurations"

    // Members.
    /// E02: the version or kind is missing, or another.
    case unknownKind = "unknown-kind"
    /// E03: no such member exists.
    case unknownMember = "unknown-member"
    /// E03: a member stands twice.
    case duplicateMember = "duplicate-member"
    /// A value is of another type than it must be.
    case wrongType = "wrong-type"
    /// E04: there are no entries.
    case noEntries = "no-entries"
    /// E04: an entry names no resources.
    case noResources = "no-resources"
    /// E04: an entry has no providers.
    case noProviders = "no-providers"

    // Providers and their keys.
    /// E05: an element of the list of providers names none.
    case noProvider = "no-provider"
    /// E05: an element of the list of providers names more than one.
    case severalProviders = "several-providers"
    /// E06: a provider has no keys.
    case noKeys = "no-keys"
    /// E06: a key has no name.
    case noKeyName = "no-key-name"
    /// E06: a key has no secret.
    case noSecret = "no-secret"
    /// E07: a secret is not base64.
    case secretNotBase64 = "secret-not-base64"
    /// E07: a secret is longer or shorter than the provider's keys.
    case secretLength = "secret-length"

    // Resources.
    /// E08: a name has a capital letter.
    case capitalLetter = "capital-letter"
    /// E09: `*` without a dot.
    case bareWildcard = "bare-wildcard"
    /// E10: records without an API.
    case noAPI = "no-api"
    /// E11: events are stored as those of the core group.
    case eventsGroup = "events-group"
    /// E12: the group `extensions`.
    case removedGroup = "removed-group"
    /// E13: one resource of every group.
    case acrossGroups = "across-groups"
    /// E14: a resource stands twice in a list.
    case duplicateResource = "duplicate-resource"
    /// E15: a wildcard of a list covers another element of it.
    case overlappingResources = "overlapping-resources"
    /// E16: a wildcard of an earlier entry covers it.
    case maskedResource = "masked-resource"

    // KMS plugins.
    /// E17: a plugin has no name.
    case noPluginName = "no-plugin-name"
    /// E17: the name of a KMS v2 plugin has a colon.
    case colonInPluginName = "colon-in-plugin-name"
    /// E17: two plugins have one name.
    case duplicatePluginName = "duplicate-plugin-name"
    /// E18: a plugin has no endpoint.
    case noEndpoint = "no-endpoint"
    /// E18: the endpoint is no `unix` URL.
    case invalidEndpoint = "invalid-endpoint"
    /// E18: the time limit is no duration above zero.
    case invalidTimeout = "invalid-timeout"
    /// E18: a cache of no entries, or one for KMS v2, which has none.
    case invalidCacheSize = "invalid-cache-size"
    /// E18: neither `v1` nor `v2`.
    case unknownPluginVersion = "unknown-plugin-version"
    /// E19: KMS v1 is switched off.
    case kmsV1Disabled = "kms-v1-disabled"
    /// E20: reloading is asked for, but no file is named.
    case reloadWithoutFile = "reload-without-file"
  }

  /// What is wrong.
  public let code: Code
  /// Where.
  public let place: ConfigurationPlace
  /// A clause that says so. It may hold names from the file as they are, so a report escapes them; never a secret, nor
  /// any text that looks like one.
  public let reason: String
  /// Which releases refuse it.
  let releases: Releases

  /// Which releases refuse something.
  enum Releases: Sendable {
    case all
    /// This one and newer ones.
    case since(KubernetesVersion)
    /// Those before this one.
    case before(KubernetesVersion)
  }

  init(_ code: Code, at place: ConfigurationPlace, by releases: Releases = .all, _ reason: String) {
    self.code = code
    self.place = place
    self.releases = releases
    self.reason = reason
  }

  /// What the strict reader of YAML found. Its codes are among those here, by their raw values.
  init(_ fault: YAMLFault, by releases: Releases = .all) {
    self.init(Code(rawValue: fault.code.rawValue) ?? .notYAML, at: fault.place, by: releases, fault.reason)
  }

  /// Whether the file as a whole is wrong, so that no line is.
  public var isAboutWholeFile: Bool {
    switch code {
    case .unreadable, .empty, .tooLarge, .reloadWithoutFile: true
    case .notUTF8: place == .start
    default: false
    }
  }

  /// The place and the reason: `line 9, resources[0].providers[0].aescbc.keys[0].secret: …`; of the file as a whole, the
  /// reason alone.
  public var description: String { isAboutWholeFile ? reason : "\(place): \(reason)" }

  /// Whether an API server of `version` refuses it; nil: the newest.
  func isRaised(by version: KubernetesVersion?) -> Bool {
    switch releases {
    case .all: true
    case .since(let first): version.map { $0 >= first } ?? true
    case .before(let first): version.map { $0 < first } ?? false
    }
  }

  /// Whether every release refuses it.
  var isRaisedByAll: Bool {
    if case .all = releases { true } else { false }
  }

  /// Whether code and place are the same.
  public static func == (left: ConfigurationError, right: ConfigurationError) -> Bool {
    left.code == right.code && left.place == right.place
  }

  /// Hashes code and place.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(code)
    hasher.combine(place)
  }
}
