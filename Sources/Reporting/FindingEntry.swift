import KubernetesStorage
import SnapshotVerification

/// What a list of findings says about one key, or about what has no key.
struct FindingEntry {
  /// The first finding, which stands for all.
  let finding: Finding
  /// How many findings there are about this key.
  var count = 1

  init(_ finding: Finding) { self.finding = finding }

  /// Name and place, and below them what else is known; for a finding that is about no value, its sentence.
  var rows: [Table.Row] {
    guard let subject = finding.subject else { return Self.texts(PrintableText(finding.message).description) }
    let label = label(of: subject)
    let place = ["revision \(subject.revision)"] + (finding.page.map { ["page \($0)"] } ?? [])
    let head: [Table.Row] =
      label.columns <= Self.nameColumns
      ? [.cells(["  " + label] + place)]
      : Self.texts(label.elidedInMiddle(to: Self.longestName)) + Self.notes(Self.list(place))
    return head + details.flatMap(Self.notes)
  }

  /// What revision and page leave of a line.
  private static let nameColumns = 40
  /// A namespace (63) and a name (253), as long as Kubernetes allows them.
  private static let longestName = 317
  /// Columns for each name inside a Secret, and for the names and ids of encryption keys.
  private static let detailColumns = 60
  /// How many of a Secret's data are named.
  private static let dataLimit = 8

  private static func texts(_ text: String) -> [Table.Row] {
    text.words.paragraph(indent: 2, hanging: 4).map(Table.Row.text)
  }

  private static func notes(_ phrases: [String]) -> [Table.Row] {
    phrases.paragraph(indent: 4, hanging: 6).map(Table.Row.note)
  }

  private func label(of subject: Finding.Subject) -> String {
    guard let names = subject.names else { return "(name not kept)" }
    return PrintableText([names.namespace, names.name].compactMap(\.self).joined(separator: "/")).description
  }

  /// Each detail as phrases that are not broken.
  private var details: [[String]] {
    let others = count > 1 ? ["and \((count - 1).counted("more revision"))"] : nil
    return [finding.subject?.names?.secret.map(outline), envelope, others].compactMap(\.self)
  }

  private func outline(of secret: SecretOutline) -> [String] {
    let named = secret.data.prefix(Self.dataLimit).map { "\(short($0.name)) (\($0.bytes.counted("byte")))" }
    let rest = secret.data.count - named.count
    let data = named + (secret.isCut ? ["very many more"] : rest > 0 ? ["\(rest) more"] : [])
    let type = secret.type.isEmpty ? "no type" : short(secret.type)
    return [type + ":"] + (data.isEmpty ? ["no data"] : Self.list(data))
  }

  /// What was recognised of an envelope, and the reason for the class.
  private var envelope: [String]? {
    let members = [
      ("", finding.provider), ("key ", finding.keyName), ("key id ", finding.keyID), ("reason: ", finding.reason),
    ]
    let known = members.compactMap { label, text in text.map { label + short($0) } }
    return known.isEmpty ? nil : Self.list(known)
  }

  private static func list(_ phrases: [String]) -> [String] {
    phrases.dropLast().map { $0 + "," } + phrases.suffix(1)
  }

  private func short(_ text: String) -> String {
    PrintableText(text).description.elidedInMiddle(to: Self.detailColumns)
  }
}
