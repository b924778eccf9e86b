import KubernetesStorage
import VerificationModel

/// What a list of findings says about one key, or about what has no key.
struct FindingEntry {
  /// The first finding, which stands for all.
  let finding: Finding
  /// Other revisions of the key, or other resources of which the same is found.
  private var others: [Finding] = []

  init(_ finding: Finding) { self.finding = finding }

  /// How many findings the entry stands for.
  var count: Int { 1 + others.count }

  /// Adds a finding of which nothing more is said than what tells it apart.
  mutating func add(_ finding: Finding) { others.append(finding) }

  /// Name and place, and below them what else is known; for a finding that is about no value, its sentence.
  func rows(indent: Int, width: Int) -> [Table.Row] {
    func texts(_ text: String) -> [Table.Row] {
      text.words.paragraph(indent: indent, hanging: indent + 2, width: width).map(Table.Row.text)
    }
    func notes(_ phrases: [String]) -> [Table.Row] {
      phrases.paragraph(indent: indent + 2, hanging: indent + 4, width: width).map(Table.Row.note)
    }
    let limit = width == .max ? .max : Self.nameLimit
    guard let subject = finding.subject else {
      return texts(PrintableText(finding.message).description)
        + [keyOfMessage, position, otherResources(limit)].compactMap(\.self).flatMap(notes)
    }
    let label = label(of: subject)
    let place =
      [subject.revision.map { "revision \($0)" } ?? "without its row"] + (finding.page.map { ["page \($0)"] } ?? [])
    let head: [Table.Row] =
      label.columns <= Self.nameColumns
      ? [.cells([String(repeating: " ", count: indent) + label, place.joined(separator: ", ")])]
      : texts(label.elidedInMiddle(to: Self.longestName)) + notes(Self.list(place))
    return head + details(limit).flatMap(notes)
  }

  /// What revision and page leave of a line.
  private static let nameColumns = 40
  /// A namespace (63) and a name (253), as long as Kubernetes allows them.
  private static let longestName = 317
  /// Columns for each name inside a Secret, and for the names and ids of encryption keys.
  private static let detailColumns = 60
  /// How many of a Secret's data are named on a terminal, and of the resources of which the same is found.
  private static let nameLimit = 8

  private func label(of subject: Finding.Subject) -> String {
    guard let names = subject.names else { return "(name not kept)" }
    return PrintableText([names.namespace, names.name].compactMap(\.self).joined(separator: "/")).description
  }

  /// Each detail as phrases that are not broken; of names, the first `limit`.
  private func details(_ limit: Int) -> [[String]] {
    let revisions = others.isEmpty ? nil : ["and \(others.count.counted("more revision"))"]
    let content = finding.subject?.names?.secret.map { outline(of: $0, limit) }
    return [content, envelope, origin, copies, revisions].compactMap(\.self)
  }

  /// The other layers in which the value can be read, and how often it lies in free pages.
  private var copies: [String]? {
    let layers = finding.alsoIn.isEmpty ? nil : "also in \(finding.alsoIn.map(\.rawValue).listed)"
    let places = finding.locations.count > 1 ? "at \(finding.locations.count) places" : nil
    let phrases = [layers, places].compactMap(\.self)
    return phrases.isEmpty ? nil : Self.list(phrases)
  }

  /// The key that a sentence about no single value speaks of.
  private var keyOfMessage: [String]? {
    finding.rule == .weakProvider ? finding.keyName.map { ["key", short($0)] } : nil
  }

  /// Where something lies that is no value, a part of an object for instance.
  private var position: [String]? {
    guard let page = finding.page else { return nil }
    return Self.list(["page \(page)"] + (finding.offset.map { ["offset \($0.rawValue)"] } ?? []))
  }

  /// Where a moved value comes from.
  private var origin: [String]? {
    finding.movedFrom.map { ["moved from", $0.description.elidedInMiddle(to: Self.detailColumns)] }
  }

  private func outline(of secret: SecretOutline, _ limit: Int) -> [String] {
    let named = secret.data.prefix(limit).map { "\(short($0.name)) (\($0.bytes.counted("byte")))" }
    let rest = secret.data.count - named.count
    let data = named + (secret.isCut ? ["very many more"] : rest > 0 ? ["\(rest) more"] : [])
    let type = secret.type.isEmpty ? "no type" : short(secret.type)
    return [type + ":"] + (data.isEmpty ? ["no data"] : Self.list(data))
  }

  /// The resources of which the same is found.
  private func otherResources(_ limit: Int) -> [String]? {
    guard !others.isEmpty else { return nil }
    let named = others.prefix(limit).map { short($0.resource ?? "") }
    let rest = others.count - named.count
    return ["likewise"] + Self.list(named + (rest > 0 ? ["\(rest) more"] : []))
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
