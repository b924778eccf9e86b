import Cryptography
import LMDB
import VerificationModel

/// A case that is open for writing. One program at a time has a case so; others may read it meanwhile.
///
/// ```swift
/// var intake = CaseIntake()
/// rows.forEach(&intake)
/// var writer = try CaseWriter(writing: path, waiting: { print("another program writes: waiting") })
/// let act = try writer.add(intake, report, takenAt: time, cluster: nil, evidence: evidence, call)
/// ```
///
/// Whatever is added is added whole, with its entry in the log, or not at all.
package struct CaseWriter: ~Copyable {
  var store: Environment
  /// The key of the digests by which equal contents are recognised. It is never shown, nor exported.
  package let digestKey: SecretBytes

  /// Makes an empty case in `directory`, which must not be there, or be empty; `call` is the first entry of its log.
  package init(creating directory: String, _ call: CaseCall) throws(CaseError) {
    guard try CaseFiles.canHoldNewCase(directory) else { throw .notEmpty }
    var store = try Environment.makingCase(directory)
    digestKey = try Self.finishing(directory) { () throws(CaseError) in
      let digestKey = try CaseFiles.makeDigestKey(in: directory)
      try store.write { transaction throws(CaseError) in
        let tables = try CaseTables(makingEmpty: &transaction)
        try tables.putForm(digestKey, to: &transaction)
        try tables.appendAct(call, to: &transaction)
      }
      return digestKey
    }
    self.store = store
  }

  /// Runs `body`, which finishes the new case in `directory`; if it can't, nothing stays there.
  private static func finishing<Answer>(
    _ directory: String, _ body: () throws(CaseError) -> Answer
  ) throws(CaseError) -> Answer {
    do throws(CaseError) { return try body() } catch {
      CaseFiles.removeUnfinished(directory)
      throw error
    }
  }

  /// Makes in `directory`, which must not be there, or be empty, the case whose records were exported: with the same log, to
  /// which the import is added.
  ///
  /// All that the log vouches for is checked before anything is kept. Throws ``CaseError/wrongExport(_:)``. O(entries).
  ///
  /// - Parameters:
  ///   - digestKey: the key of the digests of that case. Without it the case can be read, and nothing can be added.
  ///   - path: the file, as the log is to have it.
  ///   - open: begins to read the file, and answers what answers its next bytes, nil at the end. It may be called again.
  package static func importCase(
    to directory: String, digestKey: SecretBytes?, from path: String,
    open: () throws(CaseError) -> (() throws(CaseError) -> [UInt8]?), _ call: CaseCall
  ) throws(CaseError) {
    guard try CaseFiles.canHoldNewCase(directory) else { throw .notEmpty }
    // What is no export makes no directory.
    _ = try RecordReader(open())
    var store = try Environment.makingCase(directory)
    try finishing(directory) { () throws(CaseError) in
      try store.write { transaction throws(CaseError) in
        var records = try RecordReader(open())
        let tables = try CaseTables(makingEmpty: &transaction)
        while let record = try records.record() {
          try tables.put(record.value, for: record.key, in: record.table, of: &transaction)
        }
        try tables.checkImport(transaction)
        if let digestKey { try tables.checkDigestKey(digestKey, transaction) }
        let evidence = CaseAct.Evidence(path: path, member: nil, digest: records.digest, bytes: records.byteCount)
        try tables.appendAct(call, evidence, to: &transaction)
      }
      if let digestKey { try CaseFiles.write(digestKey, in: directory) }
    }
  }

  /// Opens the case in `directory`.
  ///
  /// - Parameter waiting: is called once if another program writes to it, which is waited for then. Without it
  ///   `CaseError.store(.busy)` is thrown.
  package init(writing directory: String, waiting: (() -> Void)? = nil) throws(CaseError) {
    var store = try Environment.writingCase(directory, waiting: waiting)
    let digestKey = try CaseFiles.digestKey(of: directory)
    try store.read { transaction throws(CaseError) in
      let tables = try CaseTables(transaction)
      try tables.checkVersion(transaction)
      try tables.checkDigestKey(digestKey, transaction)
    }
    self.digestKey = digestKey
    self.store = store
  }

  /// Takes a snapshot in, with what its report says and all rows that were told of it, and answers the entry of the log.
  ///
  /// One that the case holds already, by the SHA-256 of its bbolt image, is recognised, and nothing but the entry is written.
  /// One that could only be read in part is taken in with what could be read. O(rows of the snapshot and of its cluster).
  ///
  /// - Parameters:
  ///   - intake: the rows that were told of it; an empty one where none could be read.
  ///   - report: what came of its verification.
  ///   - takenAt: when it was taken; nil where nothing tells.
  ///   - cluster: the name of its cluster. nil: that of which it has a member, or the first of an empty case. Throws
  ///     ``CaseError/otherCluster(known:namesMembers:)`` where there is none such.
  ///   - causes: the rules that decide on the verdict, the gravest first; nil: of those of which there are findings, all.
  ///   - evidence: the file, as the log is to have it.
  ///   - call: who does this.
  package mutating func add(
    _ intake: consuming CaseIntake, _ report: SnapshotReport, takenAt: SnapshotTime?, cluster: String?,
    causes: [Rule]? = nil, evidence: CaseAct.Evidence, _ call: CaseCall
  ) throws(CaseError) -> CaseAct {
    guard let digest = report.bboltDigest else { throw .noDigest }
    if let cluster, !ClusterIdentity.isName(cluster) { throw .clusterName(cluster) }
    let draft = SnapshotDraft(digest: digest, report, takenAt: takenAt, causes: causes, release: call.release)
    var rows = intake.rows
    return try store.write { transaction throws(CaseError) in
      let tables = try CaseTables(transaction)
      return try tables.add(&rows, draft, cluster: cluster, evidence, call, to: &transaction)
    }
  }

  /// Notes in the log that a file could not be taken in, and why; answers the entry.
  package mutating func recordFailure(
    _ reason: String, evidence: CaseAct.Evidence, _ call: CaseCall
  ) throws(CaseError) -> CaseAct {
    try store.write { transaction throws(CaseError) in
      let tables = try CaseTables(transaction)
      let entry = try tables.appendAct(call, evidence, .failed(reason), to: &transaction)
      return try CaseContents(transaction, tables).act(entry)
    }
  }
}
