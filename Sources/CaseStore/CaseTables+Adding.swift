import ByteViews
import Cryptography
import LMDB
import VerificationModel

extension CaseTables {
  /// Takes a snapshot in; see ``CaseWriter``. Can be done again where the transaction begins anew.
  func add(
    _ rows: inout IntakeRows, _ draft: SnapshotDraft, cluster name: String?, _ evidence: CaseAct.Evidence,
    _ call: CaseCall, to transaction: inout Transaction
  ) throws(CaseError) -> CaseAct {
    let contents = try CaseContents(transaction, self)
    if let place = try knownSnapshot(draft.digest, contents, transaction) {
      let entry = try appendAct(call, evidence, .known(place), to: &transaction)
      return try contents.act(entry)
    }
    let cluster = try contents.cluster(of: draft, named: name)
    if contents.cluster(cluster.number) == nil { try put(cluster, to: &transaction) }
    let place = try put(
      &rows, draft, cluster, ordinal: (contents.taken[cluster.number] ?? []).count + 1, to: &transaction)
    let entry = try appendAct(call, evidence, .added(place), to: &transaction)
    return try CaseContents(transaction, self).act(entry)
  }

  /// Puts a snapshot and its rows into the tables.
  func put(
    _ rows: inout IntakeRows, _ draft: SnapshotDraft, _ cluster: ClusterRecord, ordinal: Int,
    to transaction: inout Transaction
  ) throws(CaseError) -> ActRecord.Place {
    guard let number = UInt32(exactly: ordinal), ordinal <= Self.maximumSnapshots else { throw .tooMany("snapshots") }
    let interning = Interning(self)
    let encryptions = try interning.numbers(of: rows.encryptions.map(\.record), in: .encryptions, &transaction)
    let places = try interning.numbers(of: rows.places.map(\.record), in: .places, &transaction)
    let names = try interning.numbers(ofLongNames: rows.longNames, &transaction)
    rows.settle(cluster: cluster.number, encryptions: encryptions, places: places, names: names)

    let fingerprints = RowFingerprints(
      encryptions: Dictionary(zip(encryptions, rows.encryptions.map(\.record)), uniquingKeysWith: { one, _ in one }),
      places: Dictionary(zip(places, rows.places.map(\.record)), uniquingKeysWith: { one, _ in one }),
      names: Dictionary(zip(names, rows.longNames), uniquingKeysWith: { one, _ in one }))
    var draft = draft
    draft.rowsDigest = rows.digest(fingerprints)
    draft.rowCount = rows.entries.count
    try merge(rows, cluster.number, ordinal, &transaction)

    var key: [UInt8] = []
    key.append(bigEndian: cluster.number)
    key.append(bigEndian: number)
    let record = draft.record
    try put(record, for: key, in: .snapshots, of: &transaction)
    try put(key, for: draft.digest.bytes, in: .digests, of: &transaction)
    return ActRecord.Place(
      cluster: cluster.number, ordinal: number, clusterName: cluster.name, record: SHA256Digest(of: record))
  }

  /// Snapshots that a cluster can have: numbers in runs have 28 bits.
  private static let maximumSnapshots = 1 << 28 - 1

  /// The snapshot whose bbolt image has this digest; nil where there is none.
  func knownSnapshot(
    _ digest: SHA256Digest, _ contents: CaseContents, _ transaction: borrowing Transaction
  ) throws(CaseError) -> ActRecord.Place? {
    guard let key = try value(of: digest.bytes, in: .digests, of: transaction) else { return nil }
    guard key.count == 6, let record = try value(of: key, in: .snapshots, of: transaction),
      let cluster = contents.cluster(key.rawSpan.bigEndian(at: 0))
    else { throw .damaged("a snapshot is missing") }
    return ActRecord.Place(
      cluster: cluster.number, ordinal: key.rawSpan.bigEndian(at: 2), clusterName: cluster.name,
      record: SHA256Digest(of: record))
  }

  func put(_ cluster: ClusterRecord, to transaction: inout Transaction) throws(CaseError) {
    var key: [UInt8] = []
    key.append(bigEndian: cluster.number)
    var writer = FieldWriter()
    writer.put(cluster.name)
    try put(writer.bytes, for: key, in: .clusters, of: &transaction)
  }
}

extension SHA256Digest {
  /// That of a record.
  init(of record: [UInt8]) {
    var hash = SHA256()
    hash.update(record.rawSpan)
    self = hash.digest()
  }
}

extension IntakeRows {
  /// The digest of all rows, which are in order.
  func digest(_ fingerprints: RowFingerprints) -> SHA256Digest {
    let digest = RowsDigest()
    var row: [UInt8] = []
    for entry in entries {
      fingerprints.write(key(entry), entry.layers, to: &row)
      digest.add(row.rawSpan)
    }
    return digest.digest
  }
}

extension CaseContents {
  /// The cluster to which a snapshot belongs: one that there is, or a new one.
  func cluster(of draft: SnapshotDraft, named name: String?) throws(CaseError) -> ClusterRecord {
    if let name {
      if let known = cluster(named: name) { return known }
      return try newCluster(name)
    }
    if clusters.isEmpty { return try newCluster(ClusterRecord.unnamed) }
    guard let identity = draft.identity else {
      // Up to etcd 3.4 no snapshot tells its members.
      if let only = clusters.first, clusters.count == 1, self.identity(of: only) == nil { return only }
      throw .otherCluster(known: clusters.map(\.name), namesMembers: false)
    }
    let same = clusters.filter { self.identity(of: $0)?.mayBeSame(as: identity) == true }
    guard let first = same.first else { throw .otherCluster(known: clusters.map(\.name), namesMembers: true) }
    guard same.count == 1 else { throw .ambiguousCluster(same.map(\.name)) }
    return first
  }

  private func newCluster(_ name: String) throws(CaseError) -> ClusterRecord {
    guard clusters.count < Int(UInt16.max) else { throw .tooMany("clusters") }
    return ClusterRecord(number: (clusters.map(\.number).max() ?? 0) + 1, name: name)
  }
}
