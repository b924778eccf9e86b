import Cryptography
import EtcdStorage
import Foundation
import SnapshotInput
import TestSupport

@testable import ByteViews
@testable import CaseStore
@testable import KubernetesStorage
@testable import SnapshotVerification
@testable import VerificationModel

/// Exports of small cases.
enum SampleExport {
  /// Who does all that is done to them.
  static func call(_ act: String) -> CaseCall {
    CaseCall(time: 1_796_000_000, user: "root", host: "lab", release: "1.0", act: act, arguments: ["case", act])
  }

  /// A case without a snapshot.
  static func empty() throws -> [UInt8] {
    let parent = try TemporaryDirectory()
    let path = "\(parent.path)/case"
    _ = try CaseWriter(creating: path, call("init"))
    return try export(path)
  }

  /// A case with two snapshots of one cluster, made of a few rows.
  static func filled() throws -> [UInt8] {
    let parent = try TemporaryDirectory()
    let path = "\(parent.path)/case"
    try fill(path, in: parent)
    return try export(path)
  }

  private static func fill(_ path: String, in parent: TemporaryDirectory) throws {
    var writer = try CaseWriter(creating: path, call("init"))
    for count in [2, 3] {
      var etcd = EtcdWriter(.v36)
      for number in 0..<count {
        let value = number == 1 ? StoredSecret.sealed(.aescbc, "key1") : StoredSecret.plaintext(name: "n\(number)")
        etcd.apply(.put("/registry/secrets/default/n\(number)", value))
      }
      let file = try parent.file(
        "\(count).db", BoltWriter(pageSize: 512).image(etcd.root).snapshot(sha256: SnapshotDigest.of))
      let verifier = Verifier(policy: Policy())
      var intake = CaseIntake()
      var heard: SnapshotReport?
      for entry in InputList(arguments: [file]).entries {
        _ = verifier.examine(entry, digests: nil) { report, rows in
          heard = report
          rows.forEach(&intake)
        }
      }
      guard let heard else { throw FixtureError("the snapshot of a case can't be read") }
      let evidence = CaseAct.Evidence(path: "\(count).db", member: nil, digest: nil, bytes: nil)
      _ = try writer.add(intake, heard, takenAt: nil, cluster: "blue", evidence: evidence, call("add"))
    }
  }

  private static func export(_ path: String) throws -> [UInt8] {
    var reader = try CaseReader(reading: path)
    var text = ""
    try reader.exportRecords { text += $0 }
    return Array(text.utf8)
  }

  /// The export of `records`: in their order, none twice, with the chain of the log and the last line right.
  static func sealed(_ records: [CaseRecord]) -> [UInt8] {
    var ordered: [CaseRecord] = []
    for record in records.sorted(by: { $1.follows($0) }) where ordered.last.map({ record.follows($0) }) ?? true {
      ordered.append(record)
    }
    var previous = ActRecord.start
    var lines = [RecordLine.first]
    for record in ordered {
      var value = record.value
      if record.table == .log, value.count >= 32 {
        previous = ActRecord.digest(after: previous, Array(value.dropFirst(32)))
        value = previous.bytes + value.dropFirst(32)
      }
      lines.append(RecordLine.record(record.table, record.key.rawSpan, value.rawSpan))
    }
    let text = lines.map { $0 + "\n" }.joined()
    let digest = SHA256Digest(bytes: SnapshotDigest.of(text.utf8))
    return Array((text + RecordLine.last(ordered.count, "\(digest)") + "\n").utf8)
  }
}
