import KubernetesStorage

/// How many values are of which class.
public struct ClassCounts: Hashable, Sendable {
  /// Readable by anyone who holds the file.
  public var plaintext = 0
  /// Behind an envelope of possible structure.
  public var encrypted = 0
  /// Behind an envelope of impossible structure.
  public var malformed = 0
  /// Behind an envelope of an unknown provider or version.
  public var unknownEnvelope = 0
  /// Neither an envelope nor a Kubernetes encoding.
  public var unrecognized = 0
  /// Without a byte.
  public var empty = 0

  /// No values.
  public init() {}

  /// All values.
  public var total: Int { plaintext + encrypted + malformed + unknownEnvelope + unrecognized + empty }

  /// Values that are neither encrypted nor plaintext.
  public var undetermined: Int { malformed + unknownEnvelope + unrecognized + empty }

  /// Counts one more value of `valueClass`.
  public mutating func count(_ valueClass: ValueClass) {
    switch valueClass {
    case .plaintext: plaintext += 1
    case .encrypted: encrypted += 1
    case .malformed: malformed += 1
    case .unknownEnvelope: unknownEnvelope += 1
    case .unrecognized: unrecognized += 1
    case .empty: empty += 1
    }
  }
}
