import Cryptography
import KubernetesStorage
import VerificationModel

/// What a policy file says.
///
/// ```swift
/// let policy = try PolicyDocument(path: "policy.yaml", today: CalendarDay("2026-11-30")!)
/// let verifier = Verifier(policy: policy.applied(to: Policy()), rating: policy.rating)
/// ```
public struct PolicyDocument: Hashable, Sendable {
  /// What must be encrypted; nil where the policy does not say.
  public let resources: [ResourcePattern]?
  /// The layers to examine; nil where the policy does not say.
  public let layers: Set<Layer>?
  /// What fails a snapshot; nil where the policy does not say.
  public let failOn: Threshold?
  /// How the live values of single resources must be encrypted.
  public let demands: [EncryptionDemand]
  /// Which file it is, what it says of findings, and what it waives.
  public let source: PolicySource
  /// The day by which it was read what still holds.
  public let today: CalendarDay

  /// The least severity that fails a snapshot.
  public enum Threshold: Hashable, Sendable {
    /// This one.
    case severity(Severity)
    /// None does.
    case never

    /// The severity; nil when none fails.
    public var severity: Severity? { if case .severity(let severity) = self { severity } else { nil } }

    /// As the policy and the option have it.
    public var description: String { severity?.rawValue ?? "never" }
  }

  /// `policy` with what the file says in place of its defaults.
  public func applied(to policy: Policy) -> Policy {
    var policy = policy
    policy.resources = Self.joined(resources ?? policy.resources, demandedResources)
    if let layers { policy.layers = layers }
    if let failOn { policy.failOn = failOn.severity }
    policy.demands = demands
    policy.file = source
    return policy
  }

  /// What the file says must be encrypted: what `resources` names, and what a demand names one by one. Empty where it names
  /// nothing.
  public var statedResources: [ResourcePattern] { Self.joined(resources ?? [], demandedResources) }

  /// What is in scope where nobody else says so: what the file states, and Secrets unless it has `resources`.
  public var scope: [ResourcePattern] { applied(to: Policy()).resources }

  /// What the demands name one by one. A wildcard there is about what is in scope, and puts nothing into it.
  private var demandedResources: [ResourcePattern] {
    demands.flatMap { $0.namedResources.map(ResourcePattern.resource) }
  }

  /// `first`, and of `second` what is not among it.
  private static func joined(_ first: [ResourcePattern], _ second: [ResourcePattern]) -> [ResourcePattern] {
    second.reduce(into: first) { all, pattern in if !all.contains(pattern) { all.append(pattern) } }
  }

  /// The waivers that no longer hold.
  public var expiredWaivers: [PolicyWaiver] { source.waivers.filter(\.isExpired) }
}
