import VerificationModel

/// A finding as one line of text: what, where, and what is wrong. Printable, and of bounded length.
struct FindingLine: CustomStringConvertible {
  let description: String

  init(_ finding: Finding) {
    let place = Self.place(of: finding)
    let waiver = finding.waiver.map { " [\(Self.waiver($0))]" } ?? ""
    description =
      "\(finding.severity.rawValue.uppercased()) \(finding.rule.rawValue)  "
      + (place.isEmpty ? "" : place + ": ") + Self.text(finding.message) + waiver
  }

  /// Name, layer, revision and place in the file, as far as they are known.
  static func place(of finding: Finding) -> String {
    let names = finding.subject?.names
    let name = names.map { text([$0.namespace, $0.name].compactMap(\.self).joined(separator: "/")) }
    let parts: [String?] = [
      finding.resource.map(text), name ?? finding.subject.map { _ in "(name not kept)" }, finding.layer?.rawValue,
      (finding.subject?.revision ?? nil).map { "revision \($0)" }, finding.page.map { "page \($0)" },
      finding.offset.map { "offset \($0.rawValue)" },
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }

  /// Why, by whom and until when a finding is accepted.
  static func waiver(_ waiver: Waiver) -> String {
    "waived: \(text(waiver.reason)); accepted by \(text(waiver.acceptedBy))"
      + (waiver.expiry.map { " until \(text($0))" } ?? "")
  }

  private static func text(_ text: String) -> String { PrintableText(text).description.boundedName }
}
