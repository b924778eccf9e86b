import ByteViews
import Cryptography
import EtcdStorage
import KubernetesStorage
import LMDB
import VerificationModel

/// All that a case holds but rows and the log: clusters, snapshots, and what the numbers in rows mean.
struct CaseContents {
  /// A snapshot by the number that it got when it was taken in.
  struct Taken {
    let ordinal: UInt32
    let draft: SnapshotDraft
    /// Its number for users.
    var number = 0
  }

  let tables: CaseTables
  /// By name.
  private(set) var clusters: [ClusterRecord] = []
  /// Of each cluster, in the order in which they were taken in.
  private(set) var taken: [UInt16: [Taken]] = [:]
  private(set) var encryptions: [UInt32: StoredRow.Encryption] = [:]
  private(set) var places: [UInt32: RowPlace] = [:]
  private let head: SHA256Digest
  private let acts: Int

  /// Reads them. O(snapshots).
  init(_ transaction: borrowing Transaction, _ tables: CaseTables) throws(CaseError) {
    self.tables = tables
    (head, acts) = try tables.logEnd(transaction)
    var clusters: [ClusterRecord] = []
    try tables.scan(.clusters, of: transaction) { key, value throws(CaseError) in
      var reader = FieldReader(value, "a cluster")
      guard key.byteCount == 2 else { throw reader.damage }
      clusters.append(ClusterRecord(number: key.bigEndian(at: 0), name: try reader.text()))
      try reader.end()
      return true
    }
    self.clusters = clusters.sorted { $0.name < $1.name }
    var taken: [UInt16: [Taken]] = [:]
    try tables.scan(.snapshots, of: transaction) { key, value throws(CaseError) in
      var reader = FieldReader(value, "a snapshot")
      guard key.byteCount == 6 else { throw reader.damage }
      let cluster: UInt16 = key.bigEndian(at: 0)
      let ordinal: UInt32 = key.bigEndian(at: 2)
      guard Int(ordinal) == taken[cluster, default: []].count + 1 else {
        throw .damaged("a snapshot is missing")
      }
      taken[cluster, default: []].append(Taken(ordinal: ordinal, draft: try SnapshotDraft(&reader)))
      return true
    }
    self.taken = taken.mapValues(SnapshotOrder.numbered)
    var encryptions: [UInt32: StoredRow.Encryption] = [:]
    try tables.scan(.encryptions, of: transaction) { key, value throws(CaseError) in
      var reader = FieldReader(value, "an encryption key")
      guard key.byteCount == 4 else { throw reader.damage }
      encryptions[key.bigEndian(at: 0)] = try StoredRow.Encryption(&reader)
      return true
    }
    self.encryptions = encryptions
    var places: [UInt32: RowPlace] = [:]
    try tables.scan(.places, of: transaction) { key, value throws(CaseError) in
      var reader = FieldReader(value, "a resource")
      guard key.byteCount == 4 else { throw reader.damage }
      places[key.bigEndian(at: 0)] = try RowPlace(&reader)
      return true
    }
    self.places = places
  }

  // MARK: Clusters and snapshots

  /// Snapshots of a cluster by number.
  func snapshots(of cluster: ClusterRecord) -> [CaseSnapshot] {
    (taken[cluster.number] ?? []).sorted { $0.number < $1.number }.map {
      $0.draft.snapshot(CaseSnapshot.ID(cluster: cluster.name, number: $0.number))
    }
  }

  /// The members that any snapshot of a cluster names; where two name one differently, the newer one counts.
  func identity(of cluster: ClusterRecord) -> ClusterIdentity? {
    let known = (taken[cluster.number] ?? []).sorted { $0.number < $1.number }.compactMap(\.draft.identity)
    guard !known.isEmpty else { return nil }
    var members: [UInt64: ClusterIdentity.Member] = [:]
    for member in known.flatMap(\.members) { members[member.id] = member }
    let removed = Set(known.flatMap(\.removedIDs))
    return ClusterIdentity(
      members: Array(members.values), removedIDs: Array(removed), version: known.last { $0.version != nil }?.version)
  }

