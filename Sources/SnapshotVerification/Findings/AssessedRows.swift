import BoltFormat
import ByteViews
import Cryptography
import EtcdStorage
import KubernetesStorage
import SnapshotReading
import ValueAuthentication
import VerificationModel

/// The rows that the report on a snapshot is about: what findings are made of, and what listeners are told.
///
/// Findings and the census of exposed objects read the flagged rows alone, a few bytes each, and are no listeners: for a
/// listener, the store is read once more for the key of each row, flagged or not.
package struct AssessedRows {
  let assessment: RowAssessment
  let residue: ResidueAssessment?
  private let reading: StoreReading
  private let keys: KeyRing?

  init(_ assessment: RowAssessment, _ residue: ResidueAssessment?, of reading: StoreReading, keys: KeyRing?) {
    self.assessment = assessment
    self.residue = residue
    self.reading = reading
    self.keys = keys
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
  /// O(rows), and a read of the store for each key.
  ///
  /// - Parameter digests: with it, ``StoredRow/contents`` is told: the value is read for it, and decrypted where keys open it.
  package func forEach(_ sink: inout some RowSink, digests: ContentDigests? = nil) {
    let store = assessment.store
    var teller = RowTeller(assessment, names: reading.names, keys, digests)
    let flags = FlaggedRules(assessment.flagged, candidates: store.list.candidates.count)
    for (number, candidate) in CountedRows(of: store, assessment.comparison, andFlagged: flags) {
      sink.take(teller.row(candidate, candidate.isLive ? .live : .history, flags[number]))
    }
    for object in residue?.objects ?? [] {
      sink.take(teller.row(object.candidate, .residue, [.plaintextResidue]))
    }
    for find in store.residue?.elsewhere ?? [] {
      if let row = StoredRow(find) { sink.take(row) }
    }
  }
}

/// Puts together what listeners are told of rows.
private struct RowTeller {
  private let assessment: RowAssessment
  private var names: any RowNameSource
  private let judge: ValueJudge?
  private let digests: ContentDigests?

  init(_ assessment: RowAssessment, names: any RowNameSource, _ keys: KeyRing?, _ digests: ContentDigests?) {
    self.assessment = assessment
    self.names = names
    self.digests = digests
    judge = keys.map { ValueJudge($0) }
  }

  mutating func row(_ candidate: Candidate, _ layer: Layer, _ rules: [Rule]) -> StoredRow {
    let kind = assessment.kinds[Int(candidate.kind)]
    var row = StoredRow(
      layer: layer, valueClass: kind.valueClass, offset: ByteOffset(candidate.valueOffset),
      valueBytes: Int(candidate.valueBytes))
    row.key = names.wholeKey(of: candidate)
    row.revision = candidate.role == .residueObject ? nil : candidate.revision
    row.resource = assessment.storedResource(of: candidate)
    row.prefix = assessment.prefix(of: candidate)
    if kind.valueClass == .encrypted, let provider = kind.provider {
      row.encryption = StoredRow.Encryption(
        provider: provider, keyName: assessment.keyName(of: candidate.kind),
        keyID: assessment.keyID(of: candidate.kind))
    }
    row.authenticity = candidate.authenticity
    row.rules = rules
    row.contents = contents(of: candidate)
    return row
  }

  /// The digest of the object that a row holds; nil where nobody asks for it or it can't be had: from a stream, which can't be
  /// read again, of what no key opens, and of an object without its row.
  private mutating func contents(of candidate: Candidate) -> SHA256Digest? {
    guard let digests, candidate.role != .residueObject, let (key, value) = names.keyAndValue(of: candidate) else {
      return nil
    }
    let (keyBytes, valueBytes) = (key.rawSpan, value.rawSpan)
    let classification = Classification(of: valueBytes)
    if let object = classification.object { return digests.digest(of: valueBytes.extracting(object)) }
    guard let judge, let envelope = classification.envelope, let prefix = assessment.prefix(of: candidate),
      let path = ResourcePath(key: keyBytes, prefixBytes: prefix.bytes.count, tree: StorageTree(below: prefix))
    else { return nil }
    return judge.digest(
      of: EncryptedValue(key: keyBytes, path, prefixBytes: prefix.bytes.count, value: valueBytes, envelope),
      by: digests)
  }
}

extension StoredRow {
  /// An object where etcd keeps none; nil where only a part of one was recognised.
  fileprivate init?(_ find: PlaintextElsewhere) {
    guard let object = find.object else { return nil }
    self.init(
      layer: nil, valueClass: .plaintext, offset: ByteOffset(find.offset), valueBytes: object.valueBytes)
    key = object.names?.key
    revision = object.revision
    resource = find.resource.description
    rules = [.plaintextElsewhere]
  }
}
