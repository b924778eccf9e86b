import VerificationModel

/// One of a snapshot's `findings` or `waived`; a line of NDJSON also tells its type and the snapshot.
struct FindingRecord {
  /// What a line of NDJSON tells beside the finding; nil in a document.
  let line: Line?
  let rule: String
  let severity: String
  let layer: String?
  let message: PrintableText
  let resource: PrintableText?
  let namespace: PrintableText?
  let name: PrintableText?
  /// Lossless, and printable by itself: bytes outside printable ASCII, and `%`, stand as `%XX`.
  let key: String?
  let revision: RevisionRecord?
  let page: UInt64?
  let offset: UInt64?
  let valueClass: String?
  let encoding: String?
  let provider: PrintableText?
  let keyName: PrintableText?
  let keyID: PrintableText?
  let reason: PrintableText?
  let valueBytes: Int?
  let secret: SecretRecord?
  let locations: [LocationRecord]?
  let alsoIn: [String]?
  /// Lossless, as ``key`` is.
  let movedFrom: String?
  let nameOmitted: Bool?

  let waiver: WaiverRecord?

  /// What makes a line of a finding.
  struct Line {
    let type: String
    let path: PrintableText
  }

  /// - Parameter pageSize: bytes in a page of the file.
  init(_ finding: Finding, pageSize: Int?, line: Line? = nil) {
    self.line = line
    let names = finding.subject?.names
    self.rule = finding.rule.rawValue
    self.severity = finding.severity.rawValue
    self.layer = finding.layer?.rawValue
    self.message = PrintableText(finding.message)
    self.resource = finding.resource.map(PrintableText.init)
    self.namespace = names?.namespace.map(PrintableText.init)
    self.name = (names?.name).map(PrintableText.init)
    self.key = names?.key?.description
    self.revision = (finding.subject?.revision ?? nil).map { RevisionRecord(main: $0.main, sub: $0.sub) }
    self.page = finding.page?.rawValue
    self.offset = finding.offset?.rawValue
    self.valueClass = finding.valueClass?.rawValue
    self.encoding = finding.encoding?.rawValue
    self.provider = finding.provider.map(PrintableText.init)
    self.keyName = finding.keyName.map(PrintableText.init)
    self.keyID = finding.keyID.map(PrintableText.init)
    self.reason = finding.reason.map(PrintableText.init)
    self.valueBytes = finding.subject?.valueBytes
    self.secret = (names?.secret).map(SecretRecord.init)
    self.locations = pageSize.flatMap { pageSize in
      finding.locations.map { LocationRecord($0, pageSize: pageSize) }.unlessEmpty
    }
    self.alsoIn = finding.alsoIn.map(\.rawValue).unlessEmpty
    self.movedFrom = finding.movedFrom?.description
    self.nameOmitted = finding.subject.flatMap { $0.names == nil ? true : nil }
    self.waiver = finding.waiver.map(WaiverRecord.init)
  }
}

extension FindingRecord: JSONElement {
  func write(to json: inout JSONBuffer) {
    json.object { json in
      json.member("alsoIn", alsoIn)
      json.member("class", valueClass)
      json.member("encoding", encoding)
      json.member("key", key)
      json.member("keyID", keyID)
      json.member("keyName", keyName)
      json.member("layer", layer)
      writePlaces(to: &json)
      json.member("provider", provider)
      json.member("reason", reason)
      json.member("resource", resource)
      revision?.write(to: &json)
      json.member("rule", rule)
      secret?.write(to: &json)
      json.member("severity", severity)
      json.member("type", line?.type)
      json.member("valueBytes", valueBytes)
      waiver?.write(to: &json)
    }
  }

  private func writePlaces(to json: inout JSONBuffer) {
    if let locations {
      json.array("locations") { json in for location in locations { location.write(to: &json) } }
    }
    json.member("message", message)
    json.member("movedFrom", movedFrom)
    json.member("name", name)
    json.member("nameOmitted", nameOmitted)
    json.member("namespace", namespace)
    json.member("offset", offset)
    json.member("page", page)
    json.member("path", line?.path)
  }
}
