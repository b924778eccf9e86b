import SnapshotVerification

/// The first line of a text report: the verdict, the file, what was verified, and what was not. Whoever reads nothing
/// else has the answer.
struct Headline: TextHeadline {
  let snapshot: SnapshotReport
  let policy: Policy

  var verdict: Verdict { snapshot.verdict }

  var label: String { snapshot.verdict.rawValue.uppercased() }

  var path: String { PrintableText(snapshot.name).description.boundedName }

  private var tally: Tally { Tally(snapshot, policy: policy) }

  var statement: String {
    switch (snapshot.verdict, tally.isEmpty) {
    case (.error, _): errorStatement
    case (_, true): "no \(tally.noun.plural) found: nothing was verified"
    case (.fail, false): tally.statement + failingRules
    case (.pass, false): tally.statement
    }
  }

  /// The most important error, the number of the others, and what was read in spite of them.
  private var errorStatement: String {
    guard let error = snapshot.errors.mostImportant else { return "could not be verified" }
    let others = snapshot.errors.count - 1 + snapshot.errorsOmitted
    return PrintableText(error.message).description
      + (others > 0 ? ", and \(others.counted("more error"))" : "")
      + "; " + whatWasRead
  }

  private var whatWasRead: String {
    guard tally.isEmpty else { return "still read: \(tally.statement)" }
    return snapshot.etcd == nil ? "nothing was read" : "no \(tally.noun.plural) were read"
  }

  /// Where all values are encrypted, what the snapshot fails for.
  private var failingRules: String {
    guard tally.isClean, let failOn = policy.failOn else { return "" }
    let complaints = snapshot.foundRules.filter { snapshot.severity(of: $0) >= failOn }.map(complaint)
    return complaints.isEmpty ? "" : ", but \(complaints.joined(separator: ", "))"
  }

  private func complaint(_ rule: Rule) -> String {
    let count = snapshot.findingCounts[rule] ?? 0
    return switch rule {
    case .authenticationFailed: count == 1 ? "1 does not decrypt" : "\(count) do not decrypt"
    case .valueMoved: count == 1 ? "1 was moved" : "\(count) were moved"
    case .nonceReuse: "\(count) share a nonce"
    case .keyNotInConfig: "\(count) without their key in the config"
    case .configNotRunning: "the config is not running"
    case .staleKey: "\(count) with an old key"
    case .misplacedObject: "\(count.counted("plaintext object")) under another path"
    case .keysBesideData: "the keys lie in the same file"
    case .weakProvider: "by a weak provider"
    case .providerNotRequired: "not by the required provider"
    case .nothingAuthenticated: "none could be authenticated"
    case .plaintextElsewhere: "\(count.counted("plaintext object")) where etcd keeps none"
    case .rowsWithheld: "rows are withheld from the store's figures"
    case .hashMissing: "SHA-256 missing"
    case .residueUnexplained: "with free pages of unknown origin"
    default: rule.rawValue
    }
  }

  /// What goes into the parentheses, as phrases that are not broken.
  var notes: [String] {
    guard !(snapshot.verdict == .error && tally.isEmpty) else { return [] }
    var phrases = [excuse, otherKeys, verifiedLayers, unexplainedText, unexamined].compactMap(\.self)
    guard let last = phrases.popLast() else { return [] }
    phrases = phrases.map { $0 + ";" } + [last + ")"]
    phrases[0] = "(" + phrases[0]
    return phrases
  }

  /// Why a snapshot passes that does not look like it.
  private var excuse: String? {
    guard snapshot.verdict == .pass else { return nil }
    if tally.isEmpty { return "allowed by --allow-empty" }
    return tally.isClean ? nil : "tolerated by --fail-on \(policy.failOnOption)"
  }

  private var otherKeys: String? {
    guard tally.isEmpty, let etcd = snapshot.etcd else { return nil }
    return etcd.liveKeys == 0 ? "no live keys at all" : etcd.liveKeys.counted("other live key")
  }

  private var verifiedLayers: String? {
    guard snapshot.verdict == .pass, tally.isClean, !tally.isEmpty else { return nil }
    return Layer.allCases.filter(policy.layers.contains).map(\.rawValue).joined(separator: ", ")
  }

  /// Of text of unknown origin, nobody can say that it is harmless.
  private var unexplainedText: String? {
    guard let residue = snapshot.residue, residue.unexplainedReadablePages > 0 else { return nil }
    return "\(Int(residue.unexplainedReadablePages).counted("page")) of text of unknown origin"
  }

  private var unexamined: String? {
    let parts = policy.unexaminedLayers.map(\.rawValue) + (snapshot.file.hash == .skipped ? ["SHA-256"] : [])
    return parts.isEmpty ? nil : "\(parts.listed) not examined"
  }
}
