import VerificationModel

/// What was verified, in one sentence: every rule that fails the snapshot has its words, the gravest first, and the
/// number of the other findings follows.
struct HeadlineOutcome: CustomStringConvertible {
  let snapshot: SnapshotReport
  let policy: Policy
  private let tally: Tally
  private let statement: TallyStatement

  init(snapshot: SnapshotReport, policy: Policy) {
    self.snapshot = snapshot
    self.policy = policy
    tally = Tally(snapshot, policy: policy)
    let live = snapshot.layerCounts[.live] ?? [:]
    let undetermined = (tally.live?.unrecognized ?? 0) + (tally.live?.empty ?? 0)
    // A row has at most one of these findings: authenticity is judged once.
    let spoilt =
      live[.authenticationFailed, default: 0] + live[.valueMoved, default: 0]
      + max(0, live[.unrecognizedValue, default: 0] - undetermined)
    statement = tally.statement(spoiltLive: min(spoilt, tally.live?.encrypted ?? 0))
  }

  /// The sentence, without a full stop.
  var description: String {
    let complaints = complaints
    guard !tally.isEmpty else {
      let texts = complaints.map(\.text)
      return (tally.isStoreEmpty ? texts + [nothingFound] : [nothingFound] + texts).joined(separator: ", ")
    }
    let closing = statement.closing.compactMap(\.self)
    guard let opening = statement.opening, let first = complaints.first else {
      return ([statement.opening].compactMap(\.self) + complaints.map(\.text) + closing).joined(separator: ", ")
    }
    // Counts by class stand beside each other; what else is wrong is set against them.
    let conjunction = Self.countedRules.contains(first.rule) ? ", " : ", but "
    return opening + conjunction + (complaints.map(\.text) + closing).joined(separator: ", ")
  }

  /// Rules about which the counts of values tell.
  private static let countedRules: Set<Rule> = [
    .plaintextLive, .plaintextHistory, .plaintextResidue, .malformedEnvelope, .unknownEnvelope, .unrecognizedValue,
  ]

  /// Rules that the first line tells as errors.
  private static let errorRules: Set<Rule> = [.hashMismatch, .damagedPage]

  /// What the examined layers have to say for themselves when there is nothing in them.
  private var nothingFound: String {
    guard !tally.isStoreEmpty else { return "no \(tally.noun.plural) found: nothing was verified" }
    let layers = Layer.allCases.filter(policy.layers.contains).map { layer in
      switch layer {
      case .live: "no live \(tally.noun.plural)"
      case .history: "no old revisions"
      case .residue: "nothing readable in free pages"
      }
    }
    return layers.joined(separator: ", ")
  }

  // MARK: Complaints

  /// Why the snapshot fails, the gravest first; what values are of which class is told at every `--fail-on`.
  var complaints: [TallyStatement.Complaint] {
    let others = failingRules.compactMap { rule in
      words(for: rule).map { TallyStatement.Complaint(rule: rule, text: $0) }
    }
    return (statement.complaints + others).sorted { one, other in
      let (a, b) = (snapshot.severity(of: one.rule), snapshot.severity(of: other.rule))
      return a != b ? a > b : Self.place(of: one.rule) < Self.place(of: other.rule)
    }
  }

  /// The rules in order, but what lies in free pages after what rows hold.
  private static func place(of rule: Rule) -> Int {
    let order = Rule.allCases
    let isLast = rule == .plaintextResidue
    return 2 * (order.firstIndex(of: isLast ? .unrecognizedValue : rule) ?? order.count) + (isLast ? 1 : 0)
  }

  private var failingRules: [Rule] {
    guard let failOn = policy.failOn else { return [] }
    return snapshot.foundRules.filter { snapshot.severity(of: $0) >= failOn }
  }

  /// What is said of a rule that was found; nil of what is said elsewhere in the line.
  private func words(for rule: Rule) -> String? {
    let count = snapshot.findingCounts[rule] ?? 0
    return switch rule {
    case .plaintextLive, .plaintextHistory, .malformedEnvelope, .unknownEnvelope: nil
    case .unrecognizedValue: objectless
    case .plaintextResidue: copies(count)
    case .hashMismatch, .damagedPage, .nothingInScope: nil
    case .authenticationFailed: failure(count)
    case .valueMoved: values(rule, "was moved here from another object", "were moved here from other objects")
    case .nonceReuse: "\(count) share a nonce"
    case .plaintextElsewhere: "\(count.counted("readable object")) in parts of the file where etcd keeps none"
    case .rowsWithheld: "rows that etcd does not see"
    case .impossibleRow: "\(count.counted("row")) with bytes that etcd never writes"
    case .nothingAuthenticated: "nothing could be decrypted with the keys given"
    case .keyNotInConfig: "\(count) \(count == 1 ? "needs" : "need") a key that the configuration does not have"
    case .providerNotRequired:
      "\(otherProviders) not by the required \(policy.requiredProvider?.description ?? "provider")"
    case .misplacedObject: "\(count.counted("readable object")) under another path"
    case .keysBesideData: "the keys lie in the same file"
    case .configIdentityFirst: "the configuration writes new values in plaintext"
    case .configNotRunning: "the configuration is not the one that runs"
    case .staleKey: staleKeys(count)
    case .weakProvider: "a weak provider encrypts values"
    case .residueUnexplained: "free pages hold bytes of unknown origin"
    case .hashMissing: "the SHA-256 is missing"
    case .trailingData: "bytes follow the SHA-256"
    }
  }

