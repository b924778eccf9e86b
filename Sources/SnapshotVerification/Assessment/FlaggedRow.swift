import RuleCatalog
import SnapshotInput
import VerificationModel

/// A row that a finding is about.
struct FlaggedRow: Sendable {
  let rule: Rule
  let severity: Severity
  let layer: Layer
  /// The row's number among the candidates.
  let number: UInt32
  /// What the rule alone does not say.
  var detail: Detail?

  init(_ rule: Rule, _ layer: Layer, _ number: Int, severity: Severity? = nil, _ detail: Detail? = nil) {
    self.rule = rule
    self.severity = severity ?? rule.severity
    self.layer = layer
    self.number = UInt32(number)
    self.detail = detail
  }

  /// What the rule and the kind of the value alone do not say. The raw value is the reason that reports print.
  enum Detail: String, Sendable {
    /// Plaintext, and the configuration has no identity to read it.
    case noIdentity = "no-identity"
    /// The configuration lets identity write: the next write of the object leaves it in the clear.
    case identityFirst = "identity-first"
    /// Nothing comes out of it with the keys of its name.
    case wrongKeyOrAltered = "wrong-key-or-altered"
    /// The key is right, the value is not.
    case altered
    /// The key is right; where the value comes from, if it was not altered, was not searched for.
    case originNotSearched = "origin-not-searched"
    /// It opens, and no Kubernetes object comes out.
    case noObject = "decrypts-to-no-object"
    /// KMS v2: the plugin is the one that writes, but under a newer key id.
    case oldKeyID = "old-key-id"
  }
}
