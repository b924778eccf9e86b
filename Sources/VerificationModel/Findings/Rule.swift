import RuleCatalog

/// What a finding is about. The raw value is the identifier that every report prints.
public enum Rule: String, CaseIterable, Hashable, Sendable {
  case plaintextLive = "plaintext-live"
  case authenticationFailed = "authentication-failed"
  case valueMoved = "value-moved"
  case nonceReuse = "nonce-reuse"
  case plaintextHistory = "plaintext-history"
  case plaintextResidue = "plaintext-residue"
  case plaintextElsewhere = "plaintext-elsewhere"
  case rowsWithheld = "rows-withheld"
  case impossibleRow = "impossible-row"
  case malformedEnvelope = "malformed-envelope"
  case unknownEnvelope = "unknown-envelope"
  case unrecognizedValue = "unrecognized-value"
  case nothingAuthenticated = "nothing-authenticated"
  case keyNotInConfig = "key-not-in-config"
  case providerNotRequired = "provider-not-required"
  case staleKey = "stale-key"
  case weakProvider = "weak-provider"
  case nothingInScope = "nothing-in-scope"
  case misplacedObject = "misplaced-object"
  case keysBesideData = "keys-beside-data"
  case configIdentityFirst = "config-identity-first"
  case configNotRunning = "config-not-running"
  case residueUnexplained = "residue-unexplained"
  case hashMismatch = "hash-mismatch"
  case hashMissing = "hash-missing"
  case trailingData = "trailing-data"
  case damagedPage = "damaged-page"

  /// What the rule stands for, and what to do.
  public var details: RuleDescription {
    switch self {
    case .plaintextLive: .plaintextLive
    case .authenticationFailed: .authenticationFailed
    case .valueMoved: .valueMoved
    case .nonceReuse: .nonceReuse
    case .plaintextHistory: .plaintextHistory
    case .plaintextResidue: .plaintextResidue
    case .plaintextElsewhere: .plaintextElsewhere
    case .rowsWithheld: .rowsWithheld
    case .impossibleRow: .impossibleRow
    case .malformedEnvelope: .malformedEnvelope
    case .unknownEnvelope: .unknownEnvelope
    case .unrecognizedValue: .unrecognizedValue
    case .nothingAuthenticated: .nothingAuthenticated
    case .keyNotInConfig: .keyNotInConfig
    case .providerNotRequired: .providerNotRequired
    case .staleKey: .staleKey
    case .weakProvider: .weakProvider
    case .nothingInScope: .nothingInScope
    case .misplacedObject: .misplacedObject
    case .keysBesideData: .keysBesideData
    case .configIdentityFirst: .configIdentityFirst
    case .configNotRunning: .configNotRunning
    case .residueUnexplained: .residueUnexplained
    case .hashMismatch: .hashMismatch
    case .hashMissing: .hashMissing
    case .trailingData: .trailingData
    case .damagedPage: .damagedPage
    }
  }

  /// How much a finding of this rule matters; keys that something else protects matter less.
  public var severity: Severity { details.severity }

  /// One sentence that says what the rule stands for.
  public var summary: String { details.title }
}
