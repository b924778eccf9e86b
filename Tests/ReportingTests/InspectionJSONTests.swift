import BoltFormat
import EncryptionConfig
import TestSupport
import Testing
import VerificationModel

@testable import Reporting

@Suite("The JSON of an inspection")
struct InspectionJSONTests {
  private func render(_ inspections: [Inspection]) throws -> JSONValue {
    try JSONValue(
      parsing: InspectionJSON.render(inspections, invocation: Sample.invocation, duration: .milliseconds(1500)))
  }

  private func snapshot(_ inspection: Inspection) throws -> JSONValue {
    try #require(try render([inspection])["snapshots"]?[0])
  }

  @Test func `every document is as the schema says, with no member more`() throws {
    let schema = try JSONSchema.inspection()
    let file = try InspectionSample.file()
    let rawCopy = try InspectionSample.file { $0.metas = .rawCopy }
    let withFreelist = try InspectionSample.file { $0.freelist = .stored }
    var damaged = file
    damaged[64] ^= 1
    var inspections = [
      try InspectionSample.whole(), InspectionSample.unreadable(VerificationError(code: "a", message: "b")),
      .noSnapshots(in: ["a"]),
    ]
    let files: [ArraySlice<UInt8>] = [
      rawCopy.dropLast(32), withFreelist[...], damaged[...], file.prefix(9000), file.dropLast(9), (file + [1])[...],
    ]
    for bytes in files { inspections.append(try InspectionSample.inspect(Array(bytes))) }
    inspections.append(try InspectionSample.inspect(BoltWriter().image(BoltBucket(["a": BoltBucket()])).snapshot()))
    inspections[0].errorsOmitted = 4
    inspections[0].bucketsOmitted = 4
    for inspections in [[], inspections] + inspections.map({ [$0] }) {
      #expect(schema.violations(in: try render(inspections)) == [])
    }
  }

  @Test func `the whole call`() throws {
    let document = try render([InspectionSample.whole(), InspectionSample.whole(path: "b.db")])
    #expect(document["schemaVersion"] == .number(1))
    #expect(document["startedAt"] == .string("2026-09-21T14:13:20Z"))
    #expect(document["durationSeconds"] == .number(1.5))
    #expect(document["tool"]?["version"] == .string("1.2.3"))
    #expect(document["snapshots"]?.elements?.compactMap { $0["path"]?.string } == ["backup.db", "b.db"])
  }

  @Test func `the status has the names and the forms of etcd's tool`() throws {
    var inspection = try InspectionSample.whole()
    inspection.status = .init(
      hash: 0x009C_37BB, isHashComparable: false, revision: 434, totalKeys: 444, liveKeys: 364, totalSize: 745_472,
      version: "3.6.0")
    let expected: [String: JSONValue] = [
      "hash": .number(10_237_883), "hashHex": .string("9c37bb"), "hashComparable": .bool(false),
      "revision": .number(434), "totalKeys": .number(444), "liveKeys": .number(364), "totalSize": .number(745_472),
      "version": .string("3.6.0"),
    ]
    #expect(try snapshot(inspection)["status"] == .object(expected))
  }

  @Test func `meta pages`() throws {
    var bytes = try InspectionSample.file()
    bytes[64] ^= 1
    let metas = try #require(try snapshot(InspectionSample.inspect(bytes))["metas"])
    #expect(metas[0]?["usable"] == .bool(false))
    #expect(metas[0]?["checksumMatches"] == .bool(false))
    #expect(metas[0]?["damage"]?["code"] == .string("meta-checksum"))
    #expect(metas[0]?["txid"] == nil)
    #expect(metas[1]?["current"] == .bool(true))
    #expect(metas[1]?["usable"] == .bool(true))
    #expect(metas[1]?["freelist"] == nil)
    #expect(metas[1]?["damage"] == nil)
    #expect(metas[1]?["pageSize"] == .number(4096))
  }

