import BoltFormat
import EtcdStorage
import KubernetesStorage
import SnapshotReading
import VerificationModel

/// The rows that the report on a snapshot is about: what findings are made of, and what listeners are told.
///
/// Findings and the census of exposed objects read the flagged rows alone, a few bytes each, and are no listeners: for a
/// listener, the keys of all rows are kept as they go by, and the digests of their contents (``RowDemand``).
package struct AssessedRows {
  let assessment: RowAssessment
  let residue: ResidueAssessment?

  init(_ assessment: RowAssessment, _ residue: ResidueAssessment?) {
    self.assessment = assessment
    self.residue = residue
  }

  /// The rows and objects that findings are about, those in use first. There may be millions: they are not copied.
  var flagged: FlattenSequence<[[FlaggedRow]]> { [assessment.flagged, residue?.flagged ?? []].joined() }

  /// The row or object that a flagged one stands for.
  func candidate(_ row: FlaggedRow) -> Candidate {
    if row.layer == .residue, let residue { residue.candidate(row) } else { assessment.candidate(row) }
  }

  // MARK: Listeners

  /// Hands every row that the report counts or has a finding about to `sink`, without a cap: those in use as the file has
  /// them, then each revision of an object that could be recovered from free pages, then the objects where etcd keeps none.
  ///
  /// Keys and digests are there if they were asked for when the store was read. O(rows · log rows).
  package func forEach(_ sink: inout some RowSink) {
    let store = assessment.store
    let flags = FlaggedRules(assessment.flagged, candidates: store.list.candidates.count)
    for (number, candidate) in CountedRows(of: store, assessment.comparison, andFlagged: flags) {
      sink.take(row(candidate, candidate.isLive ? .live : .history, flags[number]))
    }
    for object in residue?.objects ?? [] { sink.take(row(object.candidate, .residue, [.plaintextResidue])) }
    for find in store.residue?.elsewhere ?? [] {
      if let row = StoredRow(find, key: store.key(of: find)) { sink.take(row) }
    }
  }

  /// What is told of the row or object that `candidate` stands for.
  private func row(_ candidate: Candidate, _ layer: Layer, _ rules: [Rule]) -> StoredRow {
    let kind = assessment.kinds[Int(candidate.kind)]
    var row = StoredRow(
      layer: layer, valueClass: kind.valueClass, offset: ByteOffset(candidate.valueOffset),
      valueBytes: Int(candidate.valueBytes))
    row.revision = candidate.role == .residueObject ? nil : candidate.revision
    row.resource = assessment.storedResource(of: candidate)
    row.prefix = assessment.prefix(of: candidate)
    if let kept = assessment.store.list.kept {
      (row.key, row.contents) = kept.row(of: candidate)
      if row.revision == nil, let rest = row.key {
        row.key = EtcdKey(bytes: (row.prefix ?? EtcdPrefix("/registry")).bytes + rest.bytes)
      }
    }
    if kind.valueClass == .encrypted, let provider = kind.provider {
      row.encryption = StoredRow.Encryption(
        provider: provider, keyName: assessment.keyName(of: candidate.kind),
        keyID: assessment.keyID(of: candidate.kind))
    }
    row.authenticity = candidate.authenticity
    row.rules = rules
    return row
  }
}

extension StoredRow {
  /// An object where etcd keeps none; nil where only a part of one was recognised.
  fileprivate init?(_ find: PlaintextElsewhere, key: EtcdKey?) {
    guard let object = find.object else { return nil }
    self.init(
      layer: nil, valueClass: .plaintext, offset: ByteOffset(find.offset), valueBytes: object.valueBytes)
    self.key = key
    revision = object.revision
    resource = find.resource.description
    contents = object.contents
    rules = [.plaintextElsewhere]
  }
}
