/// What a rule stands for: the one place from which reports, `atrest explain` and the documentation take it.
public struct RuleDescription: Hashable, Sendable {
  /// The identifier that every report prints, such as `plaintext-live`.
  public let id: String
  /// How much a finding matters, unless the finding says otherwise.
  public let severity: Severity
  /// A clause that says what was found.
  public let title: String
  /// Sentences that say how that comes about.
  public let meaning: String
  /// Sentences that say what may come of it.
  public let importance: String
  /// Sentences that say what to do.
  public let repair: String
  /// What asks that there be no such finding. Never empty.
  public let controls: [Control]

  init(
    _ id: String, _ severity: Severity, _ title: String, meaning: String, importance: String, repair: String,
    controls: [Control]
  ) {
    self.id = id
    self.severity = severity
    self.title = title
    self.meaning = meaning
    self.importance = importance
    self.repair = repair
    self.controls = controls
  }

  /// The rule of this identifier; nil when there is none.
  public init?(id: String) {
    guard let found = Self.all.first(where: { $0.id == id }) else { return nil }
    self = found
  }

  /// All rules: those about values, those about files, and those about configurations, each from the one that matters
  /// most on.
  public static let all = aboutValues + aboutFiles + aboutConfigurations
}

extension RuleDescription {
  /// The most identifiers that are suggested.
  private static let suggestionLimit = 3

  /// The identifiers that somebody may have meant who wrote `text`, best first, at most three: those of which `text` is
  /// part, and those with few letters exchanged.
  public static func suggestions(for text: String) -> [String] {
    Spelling.nearest(to: text, among: all.map(\.id), limit: suggestionLimit)
  }
}
