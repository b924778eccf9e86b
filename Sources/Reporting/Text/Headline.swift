import VerificationModel

/// The first line of a text report: the verdict, the file, what was verified, and what was not. Whoever reads nothing
/// else has the answer.
struct Headline: TextHeadline {
  let snapshot: SnapshotReport
  let policy: Policy

  var verdict: Verdict { snapshot.verdict }

  var label: String { snapshot.verdict.rawValue.uppercased() }

  var path: String { PrintableText(snapshot.name).description.boundedName }

  private var tally: Tally { Tally(snapshot, policy: policy) }
  private var outcome: HeadlineOutcome { HeadlineOutcome(snapshot: snapshot, policy: policy) }

  var statement: String {
    let sentence =
      snapshot.verdict == .error
      ? errorStatement : snapshot.isAboutCompanion ? companionStatement : outcome.description
    return parentheses.isEmpty ? [sentence, outcome.hint].compactMap(\.self).joined(separator: "; ") : sentence
  }

  private var companionStatement: String {
    let content = snapshot.file.content.map(\.noun) ?? "a file"
    return "\(content) beside the snapshots, with \(disclosed ?? "nothing") in it"
  }

  /// What a file that is no snapshot gives away.
  private var disclosed: String? {
    guard snapshot.bolt == nil else { return nil }
    let keys = snapshot.findingCounts[.keysBesideData] == nil ? nil : "encryption keys"
    let count = snapshot.findingCounts[.plaintextElsewhere] ?? 0
    let texts = [keys, count > 0 ? count.counted("plaintext object") : nil].compactMap(\.self)
    return texts.isEmpty ? nil : texts.listed
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
    if let disclosed { return "this file holds \(disclosed)" }
    guard tally.isEmpty, outcome.complaints.isEmpty else { return "still read: \(outcome)" }
    return snapshot.etcd == nil ? "nothing was read" : "no \(tally.noun.plural) were read"
  }

  /// What goes into parentheses, and the number of findings that don't fail, as phrases that are not broken.
  var notes: [String] {
    guard let last = parentheses.last, let hint = outcome.hint else { return parentheses }
    return parentheses.dropLast() + [last + ";", hint]
  }

  private var parentheses: [String] {
    guard !(snapshot.verdict == .error && tally.isEmpty), !snapshot.isAboutCompanion else { return [] }
    var phrases = [
      excuse, waived, otherKeys, verifiedLayers, authenticated, unexplainedText, unexamined, unsearched,
    ].compactMap(\.self)
    guard let last = phrases.popLast() else { return [] }
    phrases = phrases.map { $0 + ";" } + [last + ")"]
    phrases[0] = "(" + phrases[0]
    return phrases
  }

  /// Why a snapshot passes that does not look like it.
  private var excuse: String? {
    guard snapshot.verdict == .pass else { return nil }
    if tally.isStoreEmpty { return "allowed by --allow-empty" }
    guard isTolerated else { return nil }
    return policy.file?.severities.isEmpty == false
      ? "tolerated by the policy" : "tolerated by --fail-on \(policy.failOnOption)"
  }

  /// Whether something was found that fails unless told otherwise.
  private var isTolerated: Bool {
    !tally.isClean && waivedCount == 0 || snapshot.foundRules.contains { snapshot.severity(of: $0) >= .high }
  }

  private var waivedCount: Int { snapshot.waivedCounts.values.reduce(0, +) }

  /// That somebody accepts what was found.
  private var waived: String? {
    waivedCount > 0 ? "\(waivedCount.counted("finding")) waived by the policy" : nil
  }

  private var otherKeys: String? {
    guard tally.isStoreEmpty, let etcd = snapshot.etcd else { return nil }
    return etcd.liveKeys == 0 ? "no live keys at all" : etcd.liveKeys.counted("other live key")
  }

  private var verifiedLayers: String? {
    guard snapshot.verdict == .pass, !isTolerated, !tally.isStoreEmpty else { return nil }
    return Layer.allCases.filter(policy.layers.contains).map(\.rawValue).joined(separator: ", ")
  }

  /// Who asked for values to be decrypted is told how many were.
  private var authenticated: String? {
    snapshot.authentication.map { "\($0.authenticated) of \($0.encrypted.counted("encrypted value")) authenticated" }
  }

  /// Of text of unknown origin, nobody can say that it is harmless.
  private var unexplainedText: String? {
    guard let residue = snapshot.residue, residue.unexplainedReadablePages > 0 else { return nil }
    return "\(Int(residue.unexplainedReadablePages).counted("page")) of text of unknown origin"
  }

  private var unexamined: String? {
    let parts =
      policy.unexaminedLayers.map(\.rawValue) + (snapshot.file.hash == .skipped ? ["SHA-256"] : [])
      + (snapshot.unexamined.isEmpty ? [] : ["write-ahead log"])
    return parts.isEmpty ? nil : "\(parts.listed) not examined"
  }

  /// Whoever leaves the residue out leaves out what lies in other buckets, in the freelist and in margins of rows too.
  private var unsearched: String? { policy.layers.contains(.residue) ? nil : "not searched elsewhere" }
}
