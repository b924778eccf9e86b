import VerificationModel

/// One thing that was checked of a snapshot: its file, or one layer of one resource.
struct SnapshotCheck {
  /// What came of it.
  enum Outcome: Hashable {
    case passed
    /// Something was found that is below the severity that fails.
    case warned
    /// Something was found that would fail, or is below that, and someone accepts it.
    case waived
    case failed
    /// Of the file: there are errors.
    case error
    /// Not all of the file could be read: that nothing was found says nothing.
    case unread
    case unexamined
  }

  /// The resource; nil of the file.
  let resource: String?
  /// The layer; nil of the file.
  let layer: Layer?
  /// Whether the layer was looked at.
  fileprivate(set) var isExamined = true
  /// Whether all of the file could be read.
  fileprivate(set) var isRead = true
  /// Why the file could not be verified.
  fileprivate(set) var errors: [VerificationError] = []
  /// Errors beyond those listed.
  fileprivate(set) var errorsOmitted = 0
  /// What is at or above the severity that fails.
  fileprivate(set) var failing = FindingSample()
  /// What is below.
  fileprivate(set) var tolerated = FindingSample()
  /// What someone accepts.
  fileprivate(set) var waived = FindingSample()
  /// Values of the resource in the layer; of the residue, what is in the clear.
  fileprivate(set) var values = 0
  /// Of these, those that are encrypted.
  fileprivate(set) var encrypted = 0

  fileprivate init(resource: String? = nil, layer: Layer? = nil) {
    self.resource = resource
    self.layer = layer
  }

  var outcome: Outcome {
    if !errors.isEmpty { return .error }
    if failing.count > 0 { return .failed }
    if !isExamined { return .unexamined }
    if !isRead { return .unread }
    if waived.count > 0 { return .waived }
    return tolerated.count > 0 ? .warned : .passed
  }

  /// Whether every value is encrypted, and nothing of severity high or above was found that is merely tolerated or waived.
  var holds: Bool { values == encrypted && isMinor }

  /// Whether nothing was found but what is below the severities that fail by themselves.
  var isMinor: Bool {
    guard [.passed, .warned].contains(outcome), waived.count == 0 else { return false }
    return tolerated.omitted == 0 && tolerated.first.allSatisfy { $0.severity < .high }
  }

  /// What is claimed, such as `secrets, live: encrypted at rest`.
  var name: String {
    guard let resource, let layer else { return "file: a whole snapshot of etcd" }
    return "\(PrintableText(resource).description.boundedName), \(layer.rawValue): encrypted at rest"
  }

  /// All checks of `snapshot`: the file first, then each resource by layer.
  static func all(of snapshot: SnapshotReport, policy: Policy) -> [SnapshotCheck] {
    var checks = [file(of: snapshot)]
    var places: [Place: Int] = [:]
    for summary in snapshot.resources.sorted(by: { ResourceOrder.precedes($0.resource, $1.resource) }) {
      for layer in Layer.allCases {
        let place = Place(resource: summary.resource, layer: layer)
        let number = places[place] ?? checks.count
        if number == checks.count {
          checks.append(SnapshotCheck(resource: summary.resource, layer: layer))
          places[place] = number
        }
        let (values, encrypted) = summary.valueCounts(in: layer)
        checks[number].values += values
        checks[number].encrypted += encrypted
        checks[number].isRead = snapshot.verdict != .error
        checks[number].isExamined = policy.layers.contains(layer) && (layer != .residue || snapshot.residue != nil)
      }
    }
    var sorting = Sorting(checks: checks, places: places, failOn: policy.failOn)
    sorting.add(snapshot)
    return sorting.checks
  }

  private static func file(of snapshot: SnapshotReport) -> SnapshotCheck {
    var check = SnapshotCheck()
    check.errors = snapshot.errors
    check.errorsOmitted = snapshot.errorsOmitted
    return check
  }

  /// What a check is known by, but for that of the file.
  private struct Place: Hashable {
    let resource: String
    let layer: Layer
  }

  /// The findings, given to the checks that they are about.
  private struct Sorting {
    var checks: [SnapshotCheck]
    let places: [Place: Int]
    let failOn: Severity?

    mutating func add(_ snapshot: SnapshotReport) {
      var listed: [Layer?: [Rule: Int]] = [:]
      for finding in snapshot.findings {
        add(finding)
        listed[finding.layer, default: [:]][finding.rule, default: 0] += 1
      }
      for finding in snapshot.waived { checks[number(of: finding)].waived.add(finding) }
      if snapshot.waivedOmitted > 0 { checks[0].waived.add(unlisted: snapshot.waivedOmitted) }
      guard snapshot.findingsOmitted > 0 else { return }
      addUnlisted(of: snapshot, listed)
    }

    private mutating func add(_ finding: Finding) {
      if fails(finding.rule, finding.severity) {
        checks[number(of: finding)].failing.add(finding)
      } else {
        checks[number(of: finding)].tolerated.add(finding)
      }
    }

    /// Nobody knows of which resource those are whose details were not kept: each of the layer may be.
    private mutating func addUnlisted(of snapshot: SnapshotReport, _ listed: [Layer?: [Rule: Int]]) {
      var rest = snapshot.findingCounts
      for (layer, counts) in snapshot.layerCounts {
        for (rule, count) in counts {
          rest[rule, default: 0] -= count
          let more = count - (listed[layer]?[rule] ?? 0)
          for place in places where place.key.layer == layer { add(more, rule, snapshot, to: place.value) }
        }
      }
      for (rule, count) in rest { add(count - (listed[nil]?[rule] ?? 0), rule, snapshot, to: 0) }
    }

    private mutating func add(_ count: Int, _ rule: Rule, _ snapshot: SnapshotReport, to number: Int) {
      guard count > 0 else { return }
      if fails(rule, snapshot.severity(of: rule)) {
        checks[number].failing.add(unlisted: count)
      } else {
        checks[number].tolerated.add(unlisted: count)
      }
    }

    private func fails(_ rule: Rule, _ severity: Severity) -> Bool {
      rule == .nothingInScope || failOn.map { severity >= $0 } == true
    }

    private func number(of finding: Finding) -> Int {
      // What is found of a resource as a whole, such as a weak provider, is about the values in use first of all.
      guard let resource = finding.resource else { return 0 }
      return places[Place(resource: resource, layer: finding.layer ?? .live)] ?? 0
    }
  }
}

extension SnapshotReport.ResourceSummary {
  fileprivate func valueCounts(in layer: Layer) -> (values: Int, encrypted: Int) {
    switch layer {
    case .live: (live.total, live.encrypted)
    case .history: (history.total, history.encrypted)
    case .residue: ((residue?.objects ?? 0) + (residue?.fragments ?? 0), 0)
    }
  }
}
