import SnapshotVerification

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
  let errors: [ErrorRecord]
  let findings: [FindingRecord]?
  let findingCounts: [String: Int]?
  let findingsOmitted: Int

  /// - Parameter findings: those to list; nil where they stand elsewhere.
  init(_ snapshot: SnapshotReport, findings: [Finding]?) {
    self.path = PrintableText(snapshot.path)
    self.verdict = snapshot.verdict.rawValue
    self.file = FileRecord(snapshot.file)
    self.bolt = snapshot.bolt.map(BoltRecord.init)
    self.etcd = snapshot.etcd.map(EtcdRecord.init)
    self.prefixes = snapshot.prefixes.map { PrintableText($0.description) }.unlessEmpty
    self.resources = snapshot.resources.map(ResourceRecord.init).unlessEmpty
    self.encryption = snapshot.encryption.map(KeyUseRecord.init).unlessEmpty
    self.residue = snapshot.residue.map(ResidueRecord.init)
    self.errors = ErrorRecord.list(of: snapshot.errors, omitted: snapshot.errorsOmitted)
    self.findings = findings?.map { FindingRecord($0, pageSize: snapshot.bolt?.pageSize) }
    self.findingCounts =
      Dictionary(uniqueKeysWithValues: snapshot.findingCounts.map { ($0.key.rawValue, $0.value) }).unlessEmpty
    self.findingsOmitted = snapshot.findingsOmitted
  }
}
