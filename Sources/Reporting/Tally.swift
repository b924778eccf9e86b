import SnapshotVerification

/// The values in scope of one snapshot, counted over all prefixes, and what the counts say.
struct Tally {
  /// What values in scope are called.
  let noun: Noun
  /// nil when the layer was not examined.
  let live: ClassCounts?
  /// nil when the layer was not examined.
  let history: ClassCounts?
  /// Objects and fragments in the clear that only bytes still hold that no page owns.
  let residue: Int
  /// The resources of which there are values, Secrets first.
  private let resources: [TallySubject]

  /// The most resources that are named.
  private static let namedResources = 3
  /// Columns of a sentence that names several: a line and a half.
  private static let namingColumns = 120

  init(_ snapshot: SnapshotReport, policy: Policy) {
    let all = TallySubject(Self.noun(of: policy), snapshot.resources, layers: policy.layers)
    (noun, live, history, residue) = (all.noun, all.live, all.history, all.residue)
    resources = Dictionary(grouping: snapshot.resources, by: \.resource)
      .sorted { ResourceOrder.precedes($0.key, $1.key) }
      .map { TallySubject(Noun(resource: $0), $1, layers: policy.layers) }
      .filter { $0.total(\.total) + $0.residue > 0 }
  }

  /// Whether no value at all was in scope.
  var isEmpty: Bool { resources.isEmpty }

  /// Whether every value is encrypted, and nothing in the clear is left over.
  var isClean: Bool { residue == 0 && isEncrypted }

  /// Whether every value is encrypted that a row still holds.
  var isEncrypted: Bool { resources.allSatisfy { $0.total(\.encrypted) == $0.total(\.total) } }

  /// One sentence without a full stop, such as `3 of 34 secrets are plaintext, 9 can't be verified`. It tells of each
  /// resource where they are few and it stays short, else of all together.
  var statement: String {
    let named = TallyStatement(subjects: resources).description
    guard resources.count > 1, resources.count > Self.namedResources || named.columns > Self.namingColumns else {
      return named
    }
    let all = TallySubject(
      noun: .object, scope: " of \(resources.count) resources", live: live, history: history,
      residue: residue)
    return TallyStatement(subjects: [all]).description
  }

  private static func noun(of policy: Policy) -> Noun {
    let resources = policy.resources.map { "\($0)" }
    let areNamed = resources.count <= namedResources && !resources.contains { $0.contains("*") }
    return areNamed ? .any(of: resources.map(Noun.init(resource:))) : .object
  }
}
