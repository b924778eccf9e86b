import ByteViews
import Cryptography
import EtcdStorage
import LMDB
import VerificationModel

/// Holds all that a case has against its log, and files at hand against the case.
struct CaseChecking {
  private var faults: CheckFaults
  private var acts = 0
  /// What the log says of snapshots.
  private var logged: [(act: Int, place: ActRecord.Place)] = []

  init(_ faults: CheckFaults) { self.faults = faults }

  mutating func run(
    _ transaction: borrowing Transaction, _ tables: CaseTables, _ evidence: [CaseEvidence]
  ) throws(CaseError) -> CaseCheck {
    let head = try checkLog(tables, transaction)
    try checkSums(tables, transaction)
    let contents: CaseContents
    do throws(CaseError) { contents = try CaseContents(transaction, tables) } catch {
      guard case .damaged(let place) = error else { throw error }
      faults.add("store", place, .store)
      return CaseCheck(
        head: head, acts: acts, snapshots: 0, rows: 0, faults: faults.listed, faultsOmitted: faults.omitted)
    }
    try checkRecords(contents, transaction)
    try checkLongNames(tables, transaction)
    let rows = try checkRows(contents, transaction)
    return CaseCheck(
      head: head, acts: acts, snapshots: contents.taken.values.reduce(0) { $0 + $1.count }, rows: rows,
      faults: faults.listed, faultsOmitted: faults.omitted,
      evidence: evidence.map { Self.outcome($0, contents.list.snapshots) })
  }

  // MARK: The log

  /// Follows the log from its first entry on; answers its last digest, nil where it can't be followed.
  private mutating func checkLog(
    _ tables: CaseTables, _ transaction: borrowing Transaction
  ) throws(CaseError) -> SHA256Digest? {
    var previous = ActRecord.start
    var faults = faults
    var logged = logged
    var count = 0
    var isSound = true
    try tables.scan(.log, of: transaction, damaged: { _ in isSound = false }) { key, value throws(CaseError) in
      count += 1
      let act: LoggedAct
      do throws(CaseError) { act = try LoggedAct(key, value) } catch {
        isSound = false
        faults.add("act-unreadable", "an entry of the log can't be read", .act(count))
        return true
      }
      let record = [UInt8](copying: value.extracting(SHA256Digest.byteCount..<value.byteCount))
      if act.sequence != count || act.digest != ActRecord.digest(after: previous, record) {
        isSound = false
        faults.add(
          "act-altered", "this entry, or one before it, was changed or taken out", .act(act.sequence))
        count = act.sequence
      }
      previous = act.digest
      switch act.act.outcome {
      case .added(let place): logged.append((act.sequence, place))
      case .known, .failed, nil: break
      }
      return true
    }
    if count == 0 {
      isSound = false
      faults.add("log-empty", "the log has no entries", .store)
    }
    (self.faults, self.logged, acts) = (faults, logged, count)
    return isSound ? previous : nil
  }

  /// Holds every entry of every table against its checksum.
  private mutating func checkSums(_ tables: CaseTables, _ transaction: borrowing Transaction) throws(CaseError) {
    var faults = faults
    for table in CaseTable.allCases where table != .rows {
      try tables.scan(
        table, of: transaction,
        damaged: { _ in faults.add("checksum", "an entry of table \(table.rawValue) was changed", .store) }
      ) { _, _ in true }
    }
    self.faults = faults
  }

  // MARK: Snapshots

