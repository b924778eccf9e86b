import EtcdStorage
import SnapshotReading
import VerificationModel

/// Rates findings, counts them and keeps the details of the first: the one place that every finding about a snapshot
/// passes.
struct FindingTally {
  /// Findings that count, with their details, in the order in which they came.
  private(set) var findings: [Finding] = []
  /// Those that are waived.
  private(set) var waived: [Finding] = []
  /// Findings that count by rule, kept or not.
  private(set) var counts: [Rule: Int] = [:]
  /// Of these, those about a layer.
  private(set) var layerCounts: [Layer: [Rule: Int]] = [:]
  /// The greatest severity among the findings of each rule that count.
  private(set) var severities: [Rule: Severity] = [:]
  /// Findings that are waived by rule, kept or not.
  private(set) var waivedCounts: [Rule: Int] = [:]
  /// The waivers that flagged rows have, by their numbers less one.
  private(set) var waivers: [Waiver] = []

  private let rating: (any FindingRating)?
  private let limit: Int
  private var waiverNumbers: [Waiver: UInt16] = [:]
  private var kept: [KeptCase: Int] = [:]

  /// A tally that keeps the details of the first `limit` findings of each kind.
  ///
  /// - Parameter rating: says what comes of each finding; nil: it counts with its own severity.
  init(limit: Int, _ rating: (any FindingRating)? = nil) {
    self.limit = max(0, limit)
    self.rating = rating
  }

  // MARK: Findings with details

  /// Findings that are alike to the order of the report.
  private struct KeptCase: Hashable {
    let rule: Rule
    let severity: Severity
    let layer: Layer?
    let isWaived: Bool
  }

  /// Rates and counts a finding, and keeps it if there is room.
  mutating func add(_ finding: Finding) {
    let finding = finding.rated(by: rating)
    count(finding.rule, finding.severity, finding.layer, isWaived: finding.waiver != nil, times: 1)
    let alike = KeptCase(
      rule: finding.rule, severity: finding.severity, layer: finding.layer, isWaived: finding.waiver != nil)
    guard kept[alike, default: 0] < limit else { return }
    kept[alike, default: 0] += 1
    keep(finding)
  }

  /// Adds what `finding` makes of each of `finds`, which differ in nothing that counts: where nobody rates them, only those
  /// are made that are kept.
  mutating func add<Find>(_ finds: some Collection<Find>, _ finding: (Find) -> Finding) {
    for find in rating == nil ? Array(finds.prefix(limit)) : Array(finds) { add(finding(find)) }
    guard rating == nil, finds.count > limit, let last = finds.dropFirst(limit).first else { return }
    count(FindingFacts(of: finding(last)), times: finds.count - limit)
  }

  /// Rates and counts findings of which these facts are all that is known.
  mutating func count(_ facts: FindingFacts, times: Int) {
    guard times > 0 else { return }
    switch Rating(of: facts, by: rating) {
    case .counted(let severity): count(facts.rule, severity, facts.layer, isWaived: false, times: times)
    case .waived: count(facts.rule, facts.severity, facts.layer, isWaived: true, times: times)
    }
  }

  /// Keeps a finding that was rated and counted already.
  mutating func keep(_ finding: Finding) {
    if finding.waiver == nil { findings.append(finding) } else { waived.append(finding) }
  }

  private mutating func count(_ rule: Rule, _ severity: Severity, _ layer: Layer?, isWaived: Bool, times: Int) {
    guard !isWaived else {
      waivedCounts[rule, default: 0] += times
      return
    }
    counts[rule, default: 0] += times
    if let layer { layerCounts[layer, default: [:]][rule, default: 0] += times }
    severities[rule] = max(severities[rule] ?? severity, severity)
  }

  // MARK: Flagged rows

  /// Rows that are rated alike where nobody asks for their keys.
  private struct RowCase: Hashable {
    let row: FlaggedRow.Case
    let kind: KindTable.ID
    let place: Candidate.Place
  }

