import VerificationModel

/// Which policy file was in force, and what of it needs somebody's attention.
struct PolicyDescription {
  let source: PolicySource
  let policy: Policy

  /// The path, the digest, and the waivers that have expired.
  func lines(_ style: Style) -> [String] {
    let path = PrintableText(source.path).description
    let digest = source.digest.map { [policy.statement(of: $0)] } ?? []
    let expired = source.waivers.filter(\.isExpired)
    let listed = expired.prefix(style.limit()).map { "expired on \($0.lastDay): \(Self.label(of: $0))" }
    let rest = expired.count - listed.count
    let remark = rest > 0 ? ["\(rest) more waivers have expired"] : []
    return LabelledText(label: "Policy", texts: [path] + digest + listed + remark).lines(style)
  }

  /// The lines about waivers that nothing needed; none without any.
  static func lines(unused: [PolicyWaiver], _ style: Style) -> [String] {
    guard !unused.isEmpty else { return [] }
    let listed = unused.prefix(style.limit())
    let rest = unused.count - listed.count
    return [style.bold("Unused waivers (\(unused.count))") + ": nothing that was found needs them"]
      + listed.flatMap { waiver in
        "\(label(of: waiver)), until \(waiver.lastDay)".words.paragraph(indent: 2, hanging: 4, width: style.width)
      } + (rest > 0 ? [style.dim(style.cut("\(rest) more"))] : [])
  }

  /// The rule, what the waiver is about, and where it stands.
  static func label(of waiver: PolicyWaiver) -> String {
    let subject = [waiver.rule.rawValue, waiver.key, waiver.resource, waiver.layer?.rawValue].compactMap(\.self)
    let text = "\(subject.joined(separator: " ")) (line \(waiver.line), accepted by \(waiver.waiver.acceptedBy))"
    return PrintableText(text).description
  }
}
