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
  let findings: [FindingRecord]?
  let findingCounts: [String: Int]?
  let findingsOmitted: Int
  let exposed: [ExposureRecord]
  let exposedTotals: ExposureTotalsRecord
  let authentication: AuthenticationRecord?
  let next: NextStepRecord?

  /// - Parameter findings: those to list; nil where they stand elsewhere.
  init(_ snapshot: SnapshotReport, policy: Policy, findings: [Finding]?) {
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
    self.findings = findings?.map { FindingRecord($0, pageSize: snapshot.bolt?.pageSize) }
    self.findingCounts =
      Dictionary(uniqueKeysWithValues: snapshot.findingCounts.map { ($0.key.rawValue, $0.value) }).unlessEmpty
    self.findingsOmitted = snapshot.findingsOmitted
    self.exposed = snapshot.exposed.objects.map(ExposureRecord.init)
    self.exposedTotals = ExposureTotalsRecord(snapshot.exposed)
    self.authentication = snapshot.authentication.map(AuthenticationRecord.init)
    self.next = NextStep.after(snapshot, policy: policy).map(NextStepRecord.init)
  }
}
