import EtcdStorage

/// What is known of a finding when it is rated: also of one whose details are not kept.
public struct FindingFacts: Hashable, Sendable {
  /// What it is about.
  public let rule: Rule
  /// How much it matters unless a policy says otherwise.
  public let severity: Severity
  /// The layer, for findings about a value.
  public var layer: Layer?
  /// The group resource concerned, such as `secrets`.
  public var resource: String?
  /// Machine-readable detail, such as `forged-envelope`.
  public var reason: String?
  /// The whole etcd key of the value; nil where there is none, where it was not asked for or could not be read, and of
  /// findings beyond those of which details are kept while a file is read.
  public var key: EtcdKey?

  /// Facts of which the rule alone is known, and the severity if it is not the rule's own.
  public init(_ rule: Rule, severity: Severity? = nil) {
    self.rule = rule
    self.severity = severity ?? rule.severity
  }
}

extension FindingFacts {
  /// What `finding` tells.
  package init(of finding: Finding) {
    self.init(finding.rule, severity: finding.severity)
    layer = finding.layer
    resource = finding.resource
    reason = finding.reason
    key = finding.subject?.names?.key
  }
}
