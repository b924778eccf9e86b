import Cryptography
import EncryptionConfig
import EtcdStorage
import Foundation
import KubernetesStorage
import SnapshotInput
import SnapshotVerification
import TestSupport
import Testing
import ValueAuthentication

@testable import CaseStore
@testable import VerificationModel

/// A directory for one case, which goes away with the value.
struct SampleCase {
  let parent: TemporaryDirectory
  let path: String

  /// An empty case.
  init() throws {
    parent = try TemporaryDirectory()
    path = "\(parent.path)/case"
    _ = try CaseWriter(creating: path, Self.call("init"))
  }

  /// The case at `path`, below `parent`.
  init(at path: String, in parent: TemporaryDirectory) {
    self.parent = parent
    self.path = path
  }

  static func call(_ act: String) -> CaseCall {
    CaseCall(time: 1_796_000_000, user: "root", host: "lab", release: "1.0", act: act, arguments: ["case", act])
  }

  static func evidence(_ path: String) -> CaseAct.Evidence {
    CaseAct.Evidence(path: path, member: nil, digest: nil, bytes: nil)
  }

  /// Adds a snapshot.
  @discardableResult
  func add(_ sample: SampleSnapshot, cluster: String? = nil) throws -> CaseAct {
    var writer = try CaseWriter(writing: path)
    return try writer.add(
      sample.intake, sample.report, takenAt: sample.takenAt, cluster: cluster,
      evidence: Self.evidence(sample.report.path), Self.call("add"))
  }

  func reader() throws -> CaseReader { try CaseReader(reading: path) }

  /// All that an export has, but the log.
  func export() throws -> [String] {
    var reader = try reader()
    let list = try reader.list()
    var lines = list.clusters.map { "\($0)" }
    lines += list.snapshots.map { snapshot in
      let counts = snapshot.counts.sorted { $0.key.order < $1.key.order }
      let rules = snapshot.findingCounts.sorted { $0.key.rawValue < $1.key.rawValue }
      return
        "\(snapshot.id) \(snapshot.digest) \(snapshot.bytes) \(snapshot.takenAt as Any) \(snapshot.revisions as Any) \(snapshot.verdict) \(snapshot.causes) \(rules) \(counts) \(snapshot.errorCodes) \(snapshot.fragments)"
    }
    try reader.forEachTimeline {
      lines.append("\($0)")
      return true
    }
    return lines
  }
}

/// What was read of one snapshot.
struct SampleSnapshot {
  let intake: CaseIntake
  var report: SnapshotReport
  var takenAt: SnapshotTime?

  init(intake: CaseIntake, report: SnapshotReport, takenAt: SnapshotTime?) {
    self.intake = intake
    self.report = report
    self.takenAt = takenAt
  }

  /// Reads the snapshot of a fixture.
  init(_ fixture: SnapshotFixture, day: Int, digests: ContentDigests?) throws {
    var intake = CaseIntake()
    var heard: SnapshotReport?
    var keys: KeyRing?
    var policy = Policy()
    if digests != nil, !fixture.description.hasSuffix("plain") {
      keys = KeyRing(
        try ConfigurationFile(path: fixture.configurationPath, for: APIServerSettings(enablesKMSv1: true)).configuration
      )
      policy.decryption = DecryptionRequest()
    }
    for entry in InputList(arguments: [try fixture.path()]).entries {
      _ = Verifier(policy: policy, keys: keys).examine(entry, digests: digests) { report, rows in
        heard = report
        rows.forEach(&intake)
      }
    }
    self.init(
      intake: intake, report: try #require(heard), takenAt: try SnapshotTime(option: "2026-03-\(10 + day)"))
  }

  /// A made-up snapshot.
  init(_ number: Int, _ rows: [StoredRow], revision: Int64 = 100, takenAt: SnapshotTime? = nil) {
    var hash = SHA256()
    hash.update("snapshot \(number)".utf8.span.bytes)
    var file = SnapshotReport.FileSummary(bytes: 4096)
    file.hash = .match(digest: hash.digest().description)
    var report = SnapshotReport(path: "\(number).db", file: file, verdict: .pass)
    report.etcd = SnapshotReport.EtcdSummary(
      revision: revision, compactRevision: 0, revisions: 1, tombstones: 0, liveKeys: 1, version: nil,
      unreadableRows: 0, liveKeysInScope: 1)
    report.cluster = ClusterIdentity(members: [.init(id: 1, name: "a")])
    var intake = CaseIntake()
    for row in rows { intake.take(row) }
    self.init(intake: intake, report: report, takenAt: takenAt)
  }

  static let series = SnapshotFixture.all.filter { "\($0)".hasPrefix("series/") }.sorted {
    "\($0)" < "\($1)"
  }
}

/// A fixture's `truth.json`.
struct SampleTruth {
  private let root: [String: Any]

  init(_ fixture: SnapshotFixture) throws {
    let data = try Data(contentsOf: fixture.directory.appending(path: "truth.json"))
    root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  func value<Value>(_ path: String...) throws -> Value {
    var value: Any = root
    for name in path { value = try #require((value as? [String: Any])?[name]) }
    return try #require(value as? Value)
  }

  var livePlaintext: Set<String> { get throws { Set(try value("latest", "secrets_plaintext_keys") as [String]) } }
  var oldPlaintext: Set<String> {
    get throws { Set(try value("history", "secret_keys_with_plaintext_history_list") as [String]) }
  }
}
