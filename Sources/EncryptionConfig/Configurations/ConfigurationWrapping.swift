/// What a configuration lies in where the file is something else than the configuration. No API server reads it there.
public struct ConfigurationWrapping: Hashable, Sendable {
  /// How the configuration stands in the file.
  public enum Form: String, CaseIterable, Hashable, Sendable {
    /// As one of several documents, behind the first.
    case document
    /// As a part of a document.
    case mapping
    /// As a text, such as the data of a ConfigMap.
    case text
    /// As a text in base64, such as the data of a Secret.
    case base64
  }

  /// How it stands there.
  public let form: Form
  /// The kind of what it lies in, such as `ConfigMap`; nil when that has none, or none that may be shown.
  public let kind: String?
  /// The way to it through members and elements of the file, such as `data['encryption-config.yaml']`; empty for a whole
  /// document.
  public let path: String
  /// Where it begins in the file.
  public let line: Int

  /// The kind that is named for the state file of an RKE cluster, which has none of its own.
  public static let rkeState = "RKE state"

  /// Such as `a ConfigMap`, `an RKE state`.
  public var noun: String {
    switch (form, kind) {
    case (.document, _): "a later document of the file"
    case (_, let kind?): (kind == Self.rkeState || "AEIOU".contains(kind.prefix(1)) ? "an " : "a ") + kind
    case (_, nil): "another document"
    }
  }

  /// Where it stands, such as `data['encryption-config.yaml'], line 7`.
  public var location: String { path.isEmpty ? "line \(line)" : "\(path), line \(line)" }
}

/// A configuration, or another document, in the file beside the one that counts.
public struct OtherConfiguration: Hashable, Sendable {
  /// How it is passed over.
  public enum Reason: Hashable, Sendable {
    /// It stands in a document behind the first.
    case laterDocument
    /// It is wrapped as the one that counts is, behind it.
    case alsoWrapped
  }

  /// Why it does not count.
  public let reason: Reason
  /// Where it stands.
  public let place: ConfigurationPlace
  /// Its kind; nil when it has none, or none that may be shown.
  public let kind: String?
  /// The resources that it names, as far as they may be shown; none when it is no configuration.
  public let resources: [String]
}
