/// What a policy says of findings: it is asked about each, whether the details are kept or not, before the finding is
/// counted. What it answers decides the verdict, the counts and the order of the report.
///
/// It can't lift an error, and no severity excuses that nothing was in scope.
public protocol FindingRating: Sendable {
  /// Whether it looks at ``FindingFacts/key``. If so, the key of each row with a finding is read once more, also of those
  /// rows whose findings are only counted.
  var needsKeys: Bool { get }

  /// How much the finding with these facts matters. The same facts get the same answer.
  func rating(of finding: FindingFacts) -> Rating
}

extension FindingRating {
  /// It looks at no key.
  public var needsKeys: Bool { false }
}

/// What comes of a finding.
public enum Rating: Hashable, Sendable {
  /// It counts, with this severity.
  case counted(Severity)
  /// Someone accepts it: it is told and counted apart.
  case waived(Waiver)
}
