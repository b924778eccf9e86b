import RuleCatalog

/// What can be wrong with a configuration that an API server starts with. The raw value is the identifier that every
/// report prints; each comment begins with the rule's number.
public enum LintRule: String, CaseIterable, Hashable, Sendable {
  /// L01: identity writes what should be encrypted.
  case identityFirst = "config-identity-first"
  /// L02: no entry is for a resource that must be encrypted.
  case notCovered = "config-not-covered"
  /// L03: plaintext is left of a resource that is encrypted when written.
  case plaintextRemains = "config-plaintext-remains"
  /// L04: plaintext is left that can no longer be read.
  case plaintextUnreadable = "config-plaintext-unreadable"
  /// L31: plaintext is left of a resource that is encrypted when written, in history or in free pages.
  case plaintextKept = "config-plaintext-kept"
  /// L05: identity is still there, though no plaintext is.
  case identityUnneeded = "config-identity-unneeded"
  /// L06: aescbc writes.
  case weakCipher = "config-weak-cipher"
  /// L07: aesgcm writes, and its key is not changed often enough.
  case unrotatedKey = "config-unrotated-key"
  /// L08: secretbox writes where FIPS 140 is asked for.
  case notFIPS = "config-not-fips"
  /// L09: KMS v1.
  case kmsV1 = "config-kms-v1"
  /// L10: a key in the file itself writes.
  case localKey = "config-local-key"
  /// L11: one secret under two names or providers.
  case reusedSecret = "config-reused-secret"
  /// L12: one name for two secrets.
  case reusedKeyName = "config-reused-key-name"
  /// L13: a name that is hard to tell from what follows it.
  case ambiguousKeyName = "config-ambiguous-key-name"
  /// L14: a secret out of the documentation.
  case publishedKey = "config-published-key"
  /// L15: a secret that is not random.
  case predictableKey = "config-predictable-key"
  /// L16: an AES key of less than 256 bits.
  case shortKey = "config-short-key"
  /// L17: a resource that does not exist.
  case unknownResource = "config-unknown-resource"
  /// L18: something that the API server's release does not act upon.
  case ineffectiveEntry = "config-ineffective-entry"
  /// L19: a resource in several entries.
  case repeatedResource = "config-repeated-resource"
  /// L20: a sensitive resource is exempt from a wildcard.
  case exemptedResource = "config-exempted-resource"
  /// L21: values name a key that the file does not have.
  case missingKey = "config-missing-key"
  /// L22: a key that no value names.
  case unusedKey = "config-unused-key"
  /// L23: the newest values were written with another key than the file's first.
  case notRunning = "config-not-running"
  /// L24: anybody may put a socket where the plugin's is looked for.
  case exposedSocket = "config-exposed-socket"
  /// L25: only Secrets are covered.
  case secretsOnly = "config-secrets-only"
  /// L26: the outdated version and kind.
  case legacyHeader = "config-legacy-header"
  /// L27: the API servers are not started alike.
  case serversDiffer = "config-servers-differ"
  /// L28: others can read the file or its keys.
  case readableByOthers = "config-readable-by-others"
  /// L29: documents behind the first.
  case ignoredDocument = "config-ignored-document"
  /// L30: the file is something else that holds the configuration.
  case wrapped = "config-wrapped"

  /// What the rule stands for, and what to do.
  public var details: RuleDescription {
    switch self {
    case .identityFirst: .configIdentityFirst
    case .notCovered: .configNotCovered
    case .plaintextRemains: .configPlaintextRemains
    case .plaintextUnreadable: .configPlaintextUnreadable
    case .plaintextKept: .configPlaintextKept
    case .identityUnneeded: .configIdentityUnneeded
    case .weakCipher: .configWeakCipher
    case .unrotatedKey: .configUnrotatedKey
    case .notFIPS: .configNotFIPS
    case .kmsV1: .configKMSv1
    case .localKey: .configLocalKey
    case .reusedSecret: .configReusedSecret
    case .reusedKeyName: .configReusedKeyName
    case .ambiguousKeyName: .configAmbiguousKeyName
    case .publishedKey: .configPublishedKey
    case .predictableKey: .configPredictableKey
    case .shortKey: .configShortKey
    case .unknownResource: .configUnknownResource
    case .ineffectiveEntry: .configIneffectiveEntry
    case .repeatedResource: .configRepeatedResource
    case .exemptedResource: .configExemptedResource
    case .missingKey: .configMissingKey
    case .unusedKey: .configUnusedKey
    case .notRunning: .configNotRunning
    case .exposedSocket: .configExposedSocket
    case .secretsOnly: .configSecretsOnly
    case .legacyHeader: .configLegacyHeader
    case .serversDiffer: .configServersDiffer
    case .readableByOthers: .configReadableByOthers
    case .ignoredDocument: .configIgnoredDocument
    case .wrapped: .configWrapped
    }
  }

  /// How much a finding of this rule matters.
  public var severity: Severity { details.severity }

  /// Whether only a snapshot can tell; ``readableByOthers``, ``unknownResource`` and ``unrotatedKey`` may be raised with
  /// and without one.
  public var needsSnapshot: Bool {
    switch self {
    case .plaintextRemains, .plaintextUnreadable, .plaintextKept, .identityUnneeded, .missingKey, .unusedKey,
      .notRunning, .secretsOnly, .serversDiffer:
      true
    default: false
    }
  }
}
