import RuleCatalog
import SnapshotInput
import VerificationModel

/// A row that a finding is about.
struct FlaggedRow: Sendable {
  let rule: Rule
  /// How much it matters; once it was rated, by what the policy says.
  var severity: Severity
  let layer: Layer
  /// The row's number among the candidates.
  let number: UInt32
  /// What the rule alone does not say.
  var detail: Detail?
  /// The number of the waiver that it was rated with; 0 where there is none.
  var waiver: UInt16 = 0

  init(_ rule: Rule, _ layer: Layer, _ number: Int, severity: Severity? = nil, _ detail: Detail? = nil) {
    self.rule = rule
    self.severity = severity ?? rule.severity
    self.layer = layer
    self.number = UInt32(number)
    self.detail = detail
  }

  /// What its rating depends on, beside the value itself.
  struct Case: Hashable {
    let rule: Rule
    let severity: Severity
    let layer: Layer
    let detail: Detail?
  }

  /// See ``Case``.
  var rated: Case { Case(rule: rule, severity: severity, layer: layer, detail: detail) }

  /// Whether nothing of the counts tells the two apart, once they were rated.
  func countsLike(_ other: FlaggedRow) -> Bool {
    rule == other.rule && severity == other.severity && layer == other.layer && (waiver == 0) == (other.waiver == 0)
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
