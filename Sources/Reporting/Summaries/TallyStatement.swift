import VerificationModel

/// What the first line says about the values of some resources, clause by clause.
struct TallyStatement {
  let subjects: [TallySubject]
  /// Live values that count as encrypted by their envelope, and that keys showed to be something else.
  var spoiltLive = 0

  /// A clause that says why a snapshot fails, and the rule for which it does.
  struct Complaint {
    let rule: Rule
    let text: String
  }

  /// The sentence, without a full stop.
  var description: String {
    ([opening] + complaints.map(\.text) + closing).compactMap(\.self).joined(separator: ", ")
  }

  /// What comes before every complaint: that all live values are encrypted, or that there are none.
  var opening: String? {
    guard isEncrypted else { return absenceClause }
    return spoiltLive == 0 ? encryptedClause : nil
  }

  /// What fails, in the order of the rules.
  var complaints: [Complaint] { [plaintext, undetermined, residue].compactMap(\.self) }

  /// What is said at last: which values are encrypted, where not all are.
  var closing: [String?] {
    if isEncrypted { return [spoiltLive == 0 ? nil : soundClause] }
    return [soundClause ?? encryptedClause, historyClause]
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

  private var plaintext: Complaint? {
    let count = subjects.reduce(0) { $0 + $1.total(\.plaintext) }
    let text = clause(
      subjects.map(\.plaintextLiveSubject) + [historySubject(\.plaintext)],
      count == 1 ? "is plaintext" : "are plaintext")
    return text.map { Complaint(rule: (live?.plaintext ?? 0) > 0 ? .plaintextLive : .plaintextHistory, text: $0) }
  }

  private var undetermined: Complaint? {
    let isAlone = subjects.count == 1 && (history?.plaintext ?? 0) + (history?.undetermined ?? 0) == 0
    let text = clause(
      subjects.map { $0.undeterminedLiveSubject(isAlone: isAlone) } + [historySubject(\.undetermined)],
      "can't be verified")
    return text.map { Complaint(rule: .malformedEnvelope, text: $0) }
  }

  private var residue: Complaint? {
    let count = subjects.reduce(0) { $0 + $1.residue }
    guard count > 0 else { return nil }
    let noun = subjects.count { $0.residue > 0 } == 1 ? subjects.first { $0.residue > 0 }?.noun ?? .object : .object
    return Complaint(
      rule: .plaintextResidue,
      text: "\(count) deleted or old \(count == 1 ? noun.singular : noun.plural) can still be read in free pages")
  }

  private var encryptedClause: String? { clause(subjects.map(\.encryptedSubject), "encrypted") }

  /// Of a single resource, after `9 of 128 secrets can't be verified`, it is the others that one asks for.
  private var soundClause: String? {
    guard let live, live.plaintext == 0, subjects.count == 1 || isEncrypted, live.undetermined + spoiltLive > 0 else {
      return nil
    }
    let count = live.encrypted - spoiltLive
    return count > 0 ? "\(count) \(count == 1 ? "is" : "are") encrypted" : nil
  }

  private var historyClause: String? {
    guard !hasLive, let history, history.total > 0, history.encrypted == history.total else { return nil }
    return "\(history.total.counted("old revision")) encrypted"
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
