import BoltFormat
import EtcdStorage
import Foundation
import Reporting
import TestSupport
import Testing
import VerificationModel

@Suite("Inspections of real snapshots agree with the truth")
struct InspectionTruthTests {
  /// What `etcdctl snapshot status` (3.4.23) prints as their hash.
  private static let hashes: [String: UInt32] = [
    "snapshots/01-identity-plain": 552229752,
    "snapshots/02-aescbc-clean": 705211816,
    "snapshots/03-aescbc-mixed": 10237883,
    "snapshots/04-aescbc-rewritten-history": 1924458494,
    "snapshots/05-aescbc-compacted-residue": 2264931095,
    "snapshots/06-aescbc-defragged": 3970021558,
    "snapshots/07-identity-first": 4017945461,
    "snapshots/08-key-rotation": 1190520816,
    "snapshots/09-secretbox": 680406458,
    "snapshots/10-aesgcm": 351777247,
    "snapshots/11-kms-v2": 2497222884,
    "snapshots/12-kms-v1": 3168793884,
    "snapshots/13-multi-resource": 2010923255,
    "snapshots/15-openshift-prefix": 704632426,
    "snapshots/16-05-aescbc-compacted-residue-etcd37": 1770105501,
    "snapshots/17-tampered": 1831667079,
    "snapshots/20-pagesize-16384": 10237883,
    "snapshots/22-storage-json": 792868168,
    "samples/01-identity-plain": 1078529806,
    "samples/03-aescbc-mixed": 2827120990,
    "samples/04-aescbc-rewritten-history": 1357165011,
    "samples/05-aescbc-compacted-residue": 3191911039,
    "samples/06-aescbc-defragged": 3301820648,
    "samples/07-identity-first": 3641131373,
    "samples/09-secretbox": 3135899546,
    "samples/10-aesgcm": 1856718195,
    "samples/11-kms-v2": 498345615,
    "samples/13-multi-resource": 616569865,
    "samples/17-tampered": 1433473,
    "series/0-plain": 1370737664,
    "series/1-partly-rewritten": 2185840675,
    "series/2-updates": 1564005831,
    "series/3-all-rewritten": 1937347845,
    "series/4-compacted": 3622355692,
    "series/5-defragged": 3622355692,
    "series/6-rotation-begun": 2826180024,
    "series/7-rotation-done": 1239633944,
  ]

  @Test("The hash is that of etcdctl", arguments: SnapshotFixture.all)
  func hash(_ fixture: SnapshotFixture) throws {
    let status = try #require(try FixtureInspection.of(fixture).status)
    #expect(status.isHashComparable)
    if let hash = Self.hashes[fixture.description] { #expect(status.hash == hash) }
  }

  @Test("The hash of every sample is known")
  func samples() {
    let samples = SnapshotFixture.all.map(\.description).filter { $0.hasPrefix("samples/") }
    #expect(samples.allSatisfy { Self.hashes[$0] != nil })
  }

  @Test("The other figures of the status are right", arguments: SnapshotFixture.all)
  func status(_ fixture: SnapshotFixture) throws {
    let truth = try fixture.truth()
    let newest = try #require(truth.bbolt.metas.filter(\.ok).max { $0.txid < $1.txid })
    let status = try #require(try FixtureInspection.of(fixture).status)
    #expect(status.revision == truth.mvcc.maxRevisionInKeyBucket)
    #expect(status.totalKeys == truth.buckets.values.reduce(0, +))
    #expect(status.liveKeys == truth.mvcc.liveKeys)
    #expect(status.totalSize == newest.highWater * UInt64(truth.bbolt.pageSize))
    let version = truth.metaBucket["storageVersion"].map { String(decoding: [UInt8](hex: $0), as: UTF8.self) }
    #expect(status.version == version ?? "")
  }

  @Test("Both meta pages are told", arguments: SnapshotFixture.all)
  func metas(_ fixture: SnapshotFixture) throws {
    let truth = try fixture.truth()
    let inspection = try FixtureInspection.of(fixture)
    #expect(inspection.metas.map(\.page.rawValue) == truth.bbolt.metas.map { UInt64($0.page) })
    for (meta, expected) in zip(inspection.metas, truth.bbolt.metas) {
      let content = try? meta.content.get()
      #expect((content != nil) == expected.ok)
      #expect(meta.checksumMatches == expected.ok)
      #expect(content?.root.rawValue == expected.root)
      #expect(content?.highWaterMark.rawValue == expected.highWater)
      #expect(content?.txid == expected.txid)
      #expect(content?.storesFreelist == truth.bbolt.freelistSynced)
      #expect(content?.pageSize == truth.bbolt.pageSize)
    }
    let current = try #require(inspection.metas.filter(\.isCurrent).first)
    #expect(inspection.metas.count { $0.isCurrent } == 1)
    #expect(try current.content.get().txid == inspection.bolt?.txid)
    #expect(inspection.bolt?.origin == (Set(truth.bbolt.metas.map(\.root)).count == 1 ? .snapshot : .rawCopy))
  }

  @Test("Every bucket is listed with its rows", arguments: SnapshotFixture.all)
  func buckets(_ fixture: SnapshotFixture) throws {
    let truth = try fixture.truth()
    let inspection = try FixtureInspection.of(fixture)
    let rows = inspection.buckets.map { (String(decoding: $0.name, as: UTF8.self), $0.rows) }
    #expect(Dictionary(uniqueKeysWithValues: rows) == truth.buckets)
    #expect(rows.map(\.0) == truth.buckets.keys.sorted())
    #expect(inspection.buckets.allSatisfy { $0.nesting == 1 })
    #expect(inspection.bucketsOmitted == 0)
    let small = truth.metaBucket.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count / 2 }
    #expect(inspection.buckets.first { $0.name == Array("meta".utf8) }?.bytes == UInt64(small))
  }

