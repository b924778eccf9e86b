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
      buffer.append(markup: subject.revision.map { "revision \($0)" } ?? "without its row")
    }
    guard let page = finding.page else {
      if let offset = finding.offset { buffer.append(markup: "<span>offset \(offset.rawValue)</span>") }
      return
    }
    let offset = finding.offset.map { ", offset \($0.rawValue)" } ?? ""
    let places = finding.locations.count > 1 ? ", and \((finding.locations.count - 1).counted("more place"))" : ""
    buffer.append(markup: "<span>page \(page.rawValue)\(offset)\(places)</span>")
  }

  private func writeKnowledge(to buffer: inout MarkupBuffer) {
    if finding.subject == nil { buffer.append(text: finding.message) }
    if let secret = finding.subject?.names?.secret {
      buffer.append(text: secret.type.isEmpty ? "no type" : secret.type)
      writeDetail(Self.data(of: secret), to: &buffer)
    }
    let members = [
      ("", finding.provider), ("key ", finding.keyName), ("key id ", finding.keyID), ("reason: ", finding.reason),
    ]
    let envelope = members.compactMap { label, text in text.map { label + $0 } }
    if !envelope.isEmpty { writeDetail(envelope.joined(separator: ", "), to: &buffer) }
    if let origin = finding.movedFrom { writeDetail("moved from \(origin)", to: &buffer) }
    if let subject = finding.subject {
      let valueClass = finding.valueClass.map { $0.rawValue + (finding.encoding.map { " (\($0.rawValue))" } ?? "") }
      writeDetail(
        [valueClass, subject.valueBytes.counted("byte")].compactMap(\.self).joined(separator: ", "), to: &buffer)
    }
    if let waiver = finding.waiver {
      buffer.append(markup: "<span class=\"waiver\">Accepted by ")
      buffer.append(text: waiver.acceptedBy)
      buffer.append(text: waiver.expiry.map { " until \($0): " } ?? ": ")
      buffer.append(text: waiver.reason)
      buffer.append(markup: "</span>")
    }
  }

  private func writeDetail(_ text: String?, to buffer: inout MarkupBuffer) {
    guard let text else { return }
    buffer.append(markup: "<span>")
    buffer.append(text: text)
    buffer.append(markup: "</span>")
  }

  /// The names and sizes of a Secret's data.
  private static func data(of secret: SecretOutline) -> String {
    let named =
      secret.data.map { "\($0.name) (\($0.bytes.counted("byte")))" } + (secret.isCut ? ["very many more"] : [])
    return named.isEmpty ? "no data" : named.joined(separator: ", ")
  }
}
