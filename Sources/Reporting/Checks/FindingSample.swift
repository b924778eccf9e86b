import VerificationModel

/// Findings of which the first are kept, and all are counted.
struct FindingSample {
  /// The most that are kept.
  static let capacity = 100

  /// The first, the gravest of all where they come in that order.
  private(set) var first: [Finding] = []
  /// All of them, those of which no details are known included.
  private(set) var count = 0

  /// Adds one.
  mutating func add(_ finding: Finding) {
    count += 1
    if first.count < Self.capacity { first.append(finding) }
  }

  /// Adds findings of which no details are known.
  mutating func add(unlisted more: Int) { count += more }

  /// Those that are not kept.
  var omitted: Int { count - first.count }

  /// The reasons for which they are waived, each once.
  var waivers: [Waiver] {
    var seen: Set<Waiver> = []
    return first.compactMap(\.waiver).filter { seen.insert($0).inserted }
  }
}
