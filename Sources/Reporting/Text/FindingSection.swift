import EtcdStorage
import VerificationModel

/// Findings of one rule about the values of one resource, or about whatever else.
struct FindingSection {
  /// The resource, where it has to be named.
  let resource: String?
  /// One for each topic.
  private(set) var entries: [FindingEntry]

  /// How many findings the entries stand for.
  var count: Int { entries.reduce(0) { $0 + $1.count } }

  init(resource: String?, _ findings: [Finding]) {
    self.resource = resource
    self.entries = Self.entries(of: findings)
  }

  /// The findings about values by their resource, the others by themselves.
  static func byResource(_ findings: [Finding]) -> [FindingSection] {
    let values = findings.filter { $0.subject != nil }
    let sections =
      [FindingSection(resource: nil, findings.filter { $0.subject == nil }.sorted(by: precedes))]
      + Dictionary(grouping: values) { $0.resource ?? "(unknown resource)" }
      .sorted { ResourceOrder.precedes($0.key, $1.key) }
      .map { FindingSection(resource: $0, $1) }
    return sections.filter { !$0.entries.isEmpty }
  }

  /// The rows: the resource, where it is named, and below it the entries.
  func rows(width: Int) -> [Table.Row] {
    guard let resource else { return entries.flatMap { $0.rows(indent: 2, width: width) } }
    let title = PrintableText(resource).description.elidedInMiddle(to: width - 2)
    return [.text("  \(title)")] + entries.flatMap { $0.rows(indent: 4, width: width) }
  }

  /// The section with its first entries alone.
  func prefix(_ length: Int) -> FindingSection {
    var section = self
    section.entries = Array(entries.prefix(length))
    return section
  }

  private static func precedes(_ lhs: Finding, _ rhs: Finding) -> Bool {
    ResourceOrder.precedes(lhs.resource ?? "", rhs.resource ?? "")
  }

  /// Findings about the same become one entry.
  private static func entries(of findings: [Finding]) -> [FindingEntry] {
    var entries: [FindingEntry] = []
    var places: [Topic: Int] = [:]
    for finding in findings {
      guard let topic = Topic(finding) else {
        entries.append(FindingEntry(finding))
        continue
      }
      if let place = places[topic] {
        entries[place].add(finding)
      } else {
        places[topic] = entries.count
        entries.append(FindingEntry(finding))
      }
    }
    return entries
  }

  /// What several findings may be about: the revisions of a key, or resources with the same provider and key.
  private enum Topic: Hashable {
    case key(EtcdKey)
    case provider(String, key: String?, reason: String?)

    init?(_ finding: Finding) {
      if let subject = finding.subject {
        guard let key = subject.names?.key else { return nil }
        self = .key(key)
      } else {
        guard let provider = finding.provider, finding.resource != nil else { return nil }
        self = .provider(provider, key: finding.keyName, reason: finding.reason)
      }
    }
  }
}
