import ByteViews
import Cryptography
import EtcdStorage
import KubernetesStorage
import LMDB
import VerificationModel

extension CaseTables {
  /// Makes an empty case what another one was; see ``CaseWriter``.
  func importAll(
    _ list: CaseList, _ next: () throws(CaseError) -> CaseTimeline?, _ evidence: CaseAct.Evidence, _ call: CaseCall,
    to transaction: inout Transaction
  ) throws(CaseError) -> CaseAct {
    guard try CaseContents(transaction, self).clusters.isEmpty else { throw .notFresh }
    let drafts = try Self.drafts(list)
    for (cluster, _) in drafts { try put(cluster, to: &transaction) }
    let clusters = Dictionary(drafts.map { ($0.cluster.name, ($0.cluster, $0.drafts.count)) }) { one, _ in one }

    var encryptions: [StoredRow.Encryption: UInt32] = [:]
    var places: [RowPlace: UInt32] = [:]
    let interning = Interning(self)
    while let timeline = try next() {
      guard let (cluster, count) = clusters[timeline.object.cluster] else {
        throw .wrongExport("an object belongs to a cluster of which it has no snapshots")
      }
      let place = ImportedPlace.place(of: timeline.object)
      if places[place] == nil {
        places[place] = try interning.numbers(of: [place.record], in: .places, &transaction).first
      }
      for entry in timeline.entries {
        var encryption: UInt32 = 0
        if let name = entry.encryption {
          if encryptions[name] == nil {
            encryptions[name] = try interning.numbers(of: [name.record], in: .encryptions, &transaction).first
          }
          encryption = encryptions[name] ?? 0
        }
        var key: [UInt8] = []
        key.append(bigEndian: cluster.number)
        let etcdKey = timeline.object.key?.bytes ?? []
        if !RowKey.append(etcdKey, to: &key) {
          let number = try interning.numbers(ofLongNames: [etcdKey], &transaction)[0]
          RowKey.append(nameNumber: number, to: &key)
        }
        RowKey.appendTail(
          revision: entry.revision, valueClass: entry.valueClass, authenticity: entry.authenticity,
          valueBytes: entry.valueBytes, contents: entry.contents.map { ContentsMark(importedNumber: $0) } ?? .none,
          encryption: encryption, place: places[place] ?? 0, to: &key)
        try put(try Self.runs(entry.presences, cluster.name, count), for: key, in: .rows, of: &transaction)
      }
    }
    let logged = try putSnapshots(drafts, to: &transaction)
    let entry = try appendAct(call, evidence, .imported(logged), to: &transaction)
    return try CaseContents(transaction, self).act(entry)
  }

  /// Stores the snapshots, with the digests of the rows that are there by now.
  private func putSnapshots(
    _ clusters: [(cluster: ClusterRecord, drafts: [SnapshotDraft])], to transaction: inout Transaction
  ) throws(CaseError) -> [ActRecord.Place] {
    func put(_ draft: SnapshotDraft, _ key: [UInt8], _ transaction: inout Transaction) throws(CaseError) {
      try self.put(draft.record, for: key, in: .snapshots, of: &transaction)
    }
    func key(_ cluster: ClusterRecord, _ index: Int) -> [UInt8] {
      var key: [UInt8] = []
      key.append(bigEndian: cluster.number)
      key.append(bigEndian: UInt32(index + 1))
      return key
    }
    for (cluster, drafts) in clusters {
      for (index, draft) in drafts.enumerated() { try put(draft, key(cluster, index), &transaction) }
    }
    var problem: String?
    let census = try RowCensus(CaseContents(transaction, self), transaction) { problem = $1 }
    if let problem { throw .wrongExport(problem) }
    var places: [ActRecord.Place] = []
    for (cluster, drafts) in clusters {
      for (index, original) in drafts.enumerated() {
        var draft = original
        guard let digest = census.digests[cluster.number]?[index] else { continue }
        draft.rowsDigest = digest.digest
        draft.rowCount = digest.count
        try put(draft, key(cluster, index), &transaction)
        if try value(of: draft.digest.bytes, in: .digests, of: transaction) != nil {
          throw .wrongExport("a snapshot is there twice")
        }
        try self.put(key(cluster, index), for: draft.digest.bytes, in: .digests, of: &transaction)
        places.append(
          ActRecord.Place(
            cluster: cluster.number, ordinal: UInt32(index + 1), clusterName: cluster.name,
            record: SHA256Digest(of: draft.record)))
      }
    }
    return places
  }

  /// The clusters of an export by name, and their snapshots by number, which are all there.
  private static func drafts(
    _ list: CaseList
  ) throws(CaseError) -> [(cluster: ClusterRecord, drafts: [SnapshotDraft])] {
    var result: [(cluster: ClusterRecord, drafts: [SnapshotDraft])] = []
    var left = list.snapshots.count
    for (index, cluster) in list.clusters.sorted(by: { $0.name < $1.name }).enumerated() {
      guard let number = UInt16(exactly: index + 1) else { throw .tooMany("clusters") }
      guard ClusterRecord.isName(cluster.name), result.last?.cluster.name != cluster.name else {
        throw .wrongExport("a cluster has an impossible name")
      }
      let own = list.snapshots.filter { $0.id.cluster == cluster.name }.sorted { $0.id < $1.id }
      left -= own.count
      guard own.map(\.id.number) == Array(0..<own.count).map({ $0 + 1 }), !own.isEmpty else {
        throw .wrongExport("the snapshots of a cluster are not all there")
      }
      let drafts = own.map { SnapshotDraft($0) }
      guard SnapshotOrder.order(drafts) == Array(drafts.indices) else {
        throw .wrongExport("the snapshots of a cluster are not in order")
      }
      result.append((ClusterRecord(number: number, name: cluster.name), drafts))
    }
    guard left == 0 else { throw .wrongExport("a snapshot belongs to no cluster") }
    return result
  }

  private static func runs(
    _ presences: [CaseTimeline.Presence], _ cluster: String, _ count: Int
  ) throws(CaseError) -> [UInt8] {
    let spans = try presences.map { presence throws(CaseError) in
      let (first, last) = (presence.first.number, presence.last.number)
      guard presence.first.cluster == cluster, presence.last.cluster == cluster, 1 <= first, first <= last,
        last <= count
      else { throw .wrongExport("a value is in snapshots that are not there") }
      return SeenValue.Span(layers: LayerSet(presence.layer), first: first, last: last)
    }
    var value: [UInt8] = []
    for span in SpanSet.joined(spans, []) {
      RowRuns.begin(span.layers, at: span.first, in: &value)
      if span.last < count { RowRuns.end(at: span.last, in: &value) }
    }
    guard !value.isEmpty else { throw .wrongExport("a value is in no snapshot") }
    return value
  }
}

extension ContentsMark {
  /// That of the contents that have this number in the case from which they come.
  init(importedNumber number: Int) {
    self.init(high: UInt64(Origin.imported.rawValue) << 56, low: UInt64(bitPattern: Int64(number)))
  }
}

extension SnapshotDraft {
  /// A snapshot of another case, without its rows.
  init(_ snapshot: CaseSnapshot) {
    digest = snapshot.digest
    path = snapshot.path
    member = snapshot.member
    bytes = snapshot.bytes
    takenAt = snapshot.takenAt
    revisions = snapshot.revisions
    verdict = snapshot.verdict
    causes = snapshot.causes
    findingCounts = snapshot.findingCounts
    counts = snapshot.counts
    fragments = snapshot.fragments
    errorCodes = snapshot.errorCodes
    identity = snapshot.identity
    release = snapshot.release
  }
}
