import Cryptography
import EtcdStorage
import KubernetesStorage
import Reporting

@testable import VerificationModel

/// Answers about a case, built by hand: three snapshots of one cluster.
struct CaseSample {
  /// What every text from a file or from a call is made of.
  var name = "db"
  var cluster = "prod"

  static let digest = SHA256Digest(bytes: Array(repeating: 0x5E, count: 32))

  func id(_ number: Int) -> CaseSnapshot.ID { CaseSnapshot.ID(cluster: cluster, number: number) }

  func object(_ suffix: String = "") -> CaseObject {
    CaseObject(
      cluster: cluster, key: EtcdKey(bytes: Array("/registry/secrets/pay/\(name)\(suffix)".utf8)), resource: "secrets",
      namespace: "pay", name: name + suffix)
  }

  func snapshot(_ number: Int, _ verdict: Verdict, _ time: SnapshotTime?) -> CaseSnapshot {
    var snapshot = CaseSnapshot(
      id: id(number), digest: SHA256Digest(bytes: Array(repeating: UInt8(number), count: 32)),
      path: "backups/\(name)-\(number).db", bytes: 4096, verdict: verdict, release: "0.1.0")
    snapshot.takenAt = time
    snapshot.revisions = CaseSnapshot.Revisions(compacted: 0, greatest: Int64(number) * 100)
    snapshot.counts = [.live: Sample.counts(plaintext: verdict == .fail ? 1 : 0, encrypted: 9)]
    if verdict == .fail {
      snapshot.causes = [.plaintextLive]
      snapshot.findingCounts = [.plaintextLive: 1]
    }
    if verdict == .error { snapshot.errorCodes = ["truncated"] }
    return snapshot
  }

  /// One was read in part if `isIncomplete`.
  func list(isIncomplete: Bool = false) throws -> CaseList {
    var list = CaseList(head: Self.digest, acts: 4)
    list.clusters = [
      CaseList.Cluster(
        name: cluster, identity: ClusterIdentity(members: [ClusterIdentity.Member(id: 0x8E9E, name: name)]))
    ]
    list.snapshots = [
      snapshot(1, .fail, try SnapshotTime(option: "2026-11-28")),
      snapshot(2, .fail, SnapshotTime.time(named: "etcd-snapshot-cp-1-1795989600")),
      snapshot(3, isIncomplete ? .error : .pass, nil),
    ]
    return list
  }

  var encryption: StoredRow.Encryption { StoredRow.Encryption(provider: .aescbc, keyName: "key1", keyID: nil) }

  func exposures() -> CaseExposures {
    var exposures = CaseExposures()
    let standings: [(String, CaseExposure.Standing)] = [
      ("", .reencrypted), ("-2", .plaintext), ("-3", .changed(since: Revision(main: 250, sub: 0))), ("-4", .deleted),
      ("-5", .unknown),
    ]
    exposures.objects = standings.map { suffix, standing in
      var exposure = CaseExposure(
        object(suffix), firstSnapshot: id(1), lastSnapshot: id(2), snapshots: 2, layers: [.live, .residue],
        lastLayer: suffix == "-5" ? nil : .residue, standing: standing)
      exposure.firstRevision = Revision(main: 12, sub: 0)
      exposure.lastRevision = Revision(main: 140, sub: 1)
      exposure.values = 2
      return exposure
    }
    exposures.leaks = [1, 2].map {
      CaseExposures.Leak(snapshot: id($0), objects: 5, objectsInForce: 4, layers: [.live, .residue])
    }
    exposures.fragments = 1
    return exposures
  }

  func timeline() -> CaseTimeline {
    let presences = [
      CaseTimeline.Presence(layer: .live, first: id(1), last: id(2)),
      CaseTimeline.Presence(layer: nil, first: id(3), last: id(3)),
    ]
    return CaseTimeline(
      object(),
      entries: [
        CaseTimeline.Entry(
          revision: Revision(main: 12, sub: 0), valueClass: .plaintext, encryption: nil, authenticity: .notJudged,
          valueBytes: 300, contents: 1, presences: presences),
        CaseTimeline.Entry(
          revision: Revision(main: 210, sub: 0), valueClass: .encrypted, encryption: encryption,
          authenticity: .authentic, valueBytes: 360, contents: 1,
          presences: [CaseTimeline.Presence(layer: .live, first: id(3), last: id(3))]),
        CaseTimeline.Entry(
          revision: nil, valueClass: .plaintext, encryption: nil, authenticity: .notJudged, valueBytes: 300,
          contents: nil, presences: [CaseTimeline.Presence(layer: .residue, first: id(2), last: id(2))]),
      ], isLive: true)
  }

