import KubernetesStorage

/// What a configuration is held against besides common sense.
public struct LintOptions: Hashable, Sendable {
  /// What must be encrypted.
  public var required: [ResourcePattern]
  /// Whether only cryptography that FIPS 140 knows may write.
  public var requiresFIPS: Bool
  /// Whether the file's mode lets users read it who are neither its owner nor of its group.
  public var isReadableByOthers: Bool

  /// By default Secrets must be encrypted, in whatever way.
  public init(
    required: [ResourcePattern] = [.resource(.secrets)], requiresFIPS: Bool = false, isReadableByOthers: Bool = false
  ) {
    self.required = required
    self.requiresFIPS = requiresFIPS
    self.isReadableByOthers = isReadableByOthers
  }
}