  var list: CaseList {
    var list = CaseList(head: head, acts: acts)
    for cluster in clusters {
      list.clusters.append(CaseList.Cluster(name: cluster.name, identity: identity(of: cluster)))
      list.snapshots += snapshots(of: cluster)
    }
    return list
  }

  func cluster(_ number: UInt16) -> ClusterRecord? { clusters.first { $0.number == number } }
  func cluster(named name: String) -> ClusterRecord? { clusters.first { $0.name == name } }

  /// Whether two snapshots may be of one cluster, by their members.
  func mayBeOneCluster(_ one: CaseSnapshot.ID, _ other: CaseSnapshot.ID) -> Bool? {
    func identity(_ id: CaseSnapshot.ID) -> ClusterIdentity? {
      cluster(named: id.cluster).flatMap { taken[$0.number]?.first { $0.number == id.number }?.draft.identity }
    }
    guard let one = identity(one), let other = identity(other) else { return nil }
    return one.mayBeSame(as: other)
  }

  /// The snapshot that `name` means; see ``CaseReader/snapshot(_:)``.
  func snapshot(named name: String) throws(CaseError) -> CaseSnapshot {
    let all = clusters.flatMap { snapshots(of: $0) }
    func isMeant(_ snapshot: CaseSnapshot) -> Bool {
      let id = snapshot.id
      return name == "\(id.cluster)/\(id.number)" || name == "\(id.number)"
    }
    var found = all.filter(isMeant)
    if found.isEmpty, name.utf8.count >= 4 {
      found = all.filter { $0.digest.description.hasPrefix(name.lowercased()) }
    }
    if let one = found.first, found.count == 1 { return one }
    guard found.isEmpty else {
      throw .ambiguousSnapshot(name, choices: found.map { "\($0.id.cluster)/\($0.id.number)" })
    }
    let cluster = name.split(separator: "/", omittingEmptySubsequences: false).first.map(String.init) ?? ""
    let near = all.filter { $0.id.cluster == cluster }
    throw .unknownSnapshot(
      name, suggestions: (near.isEmpty ? all : near).suffix(3).map { "\($0.id.cluster)/\($0.id.number)" })
  }

  // MARK: The log

  func log(_ transaction: borrowing Transaction) throws(CaseError) -> [CaseAct] {
    var acts: [CaseAct] = []
    try tables.scan(.log, of: transaction) { key, value throws(CaseError) in
      acts.append(try act(try LoggedAct(key, value)))
      return true
    }
    return acts
  }

  /// Files that could not be taken in, and were not later.
  func failures(_ transaction: borrowing Transaction) throws(CaseError) -> [CaseList.Failure] {
    var failures: [CaseList.Failure] = []
    try tables.scan(.log, of: transaction) { key, value throws(CaseError) in
      let act = try LoggedAct(key, value).act
      guard let evidence = act.evidence, let outcome = act.outcome else { return true }
      // The path of a pipe, `-` above all, says nothing of what came through it before.
      if evidence.digest != nil { failures.removeAll { $0.path == evidence.path && $0.member == evidence.member } }
      if case .failed(let reason) = outcome {
        failures.append(CaseList.Failure(path: evidence.path, member: evidence.member, reason: reason))
      }
      return true
    }
    return failures
  }

  /// An entry of the log, with snapshots by their numbers for users.
  func act(_ entry: LoggedAct) throws(CaseError) -> CaseAct {
    let call = entry.act.call
    var act = CaseAct(
      sequence: entry.sequence, digest: entry.digest, time: call.time, user: call.user, host: call.host,
      release: call.release, act: call.act, arguments: call.arguments, evidence: entry.act.evidence)
    switch entry.act.outcome {
    case .added(let place): act.outcome = .added(try id(place))
    case .known(let place): act.outcome = .known(try id(place))
    case .failed(let reason): act.outcome = .failed(reason)
    case nil: break
    }
    return act
  }

  private func id(_ place: ActRecord.Place) throws(CaseError) -> CaseSnapshot.ID {
    guard let cluster = cluster(place.cluster), let taken = taken[place.cluster],
      let snapshot = taken.first(where: { $0.ordinal == place.ordinal })
    else { throw .damaged("the log tells of a snapshot that is not there") }
    return CaseSnapshot.ID(cluster: cluster.name, number: snapshot.number)
  }
}
