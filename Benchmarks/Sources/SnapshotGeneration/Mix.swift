import TestSupport

/// What a generated snapshot mostly holds.
public enum Mix: String, Codable, Sendable, CaseIterable {
  /// Many rows with values of 100 to 600 bytes, of all kinds.
  case small
  /// Mostly Secrets; most values have 1 to 12 KB, so that leaves overflow their page.
  case secrets

  /// The share of each kind among the objects.
  var shares: [(kind: ObjectKind, share: Double)] {
    switch self {
    case .small: [(.event, 0.3), (.secret, 0.25), (.configMap, 0.2), (.pod, 0.2), (.lease, 0.05)]
    case .secrets: [(.secret, 0.7), (.configMap, 0.15), (.pod, 0.1), (.event, 0.04), (.lease, 0.01)]
    }
  }

  /// Bytes in a value of `kind`, each length as likely as the others.
  func valueBytes(of kind: ObjectKind) -> ClosedRange<Int> {
    switch (self, kind) {
    case (.secrets, .secret), (.secrets, .configMap), (.secrets, .pod): 1000...12_000
    case (.small, _), (.secrets, .event), (.secrets, .lease): 100...600
    }
  }
}
