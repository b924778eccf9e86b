import SnapshotVerification

/// The values in scope of one snapshot, counted over all resources and prefixes, and what the counts say.
struct Tally {
  /// nil when the layer was not examined.
  let live: ClassCounts?
  /// nil when the layer was not examined.
  let history: ClassCounts?
  /// What one value is called.
  let noun: String

  init(_ snapshot: SnapshotReport, policy: Policy) {
    func sum(_ layer: Layer, _ counts: (SnapshotReport.ResourceSummary) -> ClassCounts) -> ClassCounts? {
      policy.layers.contains(layer) ? snapshot.resources.map(counts).reduce(ClassCounts(), +) : nil
    }
    self.live = sum(.live, \.live)
    self.history = sum(.history, \.history)
    self.noun = policy.resources == ["secrets"] ? "secret" : "object"
  }

  /// Whether no value at all was in scope.
  var isEmpty: Bool { total(\.total) == 0 }

  /// Whether every value is encrypted.
  var isClean: Bool { total(\.encrypted) == total(\.total) }

  /// One sentence without a full stop, such as `3 of 34 secrets are plaintext, 9 can't be verified`.
  ///
  /// What fails comes first, except that encrypted live values are named before trouble in the history.
  var statement: String {
    [liveClause, plaintextClause, undeterminedClause, encryptedClause, historyClause].compactMap(\.self)
      .joined(separator: ", ")
  }

  private func total(_ count: KeyPath<ClassCounts, Int>) -> Int {
    (live?[keyPath: count] ?? 0) + (history?[keyPath: count] ?? 0)
  }

  private var hasLive: Bool { (live?.total ?? 0) > 0 }

  private var liveClause: String? {
    guard let live else { return nil }
    guard live.total > 0 else { return "no live \(noun)s" }
    return live.encrypted == live.total ? "\(live.total.counted(noun)) encrypted" : nil
  }

  private var plaintextClause: String? {
    guard total(\.plaintext) > 0 else { return nil }
    let subjects = [liveSubject(\.plaintext), historySubject(\.plaintext)].compactMap(\.self)
    return "\(subjects.listed) \(total(\.plaintext) == 1 ? "is" : "are") plaintext"
  }

  private var undeterminedClause: String? {
    guard total(\.undetermined) > 0 else { return nil }
    let subjects = [undeterminedLiveSubject, historySubject(\.undetermined)].compactMap(\.self)
    return "\(subjects.listed) can't be verified"
  }

  /// After `9 of 128 secrets can't be verified` it is the others that one asks for.
  private var encryptedClause: String? {
    guard let live, live.undetermined > 0, live.plaintext == 0, live.encrypted > 0 else { return nil }
    return "\(live.encrypted) \(live.encrypted == 1 ? "is" : "are") encrypted"
  }

  private var historyClause: String? {
    guard !hasLive, let history, history.total > 0, history.encrypted == history.total else { return nil }
    return "\(history.total.counted("old revision")) encrypted"
  }

  private func liveSubject(_ count: KeyPath<ClassCounts, Int>) -> String? {
    guard let live, live[keyPath: count] > 0 else { return nil }
    if live[keyPath: count] < live.total { return "\(live[keyPath: count]) of \(live.total.counted(noun))" }
    return live.total == 1 ? "the only \(noun)" : "all \(live.total.counted(noun))"
  }

  /// Where `3 of 34 secrets` stands just before, the number alone is clear.
  private var undeterminedLiveSubject: String? {
    guard let live, live.undetermined > 0 else { return nil }
    guard live.plaintext > 0 else { return "\(live.undetermined) of \(live.total.counted(noun))" }
    return (history?.plaintext ?? 0) + (history?.undetermined ?? 0) == 0
      ? "\(live.undetermined)" : live.undetermined.counted(noun)
  }

  private func historySubject(_ count: KeyPath<ClassCounts, Int>) -> String? {
    guard let history, history[keyPath: count] > 0 else { return nil }
    return hasLive
      ? history[keyPath: count].counted("old revision")
      : "\(history[keyPath: count]) of \(history.total.counted("old revision"))"
  }
}
