import BoltFormat
import Cryptography
import EtcdStorage
import Foundation
import KubernetesStorage
import LMDB
import TestSupport
import Testing

@testable import CaseStore
@testable import VerificationModel

@Suite("What is wrong is told in a sentence") struct CaseErrorTests {
  private static func rows(_ names: [String]) -> [StoredRow] {
    names.enumerated().map { number, name in
      var row = StoredRow(layer: .live, valueClass: .plaintext, offset: ByteOffset(1), valueBytes: 10)
      row.key = EtcdKey(bytes: Array("/registry/secrets/\(name)".utf8))
      row.revision = Revision(main: Int64(number + 2), sub: 0)
      row.resource = "secrets"
      row.prefix = EtcdPrefix("/registry")
      return row
    }
  }

  @Test func `a directory that is no case`() throws {
    let parent = try TemporaryDirectory()
    #expect(throws: CaseError.missing) { _ = try CaseReader(reading: "\(parent.path)/none") }
    #expect(throws: CaseError.missing) { _ = try CaseReader(reading: parent.path) }
    try parent.file("other/file", [1])
    #expect(throws: CaseError.notEmpty) {
      _ = try CaseWriter(creating: "\(parent.path)/other", SampleCase.call("init"))
    }
    _ = try Environment(creating: "\(parent.path)/store", tables: 4)
    #expect(throws: CaseError.notCase) { _ = try CaseReader(reading: "\(parent.path)/store") }
    try parent.file("text/data.mdb", Array("no store".utf8))
    #expect(throws: CaseError.self) { _ = try CaseReader(reading: "\(parent.path)/text") }
  }

  @Test func `a case is not made where there is one`() throws {
    let sample = try SampleCase()
    let key = try CaseFiles.digestKey(of: sample.path)
    #expect(throws: CaseError.exists) { _ = try CaseWriter(creating: sample.path, SampleCase.call("init")) }
    #expect(try CaseFiles.digestKey(of: sample.path) == key)
    let mode = try FileManager.default.attributesOfItem(atPath: "\(sample.path)/digest.key")[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func `a newer case`() throws {
    let sample = try SampleCase()
    do {
      var writer = try CaseWriter(writing: sample.path)
      try writer.store.write { transaction throws(CaseError) in
        try CaseTables(transaction).put([0, 0, 0, 9], for: Array("version".utf8), in: .about, of: &transaction)
      }
    }
    #expect(throws: CaseError.newer(version: 9)) { _ = try CaseReader(reading: sample.path) }
    #expect(throws: CaseError.newer(version: 9)) { _ = try CaseWriter(writing: sample.path) }
  }

  @Test func `the key of the digests is missing or cut`() throws {
    let sample = try SampleCase()
    try Data([1, 2, 3]).write(to: URL(filePath: "\(sample.path)/digest.key"))
    #expect(throws: CaseError.digestKey("does not have 32 bytes")) { _ = try CaseWriter(writing: sample.path) }
    try FileManager.default.removeItem(atPath: "\(sample.path)/digest.key")
    #expect(throws: CaseError.digestKey("is not there, or can't be read")) { _ = try CaseWriter(writing: sample.path) }
    var reader = try sample.reader()
    #expect(try reader.list().acts == 1)
  }

  @Test func `unknown and ambiguous names`() throws {
    let sample = try SampleCase()
    try sample.add(SampleSnapshot(1, Self.rows(["default/db-password", "prod/db-password", "prod/token"])))
    var reader = try sample.reader()
    #expect(
      throws: CaseError.unknownObject("defualt/db-password", suggestions: ["default/db-password", "prod/db-password"])
    ) {
      _ = try reader.timeline("defualt/db-password")
    }
    #expect(throws: CaseError.unknownObject("prod/tokne", suggestions: ["prod/token"])) {
      _ = try reader.timeline("prod/tokne")
    }
    #expect(throws: CaseError.unknownSnapshot("7", suggestions: ["cluster/1"])) { _ = try reader.snapshot("7") }
    let digest = try reader.list().snapshots[0].digest.description
    #expect(try reader.snapshot(String(digest.prefix(6))).id.number == 1)
    #expect(try reader.snapshot("cluster/1") == reader.snapshot("1"))
  }

  @Test func `a snapshot of another cluster`() throws {
    let sample = try SampleCase()
    try sample.add(SampleSnapshot(1, []))
    var other = SampleSnapshot(2, [])
    other.report.cluster = ClusterIdentity(members: [.init(id: 9, name: "z")])
    #expect(throws: CaseError.otherCluster(known: ["cluster"], namesMembers: true)) { try sample.add(other) }
    #expect(throws: CaseError.clusterName("a/b")) { try sample.add(other, cluster: "a/b") }
    try sample.add(other, cluster: "second")
    var third = SampleSnapshot(3, [])
    third.report.cluster = ClusterIdentity(members: [.init(id: 8, name: "y")], removedIDs: [9])
    try sample.add(third)
    var unknown = SampleSnapshot(4, [])
    unknown.report.cluster = nil
    #expect(throws: CaseError.otherCluster(known: ["cluster", "second"], namesMembers: false)) {
      try sample.add(unknown)
    }
    var reader = try sample.reader()
    #expect(
      try reader.list().snapshots.map { "\($0.id.cluster)/\($0.id.number)" } == ["cluster/1", "second/1", "second/2"])
    #expect(throws: CaseError.ambiguousSnapshot("1", choices: ["cluster/1", "second/1"])) {
      _ = try reader.snapshot("1")
    }
  }

  @Test func `a snapshot is taken in once, and each act is logged`() throws {
    let sample = try SampleCase()
    let first = try sample.add(SampleSnapshot(1, Self.rows(["a/b"])))
    #expect(first.outcome == .added(CaseSnapshot.ID(cluster: "cluster", number: 1)) && first.sequence == 2)
    let again = try sample.add(SampleSnapshot(1, []))
    #expect(again.outcome == .known(CaseSnapshot.ID(cluster: "cluster", number: 1)))
    var writer = try CaseWriter(writing: sample.path)
    let failed = try writer.recordFailure(
      "it is cut short", evidence: SampleCase.evidence("x.db"), SampleCase.call("add"))
    #expect(failed.outcome == .failed("it is cut short"))
    _ = consume writer
    var reader = try sample.reader()
    let log = try reader.log()
    #expect(log.map(\.act) == ["init", "add", "add", "add"] && log.map(\.sequence) == [1, 2, 3, 4])
    #expect(try reader.list().head == log.last?.digest)
  }

  @Test func `what is changed in any table shows`() throws {
    for table in CaseTable.allCases where table != .names && table != .longnames {
      let sample = try SampleCase()
      var rows = Self.rows(["a/b", "a/c"])
      rows[0].encryption = .init(provider: .aescbc, keyName: "key1", keyID: nil)
      try sample.add(SampleSnapshot(1, rows))
      try sample.add(SampleSnapshot(2, Array(rows.dropLast())))
      do {
        // With a checksum that is right: by someone who knows how.
        var writer = try CaseWriter(writing: sample.path)
        try writer.store.write { transaction throws(CaseError) in
          let tables = try CaseTables(transaction)
          var found: (key: [UInt8], value: [UInt8])?
          try tables.scan(table, of: transaction) { key, value throws(CaseError) in
            found = (EtcdKey(copying: key).bytes, EtcdKey(copying: value).bytes)
            return table == .log
          }
          guard var (key, value) = found, table != .about else { return }
          if table == .rows { value = [2, 1, 0] } else { value[value.count - 1] ^= 1 }
          try tables.put(value, for: key, in: table, of: &transaction)
        }
      }
      if table == .about { continue }
      var reader = try sample.reader()
      let check = try reader.check()
      #expect(!check.isSound, "\(table)")
    }
  }

  /// Every changed byte of a small case is told, or was of no use; nothing kills the process.
  @Test(.tags(.exhaustive)) func `flipped bytes`() throws {
    let sample = try SampleCase()
    try sample.add(SampleSnapshot(1, Self.rows(["a/b", "a/c"])))
    let file = URL(filePath: "\(sample.path)/data.mdb")
    let bytes = try Data(contentsOf: file)
    var random = SeededGenerator(seed: 5)
    for _ in 0..<(Exhaustive.runsAll ? 20_000 : 400) {
      var damaged = bytes
      damaged[random.count(0...bytes.count - 1)] ^= 1 << UInt8(random.count(0...7))
      try damaged.write(to: file)
      do throws(CaseError) {
        var reader = try CaseReader(reading: sample.path)
        let check = try reader.check()
        if check.isSound { _ = try reader.exposures() }
      } catch {
        #expect(!"\(error)".isEmpty)
      }
    }
  }

  @Test func `a second writer waits or is told`() throws {
    let sample = try SampleCase()
    let writer = try CaseWriter(writing: sample.path)
    #expect(throws: CaseError.store(.alreadyOpen)) { _ = try CaseWriter(writing: sample.path) }
    _ = consume writer
  }
}