  private mutating func checkRecords(
    _ contents: CaseContents, _ transaction: borrowing Transaction
  ) throws(CaseError) {
    var left: Set<[UInt8]> = []
    for cluster in contents.clusters {
      for taken in contents.taken[cluster.number] ?? [] {
        var key: [UInt8] = []
        key.append(bigEndian: cluster.number)
        key.append(bigEndian: taken.ordinal)
        left.insert(key)
        let id = CaseSnapshot.ID(cluster: cluster.name, number: taken.number)
        let place = logged.last { $0.place.cluster == cluster.number && $0.place.ordinal == taken.ordinal }?.place
        if place == nil {
          faults.add("snapshot-not-logged", "the log does not tell that this snapshot was taken in", .snapshot(id))
        } else if place?.record != SHA256Digest(of: taken.draft.record) || place?.clusterName != cluster.name {
          faults.add("snapshot-altered", "what is kept of this snapshot is not what the log vouches for", .snapshot(id))
        }
        let known = try contents.tables.value(of: taken.draft.digest.bytes, in: .digests, of: transaction)
        if known != key {
          faults.add("reference", "this snapshot is not found by its digest", .snapshot(id))
        }
      }
    }
    for (act, place) in logged {
      var key: [UInt8] = []
      key.append(bigEndian: place.cluster)
      key.append(bigEndian: place.ordinal)
      if !left.contains(key) {
        faults.add("snapshot-missing", "the log tells of a snapshot that is not there", .act(act))
      }
    }
    for cluster in contents.taken.keys where contents.cluster(cluster) == nil {
      faults.add("reference", "snapshots belong to a cluster that is not there", .store)
    }
  }

  /// Holds the long etcd keys against the table by which they are found, and the mark of the key of the digests.
  private mutating func checkLongNames(_ tables: CaseTables, _ transaction: borrowing Transaction) throws(CaseError) {
    var faults = faults
    do throws(CaseError) { try tables.checkDigestKeySign(transaction) } catch {
      guard case .damaged(let problem) = error else { throw error }
      faults.add("reference", problem, .store)
    }
    var (named, found) = (0, 0)
    try tables.scan(.names, of: transaction, damaged: { _ in }) { key, value throws(CaseError) in
      named += 1
      let digest = LongName.digest(of: [UInt8](copying: value))
      if try tables.value(of: digest, in: .longnames, of: transaction) != [UInt8](copying: key) {
        faults.add("reference", "a long key is not found by its digest", .store)
      }
      return true
    }
    try tables.scan(.longnames, of: transaction, damaged: { _ in }) { _, _ in
      found += 1
      return true
    }
    if named != found { faults.add("reference", "a digest stands for a long key that is not there", .store) }
    self.faults = faults
  }

  /// Makes the digest of the rows of each snapshot anew; answers how many rows there are.
  private mutating func checkRows(
    _ contents: CaseContents, _ transaction: borrowing Transaction
  ) throws(CaseError) -> Int {
    var faults = faults
    let census = try RowCensus(contents, transaction) { key, problem in
      let object = RowKey.etcdKey(inPart: key.extracting(0..<max(0, key.byteCount - RowKey.tailBytes)))
      let cluster = key.byteCount < 2 ? nil : contents.cluster(key.bigEndian(at: 0))
      faults.add(
        "row", problem,
        .object(
          CaseObject(
            cluster: cluster?.name ?? "?", key: object.map { EtcdKey(bytes: $0) }, resource: nil, namespace: nil,
            name: nil)))
    }
    for cluster in contents.clusters {
      for taken in contents.taken[cluster.number] ?? [] {
        let digest = census.digests[cluster.number]?[Int(taken.ordinal) - 1]
        if digest?.digest != taken.draft.rowsDigest || digest?.count != taken.draft.rowCount {
          faults.add(
            "rows-altered", "the rows of this snapshot are not those that were taken in",
            .snapshot(CaseSnapshot.ID(cluster: cluster.name, number: taken.number)))
        }
      }
    }
    self.faults = faults
    return census.count
  }

  // MARK: Files at hand

  private static func outcome(_ evidence: CaseEvidence, _ snapshots: [CaseSnapshot]) -> CaseCheck.Evidence {
    let outcome: CaseCheck.Evidence.Outcome
    if let problem = evidence.problem {
      outcome = .unreadable(problem)
    } else if let digest = evidence.digest, let same = snapshots.first(where: { $0.digest == digest }) {
      outcome = .same(same.id)
    } else if evidence.digest == nil {
      outcome = .unreadable(evidence.problem ?? "it can't be read")
    } else if let other = snapshots.last(where: { $0.path == evidence.path && $0.member == evidence.member }) {
      outcome = .altered(other.id)
    } else {
      outcome = .unknown
    }
    return CaseCheck.Evidence(
      path: evidence.path, member: evidence.member, digest: evidence.digest, outcome: outcome)
  }
}
