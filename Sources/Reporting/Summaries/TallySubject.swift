import VerificationModel

/// The values of one resource, or of several, counted over all prefixes.
struct TallySubject {
  /// What values are called.
  let noun: Noun
  /// What is said after the noun where it is mentioned first.
  let scope: String
  /// nil when the layer was not examined.
  let live: ClassCounts?
  /// nil when the layer was not examined.
  let history: ClassCounts?
  /// Objects and fragments in the clear that no other layer examined has, in free pages.
  let residue: Int

  init(noun: Noun, scope: String = "", live: ClassCounts?, history: ClassCounts?, residue: Int) {
    self.noun = noun
    self.scope = scope
    self.live = live
    self.history = history
    self.residue = residue
  }

  /// Those of `resources` together.
  init(_ noun: Noun, _ resources: [SnapshotReport.ResourceSummary], layers: Set<Layer>) {
    func sum(_ layer: Layer, _ counts: (SnapshotReport.ResourceSummary) -> ClassCounts) -> ClassCounts? {
      layers.contains(layer) ? resources.map(counts).reduce(ClassCounts(), +) : nil
    }
    self.init(
      noun: noun, live: sum(.live, \.live), history: sum(.history, \.history),
      residue: resources.compactMap(\.residue).reduce(0) {
        // What can be read in another layer too is told of that, where it was examined.
        $0 + (layers.isSuperset(of: [.live, .history]) ? $1.exposures : $1.objects + $1.fragments)
      })
  }

  /// How many values are of a class, live and old.
  func total(_ count: KeyPath<ClassCounts, Int>) -> Int {
    (live?[keyPath: count] ?? 0) + (history?[keyPath: count] ?? 0)
  }

  /// The live values, of which there are some, when all of them are encrypted.
  var encryptedSubject: String? {
    guard let live, live.total > 0, live.encrypted == live.total else { return nil }
    return noun.counted(live.total) + scope
  }

  /// The plaintext among the live values, of which there is some.
  var plaintextLiveSubject: String? {
    guard let live, live.plaintext > 0 else { return nil }
    if live.plaintext < live.total { return "\(live.plaintext) of \(noun.counted(live.total))\(scope)" }
    return (live.total == 1 ? "the only \(noun.singular)" : "all \(noun.counted(live.total))") + scope
  }

  /// The live values that can't be verified, of which there are some. Where `3 of 34 secrets` stands before, `9 secrets`
  /// will do, and if nothing else was named there, `9`.
  func undeterminedLiveSubject(isAlone: Bool) -> String? {
    guard let live, live.undetermined > 0 else { return nil }
    guard live.plaintext > 0 else { return "\(live.undetermined) of \(noun.counted(live.total))\(scope)" }
    return isAlone ? "\(live.undetermined)" : noun.counted(live.undetermined)
  }
}
