import VerificationModel

/// The values in scope of one snapshot, counted over all prefixes, and what the counts say.
struct Tally {
  /// What values in scope are called.
  let noun: Noun
  /// nil when the layer was not examined.
  let live: ClassCounts?
  /// nil when the layer was not examined.
  let history: ClassCounts?
  /// Objects and fragments in the clear that no other layer examined has, in free pages.
  let residue: Int
  /// Whether no layer, examined or not, has anything in scope; where only live values are asked for, whether none is.
  let isStoreEmpty: Bool
  /// The resources of which there are values, Secrets first.
  private let resources: [TallySubject]

  /// The most resources that are named.
  private static let namedResources = 3
  /// Columns of a sentence that names several: a line and a half.
  private static let namingColumns = 120

  init(_ snapshot: SnapshotReport, policy: Policy) {
    let counted = policy.layers.isSubset(of: [.live]) ? policy.layers : Set(Layer.allCases)
    isStoreEmpty = snapshot.resources.allSatisfy { resource in
      (counted.contains(.live) ? resource.live.total : 0) + (counted.contains(.history) ? resource.history.total : 0)
        + (resource.residue?.objects ?? 0) + (resource.residue?.fragments ?? 0) == 0
    }
    let all = TallySubject(Self.noun(of: policy), snapshot.resources, layers: policy.layers)
    (noun, live, history, residue) = (all.noun, all.live, all.history, all.residue)
    resources = Dictionary(grouping: snapshot.resources, by: \.resource)
      .sorted { ResourceOrder.precedes($0.key, $1.key) }
      .map { TallySubject(Noun(resource: $0), $1, layers: policy.layers) }
      .filter { $0.total(\.total) + $0.residue > 0 }
  }

  /// Whether the layers examined have nothing in scope.
  var isEmpty: Bool { resources.isEmpty }

  /// Whether every value is encrypted, and nothing in the clear is left over.
  var isClean: Bool { residue == 0 && isEncrypted }

  /// Whether every value is encrypted that a row still holds.
  var isEncrypted: Bool { resources.allSatisfy { $0.total(\.encrypted) == $0.total(\.total) } }

  /// What the first line says of each resource where they are few and it stays short, else of all together.
  ///
  /// - Parameter spoiltLive: live values with the envelope of an encrypted one that keys showed to be something else.
  func statement(spoiltLive: Int = 0) -> TallyStatement {
    let named = TallyStatement(subjects: resources, spoiltLive: spoiltLive)
    guard resources.count > 1,
      resources.count > Self.namedResources || named.description.columns > Self.namingColumns
    else { return named }
    let all = TallySubject(
      noun: .object, scope: " of \(resources.count) resources", live: live, history: history,
      residue: residue)
    return TallyStatement(subjects: [all], spoiltLive: spoiltLive)
  }

  /// How `count` live values are told apart from all of them, such as `3 of 128 secrets` and `all 3 secrets`.
  func liveSubject(_ count: Int) -> String {
    let noun = resources.count == 1 ? resources[0].noun : .object
    let total = live?.total ?? 0
    if count < total { return "\(count) of \(noun.counted(total))" }
    return total == 1 ? "the only \(noun.singular)" : "all \(noun.counted(count))"
  }

  private static func noun(of policy: Policy) -> Noun {
    let resources = policy.resources.map { "\($0)" }
    let areNamed = resources.count <= namedResources && !resources.contains { $0.contains("*") }
    return areNamed ? .any(of: resources.map(Noun.init(resource:))) : .object
  }
}
