import SnapshotVerification

/// One sentence without a full stop about the values of some resources.
///
/// What fails comes first, except that encrypted live values are named before trouble in the history.
struct TallyStatement: CustomStringConvertible {
  let subjects: [TallySubject]

  /// The sentence.
  var description: String {
    let clauses =
      isEncrypted
      ? [encryptedClause, plaintextClause, undeterminedClause, residueClause]
      : [absenceClause, plaintextClause, undeterminedClause, residueClause, encryptedClause, historyClause]
    return clauses.compactMap(\.self).joined(separator: ", ")
  }

  // MARK: Counts

  /// Values of all subjects; nil when the layer was not examined.
  private func sum(_ layer: KeyPath<TallySubject, ClassCounts?>) -> ClassCounts? {
    let counts = subjects.compactMap { $0[keyPath: layer] }
    return counts.isEmpty ? nil : counts.reduce(ClassCounts(), +)
  }

  private var live: ClassCounts? { sum(\.live) }
  private var history: ClassCounts? { sum(\.history) }
  private var hasLive: Bool { (live?.total ?? 0) > 0 }
  private var isEncrypted: Bool { hasLive && live?.encrypted == live?.total }

  // MARK: Clauses

  private var absenceClause: String? {
    guard let live, live.total == 0 else { return nil }
    return "no live \(subjects.map(\.noun.plural).joined(separator: " or "))"
  }

  private var plaintextClause: String? {
    let count = subjects.reduce(0) { $0 + $1.total(\.plaintext) }
    return clause(
      subjects.map(\.plaintextLiveSubject) + [historySubject(\.plaintext)],
      count == 1 ? "is plaintext" : "are plaintext")
  }

  private var undeterminedClause: String? {
    let isAlone = subjects.count == 1 && (history?.plaintext ?? 0) + (history?.undetermined ?? 0) == 0
    return clause(
      subjects.map { $0.undeterminedLiveSubject(isAlone: isAlone) } + [historySubject(\.undetermined)],
      "can't be verified")
  }

  /// Those all of whose live values are encrypted. Of a single one, after `9 of 128 secrets can't be verified`,
  /// it is the others that one asks for.
  private var encryptedClause: String? {
    if let only = subjects.first, subjects.count == 1, !isEncrypted {
      guard let live = only.live, live.undetermined > 0, live.plaintext == 0, live.encrypted > 0 else { return nil }
      return "\(live.encrypted) \(live.encrypted == 1 ? "is" : "are") encrypted"
    }
    return clause(subjects.map(\.encryptedSubject), "encrypted")
  }

  private var historyClause: String? {
    guard !hasLive, let history, history.total > 0, history.encrypted == history.total else { return nil }
    return "\(history.total.counted("old revision")) encrypted"
  }

  private var residueClause: String? {
    let count = subjects.reduce(0) { $0 + $1.residue }
    return count == 0 ? nil : "\(count) left over in unowned bytes \(count == 1 ? "is" : "are") plaintext"
  }

  private func historySubject(_ count: KeyPath<ClassCounts, Int>) -> String? {
    guard let history, history[keyPath: count] > 0 else { return nil }
    return hasLive
      ? history[keyPath: count].counted("old revision")
      : "\(history[keyPath: count]) of \(history.total.counted("old revision"))"
  }

  private func clause(_ phrases: [String?], _ predicate: String) -> String? {
    let phrases = phrases.compactMap(\.self)
    return phrases.isEmpty ? nil : "\(phrases.listed) \(predicate)"
  }
}
