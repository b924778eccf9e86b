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
    let written = Array(text.lowercased().utf8.prefix(64))
    let distances = all.compactMap { rule -> (Int, String)? in
      let id = Array(rule.id.utf8)
      if written.count >= 3, rule.id.utf8.firstRange(of: written) != nil { return (0, rule.id) }
      let distance = editDistance(written, id)
      return distance <= max(2, id.count / 4) ? (distance, rule.id) : nil
    }
    return distances.sorted(by: <).prefix(suggestionLimit).map(\.1)
  }

  /// How many letters have to be put in, left out or exchanged to come from one to the other. O(product of lengths).
  private static func editDistance(_ one: [UInt8], _ other: [UInt8]) -> Int {
    var above = Array(0...other.count)
    for (row, letter) in one.enumerated() {
      var current = [row + 1]
      for column in other.indices {
        let exchange = above[column] + (letter == other[column] ? 0 : 1)
        current.append(min(exchange, above[column + 1] + 1, current[column] + 1))
      }
      above = current
    }
    return above[other.count]
  }
}
