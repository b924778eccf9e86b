import BoltFormat
import EtcdStorage
import Foundation
import KubernetesStorage
import Reporting
import SnapshotInput
import TestSupport
import Testing
import VerificationModel

@Suite("Reports about real snapshots agree with the truth")
struct TruthTests {
  @Test("The repository's own samples are there")
  func samplesAreThere() {
    #expect(SnapshotFixture.all.count { $0.description.hasPrefix("samples/") } >= 11)
  }

  @Test("Secrets are counted by class, live and history", arguments: SnapshotFixture.all)
  func classes(_ fixture: SnapshotFixture) throws {
    let expected = try Expectation(fixture.truth())
    let report = try FixtureReport.of(fixture)
    #expect(report.resources.map(\.resource) == ["secrets"])
    #expect(report.resources.map(\.live) == [expected.live])
    #expect(report.resources.map(\.history) == [expected.history])
    #expect(report.etcd?.liveKeysInScope == expected.live.total)
  }

  @Test("The keys of plaintext Secrets are listed, live and history", arguments: SnapshotFixture.all)
  func plaintextKeys(_ fixture: SnapshotFixture) throws {
    let truth = try fixture.truth()
    let expected = try Expectation(truth)
    let report = try FixtureReport.of(fixture)
    #expect(report.keys(.plaintextLive) == expected.plaintextKeys)
    #expect(Set(report.keys(.plaintextHistory)).sorted() == expected.plaintextHistoryKeys)
    #expect(report.findingCounts[.plaintextHistory] ?? 0 == truth.history.secretPlaintextRecords)
    let forged = report.findings.filter { $0.reason == "forged-envelope" }
    #expect(Set(forged.compactMap { $0.subject?.names?.key?.description }) == expected.forgedKeys)
    #expect(report.findingsOmitted == 0)
  }

  @Test("Names come from the key, and of plaintext Secrets from the value", arguments: SnapshotFixture.all)
  func names(_ fixture: SnapshotFixture) throws {
    let tampered = Set(try fixture.truth().tampered?.map(\.key) ?? [])
    for finding in try FixtureReport.of(fixture).findings {
      guard let names = finding.subject?.names, let key = names.key else { continue }
      let segments = key.description.split(separator: "/", maxSplits: 3).map(String.init)
      #expect(segments[1...] == ["secrets", names.namespace ?? "", names.name])
      if finding.valueClass == .plaintext, finding.reason == nil {
        #expect(names.secret?.data.isEmpty == false)
        #expect(names.secret?.type.isEmpty == tampered.contains(key.description), "the API server adds a type")
      } else if finding.valueClass != .plaintext {
        #expect(names.secret == nil)
      }
    }
  }

  @Test("Encryption keys are named and counted", arguments: SnapshotFixture.all)
  func encryptionKeys(_ fixture: SnapshotFixture) throws {
    let expected = try Expectation(fixture.truth()).keys
    let found = try FixtureReport.of(fixture).encryption.map { use in
      (
        Expectation.Key(provider: use.provider, name: use.name, keyID: use.keyID),
        Expectation.Uses(live: use.live, history: use.history)
      )
    }
    #expect(Dictionary(uniqueKeysWithValues: found) == expected)
  }

