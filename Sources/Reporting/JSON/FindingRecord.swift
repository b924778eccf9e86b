import VerificationModel

/// One of a snapshot's `findings`.
struct FindingRecord: Encodable {
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
  let waived: WaiverRecord?

  private enum CodingKeys: String, CodingKey {
    case rule, severity, layer, message, resource, namespace, name, key, revision, page, offset
    case valueClass = "class"
    case encoding, provider, keyName, keyID, reason, valueBytes, secret, movedFrom, locations, alsoIn, nameOmitted
    case waived
  }

  /// - Parameter pageSize: bytes in a page of the file.
  init(_ finding: Finding, pageSize: Int?) {
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
    self.waived = finding.waiver.map(WaiverRecord.init)
  }
}