  @Test func `pages, buckets and what else is known`() throws {
    let snapshot = try snapshot(InspectionSample.whole())
    #expect(snapshot["complete"] == .bool(true))
    #expect(snapshot["bolt"]?["byteOrder"] == .string("little"))
    #expect(snapshot["bolt"]?["formatVersion"] == .number(2))
    #expect(snapshot["bolt"]?["origin"] == .string("snapshot"))
    #expect(snapshot["pages"]?["meta"]?["usedBytes"] == .number(160))
    #expect(snapshot["pages"]?["meta"]?["fill"] == .number(0.0195))
    #expect(snapshot["pages"]?["freelist"]?.members?.keys.sorted() == ["bytes", "count", "usedBytes"])
    #expect(snapshot["buckets"]?.elements?.count == 10)
    #expect(snapshot["buckets"]?[5]?["name"] == .string("key"))
    #expect(snapshot["buckets"]?[5]?["rows"] == .number(4))
    #expect(snapshot["trailer"]?["state"] == .string("present"))
    #expect(snapshot["trailer"]?["appendedBytes"] == .number(0))
    #expect(snapshot["etcd"]?["tombstones"] == .number(1))
    #expect(snapshot["etcd"]?["liveKeysInScope"] == nil)
    #expect(snapshot["metaBucket"]?["term"] == .number(2))
    #expect(snapshot["cluster"]?["version"] == .string("3.5.0"))
    #expect(snapshot["resources"]?[0]?["liveKeys"] == .number(83))
    #expect(snapshot["resources"]?[0]?["rows"] == .number(86))
    #expect(snapshot["resources"]?[3]?["prefix"] == nil)
    #expect(snapshot["encryption"]?[0]?["keyIDHash"] == nil)
    #expect(snapshot["encryption"]?[1]?["keyIDHash"]?.string?.hasPrefix("sha256:") == true)
    #expect(snapshot["apiServers"]?[0]?["nodeName"] == .string("node-1"))
    #expect(snapshot["apiServers"]?[0]?["flags"]?[0]?["name"] == .string("encryption-provider-config"))
  }

  @Test func `the ledger, and the sum of it`() throws {
    var inspection = try InspectionSample.whole()
    inspection.ledger = Ledger([.values(.history, inScope: false): 6, .bucket(nil): 2, .root: 3, .trailer: 32])
    let snapshot = try snapshot(inspection)
    let entries: [[String: JSONValue]] = [
      ["kind": .string("history-out-of-scope"), "bytes": .number(6), "judgedBy": .string("searched for objects")],
      [
        "kind": .string("other-bucket"), "bucket": .string("root"), "bytes": .number(3),
        "judgedBy": .string("searched for objects"),
      ],
      [
        "kind": .string("other-bucket"), "bucket": .string("other"), "bytes": .number(2),
        "judgedBy": .string("searched for objects"),
      ],
      ["kind": .string("sha-256"), "bytes": .number(32), "judgedBy": .string("compared")],
    ]
    #expect(snapshot["ledger"] == .array(entries.map(JSONValue.object)))
    #expect(snapshot["ledgerTotal"] == .number(43))
  }

  @Test func `what would say nothing is left out`() throws {
    let error = VerificationError(code: "empty-file", message: "empty")
    let members = try #require(try snapshot(InspectionSample.unreadable(error)).members)
    #expect(Set(members.keys) == ["path", "complete", "file", "errors"])
  }

  @Test func `errors that are not listed are counted`() throws {
    var inspection = InspectionSample.unreadable(VerificationError(code: "a", message: "b"))
    inspection.errorsOmitted = 3
    let errors = try snapshot(inspection)["errors"]
    #expect(errors?[1]?["code"] == .string("errors-omitted"))
    #expect(errors?[1]?["message"] == .string("3 more errors, not listed here"))
  }

  @Test func `of a bucket whose name is no name, a digest is shown`() throws {
    var inspection = try InspectionSample.whole()
    let names = [Array("members_removed".utf8), Array("a%b".utf8), StoredSecret.json, [0x61, 0x00, 0xFF, 0x25]]
    inspection.buckets = names.map { .init(name: $0, nesting: 1, isInline: true) }
    let buckets = try snapshot(inspection)["buckets"]
    #expect(buckets?[0]?["name"] == .string("members_removed"))
    #expect(buckets?[1]?["name"] == .string("a%25b"))
    for number in 2...3 {
      let label = KeyLabel(bytes: names[number]).description
      #expect(KeyLabel.isDigest(label))
      #expect(buckets?[number]?["name"] == .string(label))
    }
  }
}