  @Test("The newest key is not stale, all others are", arguments: SnapshotFixture.all)
  func staleKeys(_ fixture: SnapshotFixture) throws {
    let keys = try Expectation(fixture.truth()).keys
    let report = try FixtureReport.of(fixture)
    let stale = Dictionary(grouping: report.findings.filter { $0.rule == .staleKey }) { finding in
      Expectation.Key(
        provider: finding.provider.flatMap { Provider(rawValue: $0) } ?? .kmsv1, name: finding.keyName ?? "",
        keyID: finding.keyID)
    }
    #expect(stale.count <= max(0, keys.count - 1))
    for (key, findings) in stale { #expect(findings.count == keys[key]?.live) }
    if keys.count > 1 { #expect(keys.filter { $0.value.live > 0 && stale[$0.key] == nil }.count == 1) }
  }

  @Test("The figures of the bbolt file are right", arguments: SnapshotFixture.all)
  func bolt(_ fixture: SnapshotFixture) throws {
    let truth = try fixture.truth()
    let newest = try #require(truth.bbolt.metas.filter(\.ok).max { $0.txid < $1.txid })
    let bolt = try #require(try FixtureReport.of(fixture).bolt)
    #expect(bolt.pageSize == truth.bbolt.pageSize)
    #expect(bolt.pages == newest.highWater)
    #expect(bolt.txid == newest.txid)
    #expect(bolt.freelistStored == truth.bbolt.freelistSynced)
    #expect(bolt.reachablePages == truth.residue.reachablePages)
    #expect(bolt.unreachablePages == truth.residue.unreachablePages)
    #expect(bolt.origin == (Set(truth.bbolt.metas.map(\.root)).count == 1 ? .snapshot : .rawCopy))
  }

  @Test("The walk meets every bucket, row and page of the tree, and no damage", arguments: SnapshotFixture.all)
  func walk(_ fixture: SnapshotFixture) throws {
    let truth = try fixture.truth()
    let tree = try Tree(SnapshotFile(opening: fixture.path()))
    var census = TreeCensus()
    let reachable = tree.walk(&census)
    #expect(census.errors == [])
    #expect(census.rows == truth.buckets)
    #expect(census.leaves == truth.pagesKinds.leaf)
    #expect(census.branches == truth.pagesKinds.branch)
    #expect(census.pagesWithOverflow == truth.pagesKinds.withOverflow)
    #expect(reachable.count == truth.residue.reachablePages)
    #expect(tree.pagesInFile == truth.bbolt.pages)
  }

  @Test("The figures of the store are right", arguments: SnapshotFixture.all)
  func store(_ fixture: SnapshotFixture) throws {
    let truth = try fixture.truth()
    let etcd = try #require(try FixtureReport.of(fixture).etcd)
    #expect(etcd.revision == truth.mvcc.maxRevisionInKeyBucket)
    #expect(etcd.revisions == truth.mvcc.revisionRecords)
    #expect(etcd.tombstones == truth.mvcc.tombstones)
    #expect(etcd.liveKeys == truth.mvcc.liveKeys)
    #expect(etcd.compactRevision == truth.mvcc.finishedCompactRev ?? 0)
    #expect(etcd.unreadableRows == 0)
  }

  @Test("Bucket meta is read, and the version it implies", arguments: SnapshotFixture.all)
  func metaBucket(_ fixture: SnapshotFixture) throws {
    let rows = try fixture.truth().metaBucket.mapValues { [UInt8](hex: $0) }
    func revision(_ name: String) -> Revision? {
      rows[name].map { Revision(main: Int64(bigEndian: $0[..<8]), sub: Int64(bigEndian: $0[9...])) }
    }
    let version = rows["storageVersion"].map { String(decoding: $0, as: UTF8.self) }
    let meta = try TreeCensus.metaBucket(of: Tree(SnapshotFile(opening: fixture.path())))
    #expect(meta.consistentIndex == rows["consistent_index"].map { UInt64(Int64(bigEndian: $0[...])) })
    #expect(meta.term == rows["term"].map { UInt64(Int64(bigEndian: $0[...])) })
    #expect(meta.hasConfState == (rows["confState"] != nil))
    #expect(meta.finishedCompactRevision == revision("finishedCompactRev"))
    #expect(meta.scheduledCompactRevision == revision("scheduledCompactRev"))
    #expect(meta.storageVersion?.description == version)
    #expect(try FixtureReport.of(fixture).etcd?.version == version ?? (rows["term"] == nil ? "3.4" : "3.5"))
  }

  @Test("The SHA-256 is that of the image, and found to match", arguments: SnapshotFixture.all)
  func hash(_ fixture: SnapshotFixture) throws {
    let truth = try fixture.truth()
    let file = try SnapshotFile(opening: fixture.path())
    var embedded: [UInt8] = []
    try file.read(32, at: truth.size - 32, into: &embedded)
    let report = try FixtureReport.of(fixture)
    try #require(truth.trailingHash.presentBySize && truth.trailingHash.valid)
    #expect(report.file.bytes == truth.size)
    #expect(report.file.hash == .match(digest: embedded.map { String(hexByte: $0) }.joined()))
    let whole = try file.digests(ofFirst: [truth.size])
    #expect(whole[truth.size]?.description == truth.sha256)
  }

  @Test("The verdict follows from the truth", arguments: SnapshotFixture.all)
  func verdict(_ fixture: SnapshotFixture) throws {
    let report = try FixtureReport.of(fixture)
    #expect(report.verdict == (try Expectation(fixture.truth()).verdict))
    #expect(report.errors == [])
    let fails = report.findings.contains { $0.severity >= .high }
    #expect(report.verdict == (fails ? .fail : .pass))
  }

  @Test("A finding's page and offset lead to the value", arguments: SnapshotFixture.all)
  func places(_ fixture: SnapshotFixture) throws {
    let file = try SnapshotFile(opening: fixture.path())
    let report = try FixtureReport.of(fixture)
    let pageSize = UInt64(try #require(report.bolt).pageSize)
    for finding in report.findings {
      guard let subject = finding.subject, let offset = finding.offset else { continue }
      #expect(finding.page == PageID(offset.rawValue / pageSize))
      var value: [UInt8] = []
      try file.read(subject.valueBytes, at: offset.rawValue, into: &value)
      #expect(unsafe Classification(of: value.span.bytes).valueClass == finding.valueClass)
    }
  }

  /// `CANARY`, as JSON Secrets hold it.
  private static let canaryBase64 = "Q0FOQVJZ"

  /// Every Secret of the fixtures holds a string `CANARY-…`.
  @Test("No part of a value is in the report, however it is written", arguments: SnapshotFixture.all)
  func nothingLeaks(_ fixture: SnapshotFixture) throws {
    let report = Report(policy: Policy.rows(), snapshots: [try FixtureReport.of(fixture)])
    let invocation = Invocation(toolVersion: "0", arguments: [], startedAt: Date(timeIntervalSince1970: 0))
    let texts = [
      String(reflecting: report), TextReport().render(report), TextReport(color: true).render(report),
      try JSONReport.render(report, invocation: invocation, duration: .zero),
      try NDJSONReport.render(report, invocation: invocation, duration: .zero),
    ]
    let holdsCanary = texts.map { $0.contains("CANARY-") || $0.contains(Self.canaryBase64) }
    #expect(!holdsCanary.contains(true))
  }
}

extension SnapshotReport {
  /// The keys that findings of `rule` name, in the order of the report.
  fileprivate func keys(_ rule: Rule) -> [String] {
    findings.filter { $0.rule == rule }.compactMap { $0.subject?.names?.key?.description }
  }
}

extension Int64 {
  fileprivate init(bigEndian bytes: ArraySlice<UInt8>) { self = bytes.reduce(0) { $0 << 8 | Int64($1) } }
}

extension String {
  fileprivate init(hexByte byte: UInt8) { self = (byte < 16 ? "0" : "") + String(byte, radix: 16) }
}