  /// Rates and counts rows that findings are about, and writes to each what came of it. O(rows), and a read of the store for
  /// each key that the rating asks for.
  ///
  /// - Parameters:
  ///   - candidate: the row or object that a flagged one stands for.
  ///   - names: has the keys.
  mutating func rate(
    _ rows: inout [FlaggedRow], _ assessment: RowAssessment, _ names: inout any RowNameSource,
    candidate: (FlaggedRow) -> Candidate
  ) {
    if let rating {
      var known: [RowCase: (severity: Severity, waiver: UInt16)] = [:]
      for position in rows.indices {
        let row = rows[position]
        let candidate = candidate(row)
        let alike = RowCase(row: row.rated, kind: candidate.kind, place: candidate.place)
        let outcome: (severity: Severity, waiver: UInt16)
        if !rating.needsKeys, let met = known[alike] {
          outcome = met
        } else {
          var facts = assessment.facts(of: row, candidate)
          if rating.needsKeys { facts.key = names.wholeKey(of: candidate) }
          outcome = number(of: rating.rating(of: facts), row.severity)
          if !rating.needsKeys { known[alike] = outcome }
        }
        rows[position].severity = outcome.severity
        rows[position].waiver = outcome.waiver
      }
    }
    count(rows)
  }

  /// The severity of a row that `rating` was given, and the number of its waiver; 0 where it has none.
  private mutating func number(of rating: Rating, _ own: Severity) -> (severity: Severity, waiver: UInt16) {
    switch rating {
    case .counted(let severity): return (severity, 0)
    case .waived(let waiver):
      if let known = waiverNumbers[waiver] { return (own, known) }
      // One that can't be told of is none.
      guard waivers.count < Int(UInt16.max) else { return (own, 0) }
      waivers.append(waiver)
      waiverNumbers[waiver] = UInt16(waivers.count)
      return (own, UInt16(waivers.count))
    }
  }

  /// Counts rows, of which those that are alike mostly come one after the other.
  private mutating func count(_ rows: [FlaggedRow]) {
    var first = 0
    while first < rows.count {
      let row = rows[first]
      var end = first + 1
      while end < rows.count, rows[end].countsLike(row) { end += 1 }
      count(row.rule, row.severity, row.layer, isWaived: row.waiver != 0, times: end - first)
      first = end
    }
  }

  /// The waiver of `row`; nil where it has none.
  func waiver(of row: FlaggedRow) -> Waiver? { row.waiver == 0 ? nil : waivers[Int(row.waiver) - 1] }
}

extension Rating {
  /// What `rating` says of these facts; where there is none, that the finding counts as it is.
  init(of facts: FindingFacts, by rating: (any FindingRating)?) {
    self = rating?.rating(of: facts) ?? .counted(facts.severity)
  }
}

extension Finding {
  /// The finding as `rating` wants it.
  func rated(by rating: (any FindingRating)?) -> Finding {
    guard rating != nil else { return self }
    var finding = self
    switch Rating(of: FindingFacts(of: self), by: rating) {
    case .counted(let severity): finding.severity = severity
    case .waived(let waiver): finding.waiver = waiver
    }
    return finding
  }
}

extension RowAssessment {
  /// What is known of a finding about a row or object before its key is read.
  fileprivate func facts(of row: FlaggedRow, _ candidate: Candidate) -> FindingFacts {
    var facts = FindingFacts(row.rule, severity: row.severity)
    facts.layer = row.layer
    facts.resource = resource(of: row, candidate)
    facts.reason = row.reason(kinds[Int(candidate.kind)])
    return facts
  }
}

extension RowNameSource {
  /// The etcd key of a row; nil where it has none, or can't be had whole.
  mutating func wholeKey(of row: Candidate) -> EtcdKey? {
    guard row.role != .residueObject, let key = key(of: row), key.bytes.count <= EtcdKey.maximumNamedBytes else {
      return nil
    }
    return key
  }
}
