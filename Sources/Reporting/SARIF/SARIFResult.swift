import BoltFormat
import VerificationModel

/// One of the results of a run.
struct SARIFResult {
  private let finding: Finding
  private let file: SARIFPlaces.Place
  private let place: SARIFPlaces.Place
  private let fingerprint: String

  /// - Parameters:
  ///   - file: the snapshot.
  ///   - place: where the value lies in any snapshot of the cluster.
  init(_ finding: Finding, file: SARIFPlaces.Place, place: SARIFPlaces.Place, fingerprint: String) {
    self.finding = finding
    self.file = file
    self.place = place
    self.fingerprint = fingerprint
  }

  /// Writes the members of the result.
  func write(to json: inout JSONBuffer) {
    json.member("ruleId", finding.rule.rawValue)
    json.member("ruleIndex", SARIFRules.indices[finding.rule])
    json.member("level", SARIFRules.level(of: finding.severity))
    json.object("message") { $0.member("text", message) }
    json.array("locations") { json in json.object { writeLocation(to: &$0) } }
    json.object("partialFingerprints") { $0.member("primaryLocationLineHash", fingerprint) }
    json.object("analysisTarget") { json in
      json.member("uri", file.uri)
      json.member("index", file.index)
    }
    if let waiver = finding.waiver {
      json.array("suppressions") { json in
        json.object { json in
          json.member("kind", "external")
          json.member("status", "accepted")
          json.member("justification", FindingLine.waiver(waiver))
        }
      }
    }
    json.object("properties") { writeProperties(to: &$0) }
  }

  private var message: String {
    let names = finding.subject?.names
    let name = names.map { [$0.namespace, $0.name].compactMap(\.self).joined(separator: "/") }
    let revision = (finding.subject?.revision ?? nil).map { "revision \($0)" }
    let place = [name, finding.layer?.rawValue, revision].compactMap(\.self).joined(separator: ", ")
    return SARIFText((place.isEmpty ? "" : place + ": ") + finding.message).description
  }

  private func writeLocation(to json: inout JSONBuffer) {
    json.object("physicalLocation") { json in
      json.object("artifactLocation") { json in
        json.member("uri", place.uri)
        json.member("index", place.index)
      }
      json.object("region") { json in
        json.member("startLine", 1)
        guard let offset = finding.offset?.rawValue else { return }
        json.member("byteOffset", offset)
        json.member("byteLength", finding.subject?.valueBytes)
      }
    }
    guard let names = finding.subject?.names else { return }
    json.array("logicalLocations") { json in
      json.object { json in
        json.member("name", text(names.name))
        json.member(
          "fullyQualifiedName", text([names.namespace, names.name].compactMap(\.self).joined(separator: "/")))
        json.member("kind", "resource")
      }
    }
  }

  private func writeProperties(to json: inout JSONBuffer) {
    json.member("severity", finding.severity.rawValue)
    json.member("layer", finding.layer?.rawValue)
    json.member("resource", finding.resource.map(text))
    json.member("key", (finding.subject?.names?.key?.description).map(\.boundedName))
    json.member("revision", (finding.subject?.revision ?? nil)?.description)
    json.member("page", finding.page?.rawValue)
    json.member("class", finding.valueClass?.rawValue)
    json.member("provider", finding.provider.map(text))
    json.member("keyName", finding.keyName.map(text))
    json.member("keyID", finding.keyID.map(text))
    json.member("reason", finding.reason.map(text))
  }

  private func text(_ text: String) -> String { PrintableText(text).description.boundedName }
}
