/// That someone accepts a finding. Whether it still holds, whoever rates the finding decides.
public struct Waiver: Hashable, Sendable {
  /// Why the finding is accepted.
  public let reason: String
  /// Who accepted it.
  public let acceptedBy: String
  /// The last day on which it holds, as in `2026-03-31`; nil where it has no end.
  public let expiry: String?

  /// A waiver by what it says.
  public init(reason: String, acceptedBy: String, expiry: String? = nil) {
    self.reason = reason
    self.acceptedBy = acceptedBy
    self.expiry = expiry
  }
}
