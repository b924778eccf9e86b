/// What a finding is about. The raw value is the identifier that every report prints.
public enum Rule: String, CaseIterable, Hashable, Sendable {
  case plaintextLive = "plaintext-live"
  case plaintextHistory = "plaintext-history"
  case plaintextResidue = "plaintext-residue"
  case malformedEnvelope = "malformed-envelope"
  case unknownEnvelope = "unknown-envelope"
  case unrecognizedValue = "unrecognized-value"
  case staleKey = "stale-key"
  case weakProvider = "weak-provider"
  case nothingInScope = "nothing-in-scope"
  case misplacedObject = "misplaced-object"
  case keysBesideData = "keys-beside-data"
  case hashMismatch = "hash-mismatch"
  case hashMissing = "hash-missing"
  case trailingData = "trailing-data"
  case damagedPage = "damaged-page"
  case residueUnexplained = "residue-unexplained"

  /// How much a finding of this rule matters; keys that something else protects matter less.
  public var severity: Severity {
    switch self {
    case .plaintextLive, .hashMismatch, .damagedPage: .critical
    case .plaintextHistory, .plaintextResidue, .malformedEnvelope, .unknownEnvelope, .unrecognizedValue, .nothingInScope,
      .misplacedObject, .keysBesideData:
      .high
    case .staleKey: .medium
    case .weakProvider, .hashMissing, .trailingData, .residueUnexplained: .low
    }
  }

  /// One sentence that says what the rule stands for.
  public var summary: String {
    switch self {
    case .plaintextLive: "the live value of a key in scope is plaintext"
    case .plaintextHistory: "an older or deleted revision of a key in scope is plaintext"
    case .plaintextResidue: "plaintext of a key in scope can be recovered from bytes that no live page owns"
    case .malformedEnvelope: "an encryption envelope was recognised, but its structure is impossible"
    case .unknownEnvelope: "the value carries an encryption envelope of an unknown provider or version"
    case .unrecognizedValue: "the value is neither an encryption envelope nor a Kubernetes encoding"
    case .staleKey: "the live value is encrypted, but not with the newest key in use"
    case .weakProvider: "values are encrypted by a provider that Kubernetes warns about"
    case .nothingInScope: "no key in scope was found"
    case .misplacedObject: "a plaintext object of a kind in scope lies under another resource's path"
    case .keysBesideData: "the keys to encrypted data lie in the same file"
    case .hashMismatch: "the SHA-256 at the end of the snapshot does not match its content"
    case .hashMissing: "the file carries no SHA-256, so changes to it can't be detected"
    case .trailingData: "bytes follow the snapshot's SHA-256"
    case .residueUnexplained: "bytes that no live page owns are neither zero nor accounted for"
    case .damagedPage: "part of the file can't be read as what it must be"
    }
  }
}
