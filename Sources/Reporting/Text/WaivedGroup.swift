import VerificationModel

/// The findings of one rule that one waiver accepts.
struct WaivedGroup {
  private let rule: Rule
  private let waiver: Waiver
  private let findings: [Finding]

  /// The groups of what is waived, those of the most severe findings first.
  static func all(of snapshot: SnapshotReport) -> [WaivedGroup] {
    var places: [Topic: Int] = [:]
    var groups: [(topic: Topic, findings: [Finding])] = []
    for finding in snapshot.waived {
      guard let waiver = finding.waiver else { continue }
      let topic = Topic(rule: finding.rule, waiver: waiver)
      if let place = places[topic] {
        groups[place].findings.append(finding)
      } else {
        places[topic] = groups.count
        groups.append((topic, [finding]))
      }
    }
    return groups.map { WaivedGroup(rule: $0.topic.rule, waiver: $0.topic.waiver, findings: $0.findings) }
  }

  /// What the findings of a group have in common.
  private struct Topic: Hashable {
    let rule: Rule
    let waiver: Waiver
  }

  /// The lines about all that is waived in `snapshot`; none where nothing is.
  static func lines(of snapshot: SnapshotReport, _ style: Style) -> [String] {
    guard snapshot.waivedCounts.values.contains(where: { $0 > 0 }) else { return [] }
    let rest = snapshot.waivedOmitted
    let remark = "  … and \(rest) more that are waived: verify with a greater --max-findings"
    return all(of: snapshot).flatMap { $0.lines(style) } + (rest > 0 ? [style.dim(remark)] : [])
  }

  /// A heading, why and by whom it is accepted, and the first of the findings.
  private func lines(_ style: Style) -> [String] {
    let section = FindingSection(resource: nil, findings).prefix(style.limit())
    let rest = findings.count - section.count
    return [style.bold("WAIVED  \(rule.rawValue) (\(findings.count))")]
      + sentence.words.paragraph(indent: 2, hanging: 2, width: style.width)
      + Table(alignment: .left, rows: section.rows(width: style.width)).lines(style)
      + (rest > 0 ? [style.dim(style.cut("\(rest) more"))] : [])
  }

  private var sentence: String {
    let term = waiver.expiry.map { " until \($0)" } ?? ""
    return PrintableText("accepted by \(waiver.acceptedBy)\(term): \(waiver.reason)").description
  }
}
