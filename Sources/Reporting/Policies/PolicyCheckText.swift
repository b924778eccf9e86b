import KubernetesStorage
import PolicyFile
import VerificationModel

/// What a policy file demands and waives, for people.
///
/// The first line has the answer; below it stand what must be encrypted and how, what fails, and what is waived until when,
/// or all that is wrong.
public struct PolicyCheckText: Sendable {
  private let style: Style

  /// A text in the given manner.
  ///
  /// - Parameters:
  ///   - color: whether ANSI escape sequences mark the answer; without them there is no escape byte.
  ///   - width: columns of a line; `Int.max`: lines are whole, however long, as pipes and files get them.
  public init(color: Bool = false, width: Int = 80) {
    self.style = Style(color: color, width: width)
  }

  /// The text about `check`.
  public func render(_ check: PolicyCheck) -> String {
    let path = PrintableText(check.path).description
    let sections: [[String]]
    switch check.outcome {
    case .success(let policy):
      sections =
        [["\(style.verdict(.pass, "PASS"))  \(path)  \(Self.summary(of: policy))"], demands(of: policy)]
        + [waivers(of: policy)]
    case .failure(let invalid):
      let count = invalid.errors.count
      sections = [
        ["\(style.verdict(.error, "ERROR"))  \(path)  the policy can't be understood: \(count.counted("error"))"],
        invalid.errors.flatMap { error in
          PrintableText(error.description).description.words.paragraph(indent: 2, hanging: 4, width: style.width)
        },
      ]
    }
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private static func summary(of policy: PolicyDocument) -> String {
    let waivers = policy.source.waivers
    let states = [
      (waivers.count(where: \.isExpired), "expired"), (waivers.count(where: \.expiresSoon), "to expire within 30 days"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    let waived = waivers.isEmpty ? "nothing waived" : waivers.count.counted("waiver")
    return "well formed; \(policy.demands.count.counted("demand")) on encryption, \(waived)"
      + (states.isEmpty ? "" : ", \(states.joined(separator: ", "))")
  }

  private static let labelColumns = 10

  private func section(_ label: String, _ texts: [String]) -> [String] {
    texts.isEmpty ? [] : LabelledText(label: label.padded(to: Self.labelColumns), texts: texts).lines(style)
  }

  private func demands(of policy: PolicyDocument) -> [String] {
    let severities = policy.source.severities.sorted { $0.key.rawValue < $1.key.rawValue }
    let scope = Self.list(policy.scope) + (policy.resources == nil ? ", unless the call names others" : "")
    return section("Resources", [scope])
      + section("Layers", [Self.list(policy.layers)])
      + section("Fails at", [policy.failOn?.description ?? "high, unless the call says otherwise"])
      + section("Severities", severities.map { "\($0.key.rawValue): \($0.value.rawValue)" })
      + section("Encryption", policy.demands.map(Self.sentence(about:)))
      + section("SHA-256", policy.source.digest.map { ["\($0)"] } ?? [])
  }

  private static func list(_ resources: [ResourcePattern]) -> String {
    PrintableText(resources.map(\.description).joined(separator: ", ")).description
  }

  private static func list(_ layers: Set<Layer>?) -> String {
    guard let layers else { return "all three, unless the call names some" }
    return Layer.allCases.filter(layers.contains).map(\.rawValue).joined(separator: ", ")
  }

  private static func sentence(about demand: EncryptionDemand) -> String {
    let parts = [
      demand.provider.map { "by \($0)" },
      demand.lastWrite.map { "last written since \($0.since), \($0.days.counted("day")) ago" },
    ]
    return PrintableText("\(list(demand.resources)): \(parts.compactMap(\.self).joined(separator: ", "))").description
  }

  private func waivers(of policy: PolicyDocument) -> [String] {
    let waivers = policy.source.waivers
    guard !waivers.isEmpty else { return [] }
    return [style.bold("Waivers (\(waivers.count))")]
      + waivers.flatMap { waiver in
        [Self.state(of: waiver) + PolicyDescription.label(of: waiver)].flatMap {
          $0.words.paragraph(indent: 2, hanging: 4, width: style.width)
        } + PrintableText(waiver.waiver.reason).description.words.paragraph(indent: 4, hanging: 4, width: style.width)
      }
  }

  private static func state(of waiver: PolicyWaiver) -> String {
    if waiver.isExpired { return "EXPIRED on \(waiver.lastDay): " }
    let term = "until \(waiver.lastDay)"
    return waiver.expiresSoon ? "\(term), \(waiver.daysLeft.counted("day")) left: " : "\(term): "
  }
}