  /// How many values a rule about live and old values was found for, and what is wrong with them.
  private func values(_ rule: Rule, _ singular: String, _ plural: String) -> String {
    let total = snapshot.findingCounts[rule] ?? 0
    let live = snapshot.layerCounts[.live]?[rule] ?? 0
    let old = snapshot.layerCounts[.history]?[rule] ?? 0
    let subjects = [
      live > 0 ? tally.liveSubject(live) : nil, old > 0 ? old.counted("old revision") : nil,
    ].compactMap(\.self)
    let subject = subjects.isEmpty ? total.counted("value") : subjects.listed
    return "\(subject) \(total == 1 ? singular : plural)"
  }

  private func failure(_ count: Int) -> String {
    if let authentication = snapshot.authentication, count == authentication.encrypted, count > 1 {
      return "none of \(count) encrypted values can be decrypted with the keys given"
    }
    return values(.authenticationFailed, "does not decrypt", "do not decrypt")
  }

  /// Values that decrypt to something else than an object; the others without a known form are counted by class.
  private var objectless: String? {
    let classes = [(Layer.live, tally.live), (.history, tally.history)]
    let count = classes.reduce(0) { sum, layer in
      sum
        + max(
          0,
          (snapshot.layerCounts[layer.0]?[.unrecognizedValue] ?? 0) - (layer.1?.unrecognized ?? 0)
            - (layer.1?.empty ?? 0))
    }
    return count > 0 ? "\(count.counted("value")) decrypt\(count == 1 ? "s" : "") to no Kubernetes object" : nil
  }

  /// Copies of what can be read in another layer too, where nothing else lies in free pages.
  private func copies(_ count: Int) -> String? {
    tally.residue > 0 ? nil : "copies of \(count) can be read in free pages"
  }

  /// How many values, where one provider must have encrypted all of them.
  private var otherProviders: String {
    guard let required = policy.requiredProvider else { return "some" }
    let count = snapshot.encryption.reduce(0) { $0 + (required.allows($1.provider, $1.name) ? 0 : $1.live) }
    return "\(count)"
  }

  /// Values under an old key; not those whose resource the configuration leaves in plaintext, of which another rule tells.
  private func staleKeys(_ count: Int) -> String? {
    let writtenInTheClear = snapshot.resources
      .filter { $0.rotation?.writer == SnapshotReport.Rotation.identity }
      .reduce(0) { $0 + $1.live.encrypted }
    let aged = snapshot.findings.filter { $0.rule == .staleKey && $0.subject == nil }
    let others = count - aged.count - writtenInTheClear
    let phrases = [
      others > 0 ? "\(others) with an old key" : nil,
      aged.contains { $0.reason == "older-than-policy" } ? "last writes older than the policy allows" : nil,
      aged.contains { $0.reason == "age-unknown" } ? "last writes of unknown age" : nil,
    ].compactMap(\.self)
    return phrases.isEmpty ? nil : phrases.joined(separator: ", ")
  }

  // MARK: The rest

  /// The findings that the line does not speak of, by their severity, such as `2 low findings`; nil without any.
  var hint: String? {
    let failing = Set(failingRules)
    let others = snapshot.foundRules.filter { rule in
      !failing.contains(rule) && !Self.errorRules.contains(rule) && rule != .nothingInScope
        && !(Self.countedRules.contains(rule) && isCounted(rule))
    }
    let counts = Severity.allCases.reversed().compactMap { severity in
      let count = others.filter { snapshot.severity(of: $0) == severity }
        .reduce(0) { $0 + (snapshot.findingCounts[$1] ?? 0) }
      return count > 0 ? (count, severity) : nil
    }
    guard let last = counts.last else { return nil }
    let phrases = counts.map { "\($0.0) \($0.1.rawValue)" }
    return "\(phrases.listed) finding\(counts.count == 1 && last.0 == 1 ? "" : "s")"
  }

  /// Whether the counts of values speak of all findings of a rule.
  private func isCounted(_ rule: Rule) -> Bool {
    switch rule {
    case .plaintextResidue: tally.residue > 0
    case .unrecognizedValue: objectless == nil
    default: true
    }
  }
}