  @Test("Every page of the file is counted once", arguments: SnapshotFixture.all)
  func pages(_ fixture: SnapshotFixture) throws {
    let truth = try fixture.truth()
    let inspection = try FixtureInspection.of(fixture)
    let pages = try #require(inspection.pages)
    let inline = inspection.buckets.count { $0.isInline }
    #expect(pages[.leaf].count + UInt64(inline) == UInt64(truth.pagesKinds.leaf))
    #expect(pages[.branch].count == UInt64(truth.pagesKinds.branch))
    #expect(pages[.meta].count == 2)
    #expect((pages[.overflow].count > 0) == (truth.pagesKinds.withOverflow > 0))
    #expect((pages[.freelist].count > 0) == truth.bbolt.freelistSynced)
    let reachable = PageCensus.Kind.allCases.reduce(0) { $0 + pages[$1].count }
    #expect(reachable == truth.residue.reachablePages)
    #expect(pages.unreachable == truth.residue.unreachablePages)
    #expect(reachable + pages.unreachable == truth.bbolt.pages)
    #expect(pages.beyondHighWaterMark == truth.bbolt.pages - (truth.bbolt.metas.map(\.highWater).max() ?? 0))
    for kind in PageCensus.Kind.allCases {
      if let fill = pages.fill(kind) { #expect(fill > 0 && fill <= 1) }
    }
  }

  @Test("The trailer is found, and matches", arguments: SnapshotFixture.all)
  func trailer(_ fixture: SnapshotFixture) throws {
    let truth = try fixture.truth()
    let inspection = try FixtureInspection.of(fixture)
    #expect(inspection.trailer == .present(at: ByteOffset(truth.size - 32), appendedBytes: 0))
    #expect(inspection.file == (try FixtureReport.of(fixture)).file)
  }

  @Test("Store and cluster are as verify has them", arguments: SnapshotFixture.all)
  func store(_ fixture: SnapshotFixture) throws {
    let rows = try fixture.truth().metaBucket.mapValues { [UInt8](hex: $0) }
    let inspection = try FixtureInspection.of(fixture)
    let report = try FixtureReport.of(fixture)
    #expect(inspection.bolt == report.bolt)
    #expect(inspection.etcd?.revisions == report.etcd?.revisions)
    #expect(inspection.etcd?.tombstones == report.etcd?.tombstones)
    #expect(inspection.etcd?.compactRevision == report.etcd?.compactRevision)
    #expect(inspection.etcd?.version == report.etcd?.version)
    #expect(inspection.metaBucket?.hasConfState == (rows["confState"] != nil))
    #expect((inspection.metaBucket?.consistentIndex == nil) == (rows["consistent_index"] == nil))
    #expect(inspection.cluster?.members == 1)
    #expect(inspection.cluster?.isAuthEnabled == false)
    #expect(inspection.errors == [])
    #expect(inspection.isComplete)
  }

  @Test("Every row but the tombstones lies in one resource", arguments: SnapshotFixture.all)
  func resources(_ fixture: SnapshotFixture) throws {
    let truth = try fixture.truth()
    let expected = try Expectation(truth)
    let inspection = try FixtureInspection.of(fixture)
    let resources = inspection.resources
    #expect(resources.reduce(0) { $0 + $1.liveKeys } == truth.mvcc.liveKeys)
    #expect(resources.reduce(0) { $0 + $1.rows } == truth.mvcc.revisionRecords - truth.mvcc.tombstones)
    let secrets = resources.filter { $0.resource == "secrets" && $0.kind == .resource }
    #expect(secrets.map(\.live) == [expected.live])
    #expect(secrets.map(\.history) == [expected.history])
    let keyBucket = try #require(inspection.buckets.first { $0.name == Array("key".utf8) })
    #expect(resources.reduce(0) { $0 + $1.bytes } < keyBucket.bytes)
    #expect(inspection.encryption.reduce(0) { $0 + $1.live } == resources.reduce(0) { $0 + $1.live.encrypted })
    #expect(inspection.encryption.reduce(0) { $0 + $1.history } == resources.reduce(0) { $0 + $1.history.encrypted })
  }

  /// `CANARY`, as JSON Secrets hold it.
  private static let canaryBase64 = "Q0FOQVJZ"

  /// Every Secret of the fixtures holds a string `CANARY-…`.
  @Test("No part of a value is in the report, however it is written", arguments: SnapshotFixture.all)
  func nothingLeaks(_ fixture: SnapshotFixture) throws {
    let inspection = try FixtureInspection.of(fixture)
    let invocation = Invocation(toolVersion: "0", arguments: [], startedAt: Date(timeIntervalSince1970: 0))
    let texts = [
      String(reflecting: inspection), InspectionText().render(inspection),
      try InspectionJSON.render([inspection], invocation: invocation, duration: .zero),
    ]
    #expect(!texts.contains { $0.contains("CANARY-") || $0.contains(Self.canaryBase64) })
  }
}
