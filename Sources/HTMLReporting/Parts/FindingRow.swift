import KubernetesStorage
import Reporting
import VerificationModel

/// The row of a finding: its object, its layer, its place, and what else is known.
///
/// There may be hundreds of thousands, so rows are written as they are, and no template is filled for each.
struct FindingRow {
  let finding: Finding
  /// Whether the rule stands in the place of the layer: where the rows above are about other rules.
  var namesRule = false

  /// What stands above the columns.
  static let columns = ["Object", "Layer", "Where", "What is known"]

  /// Adds the row.
  func write(to buffer: inout MarkupBuffer) {
    buffer.append(markup: "<tr><th scope=\"row\">")
    writeObject(to: &buffer)
    buffer.append(markup: "</th><td>")
    if namesRule {
      buffer.append(markup: finding.rule.rawValue)
      if let layer = finding.layer { buffer.append(markup: "<span>\(layer.rawValue)</span>") }
    } else {
      buffer.append(markup: finding.layer?.rawValue ?? "–")
      if !finding.alsoIn.isEmpty {
        buffer.append(markup: "<span>also in \(finding.alsoIn.map(\.rawValue).listed)</span>")
      }
    }
    buffer.append(markup: "</td><td>")
    writePlace(to: &buffer)
    buffer.append(markup: "</td><td>")
    writeKnowledge(to: &buffer)
    buffer.append(markup: "</td></tr>\n")
  }

  private func writeObject(to buffer: inout MarkupBuffer) {
    guard let subject = finding.subject else {
      buffer.append(markup: "<bdi>")
      buffer.append(text: finding.resource ?? "the file")
      return buffer.append(markup: "</bdi>")
    }
    guard let names = subject.names else {
      buffer.append(markup: "<i>name not kept</i>")
      return writeDetail(finding.resource, to: &buffer)
    }
    buffer.append(markup: "<bdi>")
    if let namespace = names.namespace {
      buffer.append(text: namespace)
      buffer.append(markup: "/")
    }
    buffer.append(markup: "<b>")
    buffer.append(text: names.name)
    buffer.append(markup: "</b></bdi>")
    // The key has the resource in it.
    writeDetail(names.key?.description ?? finding.resource, to: &buffer)
  }

  private func writePlace(to buffer: inout MarkupBuffer) {
    if let subject = finding.subject {
      buffer.append(markup: subject.revision == nil ? "without its row" : "revision ")
      if let revision = subject.revision { buffer.append(markup: "\(revision)") }
    }
    guard finding.page != nil || finding.offset != nil else { return }
    buffer.append(markup: "<span>")
    if let page = finding.page {
      buffer.append(markup: "page ")
      buffer.append(markup: String(page.rawValue))
    }
    if let offset = finding.offset {
      buffer.append(markup: finding.page == nil ? "offset " : ", offset ")
      buffer.append(markup: String(offset.rawValue))
    }
    if finding.locations.count > 1 {
      buffer.append(markup: ", and \((finding.locations.count - 1).counted("more place"))")
    }
    buffer.append(markup: "</span>")
  }

  private func writeKnowledge(to buffer: inout MarkupBuffer) {
    if finding.subject == nil { buffer.append(text: finding.message) }
    if let secret = finding.subject?.names?.secret {
      buffer.append(text: secret.type.isEmpty ? "no type" : secret.type)
      Self.write(dataOf: secret, to: &buffer)
    }
    writeEnvelope(to: &buffer)
    if let origin = finding.movedFrom { writeDetail("moved from \(origin)", to: &buffer) }
    writeValue(to: &buffer)
    if let waiver = finding.waiver {
      buffer.append(markup: "<span class=\"waiver\">Accepted by ")
      buffer.append(text: waiver.acceptedBy)
      buffer.append(text: waiver.expiry.map { " until \($0): " } ?? ": ")
      buffer.append(text: waiver.reason)
      buffer.append(markup: "</span>")
    }
  }

  /// What was recognised of an envelope, and the reason for the class.
  private func writeEnvelope(to buffer: inout MarkupBuffer) {
    let members = [
      ("", finding.provider), ("key ", finding.keyName), ("key id ", finding.keyID), ("reason: ", finding.reason),
    ]
    guard members.contains(where: { $0.1 != nil }) else { return }
    writeDetail(members.compactMap { label, text in text.map { label + $0 } }.joined(separator: ", "), to: &buffer)
  }

  /// The class of the value, how it is encoded, and its size.
  private func writeValue(to buffer: inout MarkupBuffer) {
    guard let subject = finding.subject else { return }
    buffer.append(markup: "<span>")
    if let valueClass = finding.valueClass {
      buffer.append(markup: valueClass.rawValue)
      if let encoding = finding.encoding {
        buffer.append(markup: " (")
        buffer.append(markup: encoding.rawValue)
        buffer.append(markup: ")")
      }
      buffer.append(markup: ", ")
    }
    buffer.append(markup: subject.valueBytes.counted("byte"))
    buffer.append(markup: "</span>")
  }

  private func writeDetail(_ text: String?, to buffer: inout MarkupBuffer) {
    guard let text else { return }
    buffer.append(markup: "<span>")
    buffer.append(text: text)
    buffer.append(markup: "</span>")
  }

  /// The names and sizes of a Secret's data.
  private static func write(dataOf secret: SecretOutline, to buffer: inout MarkupBuffer) {
    buffer.append(markup: secret.data.isEmpty && !secret.isCut ? "<span>no data" : "<span>")
    for (number, entry) in secret.data.enumerated() {
      if number > 0 { buffer.append(markup: ", ") }
      buffer.append(text: entry.name)
      buffer.append(markup: " (")
      buffer.append(markup: String(entry.bytes))
      buffer.append(markup: entry.bytes == 1 ? " byte)" : " bytes)")
    }
    if secret.isCut { buffer.append(markup: ", and very many more") }
    buffer.append(markup: "</span>")
  }
}
