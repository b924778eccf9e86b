import ByteViews
import Cryptography
import EtcdStorage
import LMDB
import VerificationModel

/// A case that is open for reading. Others may write to it meanwhile: each query answers by what was there when it began.
///
/// Clusters are told by name, snapshots by their numbers: neither depends on the order in which they were taken in.
package struct CaseReader: ~Copyable {
  var store: Environment
  let directory: String

  /// Opens the case in `directory`.
  ///
  /// - Parameter waiting: is called once where the directory can't be written to, and another program writes to the case, which
  ///   is waited for then. Without it `CaseError.store(.busy)` is thrown.
  package init(reading directory: String, waiting: (() -> Void)? = nil) throws(CaseError) {
    var store = try Environment.readingCase(directory, waiting: waiting)
    try store.read { transaction throws(CaseError) in try CaseTables(transaction).checkVersion(transaction) }
    self.store = store
    self.directory = directory
  }

  // MARK: What is in it

  /// The clusters and snapshots that the case holds, what could not be taken in, and the end of its log. O(snapshots + acts).
  package mutating func list() throws(CaseError) -> CaseList {
    try read { contents, transaction throws(CaseError) in
      var list = contents.list
      list.failures = try contents.failures(transaction)
      return list
    }
  }

  /// The log of all that was done, from the first act on. O(acts).
  package mutating func log() throws(CaseError) -> [CaseAct] {
    try read { contents, transaction throws(CaseError) in try contents.log(transaction) }
  }

  /// The snapshot that `name` means: `cluster/number`, a number where there is one cluster, or the first digits of its SHA-256,
  /// at least 4.
  package mutating func snapshot(_ name: String) throws(CaseError) -> CaseSnapshot {
    try read { contents, _ throws(CaseError) in try contents.snapshot(named: name) }
  }

  // MARK: Queries

  /// Every object of which plaintext was seen in any snapshot and layer, and the snapshots that have any. O(rows).
  package mutating func exposures() throws(CaseError) -> CaseExposures {
    try read { contents, transaction throws(CaseError) in
      var survey = ExposureSurvey(contents)
      try contents.forEachObject(transaction) { object throws(CaseError) in
        survey.take(object)
        return true
      }
      return survey.answer
    }
  }

  /// The one object that `name` means: `NAMESPACE/NAME`, the name of an object without a namespace, or a whole etcd key, which
  /// begins with a slash.
  ///
  /// Throws ``CaseError/unknownObject(_:suggestions:)`` and ``CaseError/ambiguousObject(_:choices:)``. O(rows).
  ///
  /// - Parameter cluster: only objects of this one are meant.
  package mutating func timeline(_ name: String, cluster: String? = nil) throws(CaseError) -> CaseTimeline {
    try read { contents, transaction throws(CaseError) in
      var search = ObjectSearch(name, cluster: cluster)
      try contents.forEachObject(transaction) { object throws(CaseError) in
        search.take(object, contents)
        return true
      }
      if search.needsSuggestions {
        try contents.forEachObject(transaction) { object throws(CaseError) in
          search.takeNear(object, contents)
          return true
        }
      }
      return try search.answer()
    }
  }

  /// Every value seen of the object under an etcd key. O(log rows).
  ///
  /// - Parameter cluster: the cluster that is meant, needed where several have the key.
  package mutating func timeline(of key: EtcdKey, cluster: String? = nil) throws(CaseError) -> CaseTimeline {
    try read { contents, transaction throws(CaseError) in
      var found: [CaseTimeline] = []
      for record in contents.clusters where cluster == nil || record.name == cluster {
        try contents.forEachObject(transaction, cluster: record, key: key) { object throws(CaseError) in
          found.append(CaseTimeline(object, contents))
          return true
        }
      }
      guard let timeline = found.first else {
        var search = ObjectSearch(key.description, cluster: cluster)
        try contents.forEachObject(transaction) { object throws(CaseError) in
          search.takeNear(object, contents)
          return true
        }
        throw .unknownObject(key.description, suggestions: search.suggestions)
      }
      guard found.count == 1 else {
        throw .ambiguousObject(key.description, choices: found.map { "\($0.object.cluster):\(key)" })
      }
      return timeline
    }
  }

  /// What is different in two snapshots, which are named as ``snapshot(_:)`` has it. O(rows).
  package mutating func difference(_ before: String, _ after: String) throws(CaseError) -> CaseDifference {
    try read { contents, transaction throws(CaseError) in
      let (before, after) = (try contents.snapshot(named: before), try contents.snapshot(named: after))
      return try contents.difference(before, after, transaction)
    }
  }

  /// Every encryption key that was seen, by cluster. O(rows).
  package mutating func keys() throws(CaseError) -> [CaseKey] {
    try read { contents, transaction throws(CaseError) in
      var survey = KeySurvey(contents)
      try contents.forEachObject(transaction) { object throws(CaseError) in
        survey.take(object)
        return true
      }
      return survey.answer
    }
  }

  /// Hands every object that any snapshot has a value of to `take`, in the order of clusters by name, then of keys; until that
  /// answers false. With ``list()`` this is all that an export has. O(rows).
  package mutating func forEachTimeline(_ take: (CaseTimeline) -> Bool) throws(CaseError) {
    try read { contents, transaction throws(CaseError) in
      try contents.forEachObject(transaction) { object throws(CaseError) in take(CaseTimeline(object, contents)) }
    }
  }

  /// Hands the lines of an export of all records to `write`, some at a time: what ``CaseWriter`` imports. O(entries).
  package mutating func exportRecords(to write: (String) -> Void) throws(CaseError) {
    try read { contents, transaction throws(CaseError) in
      var hash = SHA256()
      var text = ""
      func add(_ line: String) {
        var line = line
        line += "\n"
        hash.update(Array(line.utf8).rawSpan)
        text += line
        guard text.utf8.count >= Self.exportBlockBytes else { return }
        write(text)
        text = ""
      }
      add(RecordLine.first)
      var count = 0
      for table in CaseTable.allCases {
        try contents.tables.scan(table, of: transaction) { key, value throws(CaseError) in
          add(RecordLine.record(table, key, value))
          count += 1
          return true
        }
      }
      write(text + RecordLine.last(count, "\(hash.digest())") + "\n")
    }
  }

  private static let exportBlockBytes = 1 << 16

  // MARK: Upkeep

  /// Whether the case is as it was left: every page of the store, every entry of the log, and what each snapshot is said to
  /// hold. Throws only where that can't be found out. O(rows · snapshots).
  ///
  /// - Parameter evidence: files that were looked at: by path, name in an archive, and SHA-256 of the bbolt image.
  package mutating func check(evidence: [CaseEvidence] = []) throws(CaseError) -> CaseCheck {
    var faults = CheckFaults()
    let digestKey = CaseFiles.hasDigestKey(directory) ? try CaseFiles.digestKey(of: directory) : nil
    do throws(LMDBError) { _ = try store.check() } catch {
      guard !error.isFromOutside else { throw .store(error) }
      faults.add("store", error.description, .store)
      return CaseCheck(head: nil, acts: 0, snapshots: 0, rows: 0, faults: faults.listed)
    }
    return try store.read { transaction throws(CaseError) in
      let tables = try CaseTables(transaction)
      if let digestKey {
        do throws(CaseError) { try tables.checkDigestKey(digestKey, transaction) } catch {
          faults.add("digest-key", error.description, .store)
        }
      }
      var check = CaseChecking(faults)
      return try check.run(transaction, tables, evidence)
    }
  }

  /// Makes a compact copy of the case in a new directory; it may be read and written meanwhile. O(file).
  ///
  /// - Parameter isMade: whether the directory is there already, and empty.
  package mutating func backup(to path: String, isMade: Bool = false) throws(CaseError) {
    let key = CaseFiles.hasDigestKey(directory) ? try CaseFiles.digestKey(of: directory) : nil
    do throws(LMDBError) { try store.copy(to: path, isMade: isMade) } catch { throw CaseError(error) }
    if let key { try CaseFiles.write(key, in: path) }
  }

  private mutating func read<Answer>(
    _ body: (CaseContents, borrowing Transaction) throws(CaseError) -> Answer
  ) throws(CaseError) -> Answer {
    try store.read { transaction throws(CaseError) in
      try body(try CaseContents(transaction, try CaseTables(transaction)), transaction)
    }
  }
}
