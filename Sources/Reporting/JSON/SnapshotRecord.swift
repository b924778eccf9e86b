import VerificationModel

/// A snapshot's `authentication`: what came of decrypting the encrypted values in the layers examined.
struct AuthenticationRecord: Encodable {
  let authenticated: Int
  let encrypted: Int

  init(_ authentication: SnapshotReport.Authentication) {
    authenticated = authentication.authenticated
    encrypted = authentication.encrypted
  }
}

/// One of `snapshots`.
struct SnapshotRecord: Encodable {
  let path: PrintableText
  let verdict: String
  let file: FileRecord
  let bolt: BoltRecord?
  let etcd: EtcdRecord?
  let prefixes: [PrintableText]?
  let resources: [ResourceRecord]?
  let encryption: [KeyUseRecord]?
  let residue: ResidueRecord?
  let unexamined: [PassedOverRecord]?
  let errors: [ErrorRecord]
  let findings: LongLists.Place?
  let findingCounts: [String: Int]?
  let findingsOmitted: Int
  /// Nil where nothing is waived, and where the waived findings stand elsewhere.
  let waived: LongLists.Place?
  let waivedCounts: [String: Int]?
  let waivedOmitted: Int?
  let exposed: LongLists.Place
  let exposedTotals: ExposureTotalsRecord
  let authentication: AuthenticationRecord?
  let next: NextStepRecord?

  /// - Parameters:
  ///   - listsFindings: whether the findings stand in the record, and not elsewhere.
  ///   - lists: takes the elements of the record's long lists.
  init(_ snapshot: SnapshotReport, policy: Policy, listsFindings: Bool, _ lists: inout LongLists) {
    self.path = PrintableText(snapshot.path)
    self.verdict = snapshot.verdict.rawValue
    self.file = FileRecord(snapshot.file)
    self.bolt = snapshot.bolt.map { BoltRecord($0) }
    self.etcd = snapshot.etcd.map { EtcdRecord($0, hasScope: true) }
    self.prefixes = snapshot.prefixes.map { PrintableText($0.description) }.unlessEmpty
    self.resources = snapshot.resources.map(ResourceRecord.init).unlessEmpty
    self.encryption = snapshot.encryption.map(KeyUseRecord.init).unlessEmpty
    self.residue = snapshot.residue.map(ResidueRecord.init)
    self.unexamined = snapshot.unexamined.map(PassedOverRecord.init).unlessEmpty
    self.errors = ErrorRecord.list(of: snapshot.errors, omitted: snapshot.errorsOmitted)
    let pageSize = snapshot.bolt?.pageSize
    self.findings = listsFindings ? lists.add(snapshot.findings) { FindingRecord($0, pageSize: pageSize) } : nil
    self.findingCounts =
      Dictionary(uniqueKeysWithValues: snapshot.findingCounts.map { ($0.key.rawValue, $0.value) }).unlessEmpty
    self.findingsOmitted = snapshot.findingsOmitted
    let isWaived = !snapshot.waivedCounts.isEmpty
    self.waived =
      listsFindings && isWaived ? lists.add(snapshot.waived) { FindingRecord($0, pageSize: pageSize) } : nil
    self.waivedCounts =
      Dictionary(uniqueKeysWithValues: snapshot.waivedCounts.map { ($0.key.rawValue, $0.value) }).unlessEmpty
    self.waivedOmitted = isWaived ? snapshot.waivedOmitted : nil
    self.exposed = lists.add(snapshot.exposed.objects, as: ExposureRecord.init)
    self.exposedTotals = ExposureTotalsRecord(snapshot.exposed)
    self.authentication = snapshot.authentication.map(AuthenticationRecord.init)
    self.next = NextStep.after(snapshot, policy: policy).map(NextStepRecord.init)
  }
}