  func keys() -> [CaseKey] {
    let write = CaseKey.Write(revision: Revision(main: 210, sub: 0), snapshot: id(2))
    let standings: [CaseKey.Standing] = [.writing, .needed(live: 2), .retirable(since: id(3))]
    return standings.enumerated().map { number, standing in
      CaseKey(
        cluster: cluster, StoredRow.Encryption(provider: .kmsv2, keyName: name, keyID: "\(name)\(number)"),
        firstWrite: write, lastWrite: write, uses: [CaseKey.Use(snapshot: id(2), live: 2, history: 1)],
        standing: standing)
    }
  }

  func difference() throws -> CaseDifference {
    let plain = CaseDifference.State(
      live: .init(revision: Revision(main: 12, sub: 0), valueClass: .plaintext, encryption: nil), exposedIn: [.history])
    let sealed = CaseDifference.State(
      live: .init(revision: Revision(main: 210, sub: 0), valueClass: .encrypted, encryption: encryption), exposedIn: [])
    let time = try SnapshotTime(option: "2026-11-28 02:00")
    return CaseDifference(
      before: .init(path: name, member: nil, id: id(1), takenAt: time, revision: 100),
      after: .init(path: "after.db", member: name, id: nil, takenAt: nil, revision: nil), mayBeOneCluster: false,
      changes: CaseDifference.Kind.allCases.map { kind in
        CaseDifference.Change(
          object("-\(kind.rawValue)"), kind, before: kind == .came ? nil : plain, after: kind == .went ? nil : sealed,
          hasSameContents: kind == .changedClass ? true : nil)
      }, unchanged: 7)
  }

  func check() -> CaseCheck {
    let places: [CaseCheck.Fault.Place] = [.store, .act(2), .snapshot(id(1)), .object(object())]
    let outcomes: [CaseCheck.Evidence.Outcome] = [.same(id(1)), .altered(id(2)), .unknown, .unreadable(name)]
    return CaseCheck(
      head: Self.digest, acts: 4, snapshots: 3, rows: 30,
      faults: places.map { CaseCheck.Fault(code: "digest", message: name, place: $0) }, faultsOmitted: 2,
      evidence: outcomes.map { CaseCheck.Evidence(path: name, member: name, digest: nil, outcome: $0) })
  }

  func additions() throws -> [CaseAddition] {
    let snapshots = try list(isIncomplete: true).snapshots
    return [
      CaseAddition(path: name, member: nil, .added(snapshots[0])),
      CaseAddition(path: name, member: name, .known(snapshots[1])),
      CaseAddition(path: name, member: nil, .added(snapshots[2])),
      CaseAddition(path: name, member: nil, .failed(name)),
    ]
  }

  /// A report of each kind, by the entry of the schema that describes it.
  func reports() throws -> [(definition: String, report: CaseReport)] {
    let list = try list()
    return [
      ("notice", CaseReport(ofNewCase: CaseList(head: Self.digest, acts: 1), at: name)),
      ("notice", CaseReport(ofCopy: list, at: name)), ("list", CaseReport(of: list, at: name)),
      ("list", CaseReport(of: CaseList(head: Self.digest, acts: 1), at: name)),
      ("show", CaseReport(of: list.snapshots[0], list, at: name)),
      ("show", CaseReport(of: try self.list(isIncomplete: true).snapshots[2], list, at: name)),
      ("exposures", CaseReport(of: exposures(), list, at: name)),
      ("exposures", CaseReport(of: CaseExposures(), list, at: name)),
      ("timeline", CaseReport(of: timeline(), list, at: name)), ("keys", CaseReport(of: keys(), list, at: name)),
      ("diff", CaseReport(of: try difference())), ("verify", CaseReport(of: check(), at: name)),
      ("add", CaseReport(of: try additions(), passedOver: [], list, at: name)),
    ]
  }
}
