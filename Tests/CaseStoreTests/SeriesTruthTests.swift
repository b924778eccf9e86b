import Cryptography
import EtcdStorage
import Foundation
import TestSupport
import Testing
import ValueAuthentication

@testable import CaseStore
@testable import VerificationModel

@Suite("A series of snapshots of one real cluster", .enabled(if: !SampleSnapshot.series.isEmpty))
struct SeriesTruthTests {
  /// A case that has all of the series, opened with the keys of the cluster.
  private static func series(order: [Int]? = nil, opened: Bool = true) throws -> SampleCase {
    let sample = try SampleCase()
    let key = try CaseWriter(writing: sample.path).digestKey
    for index in order ?? Array(SampleSnapshot.series.indices) {
      let digests = opened ? ContentDigests(key: key) : nil
      try sample.add(try SampleSnapshot(SampleSnapshot.series[index], day: index, digests: digests))
    }
    return sample
  }

  private static func truths() throws -> [SampleTruth] { try SampleSnapshot.series.map { try SampleTruth($0) } }

  @Test func `the list has what the truth has`() throws {
    var reader = try Self.series(opened: false).reader()
    let list = try reader.list()
    #expect(list.snapshots.map(\.id.number) == Array(1...SampleSnapshot.series.count))
    for (snapshot, truth) in zip(list.snapshots, try Self.truths()) {
      #expect(snapshot.counts[.live]?.plaintext == (try truth.value("latest", "secrets_plaintext_count") as Int))
      #expect(snapshot.counts[.live]?.total == (try truth.value("latest", "secrets_total") as Int))
      #expect(
        snapshot.counts[.history]?.plaintext == (try truth.value("history", "secret_plaintext_records") as Int))
      #expect(snapshot.revisions?.greatest == (try truth.value("mvcc", "max_revision_in_key_bucket") as Int64))
    }
    #expect(try reader.check().isSound)
  }

  @Test(arguments: [true, false]) func `exposures are those of the truth`(opened: Bool) throws {
    var reader = try Self.series(opened: opened).reader()
    let exposures = try reader.exposures()
    let truths = try Self.truths()
    var first: [String: Int] = [:]
    for (index, truth) in truths.enumerated() {
      for key in try truth.livePlaintext.union(truth.oldPlaintext) where first[key] == nil { first[key] = index + 1 }
    }
    let told = exposures.objects.filter { $0.layers.contains(.live) || $0.layers.contains(.history) }
    #expect(Set(told.compactMap { $0.object.key?.description }) == Set(first.keys))
    for exposure in told {
      let key = try #require(exposure.object.key?.description)
      #expect(exposure.firstSnapshot.number == first[key], "\(key)")
      if !opened { #expect(exposure.isToBeRotated, "without keys nothing is known to have changed") }
    }
    for (index, truth) in truths.enumerated() where try !truth.livePlaintext.union(truth.oldPlaintext).isEmpty {
      #expect(exposures.leaks.contains { $0.snapshot.number == index + 1 })
    }
    if opened {
      #expect(!exposures.reencrypted.isEmpty, "some were rewritten and never rotated")
      #expect(exposures.objects.contains { if case .changed = $0.standing { true } else { false } })
    }
  }

  @Test func `keys are those of the truth`() throws {
    var reader = try Self.series().reader()
    let keys = try reader.keys()
    #expect(keys.map(\.encryption.keyName) == ["key1", "key2"])
    for (index, truth) in try Self.truths().enumerated() {
      let counts: [String: Int] = (try? truth.value("latest", "decrypt_check", "counts")) ?? [:]
      for key in keys {
        let use = key.uses.first { $0.snapshot.number == index + 1 }
        let name = "\(key.encryption.provider.rawValue):\(key.encryption.keyName ?? "") ok"
        #expect(use?.live ?? 0 == counts[name] ?? 0, "\(name) in \(index)")
      }
    }
    #expect(keys.first?.standing == .retirable(since: CaseSnapshot.ID(cluster: "cluster", number: 8)))
    #expect(keys.last?.standing == .writing)
  }

  @Test func `differences agree with the truth`() throws {
    let sample = try Self.series()
    var reader = try sample.reader()
    let truths = try Self.truths()
    for index in 1..<truths.count {
      let difference = try reader.difference("\(index)", "cluster/\(index + 1)")
      let (before, after) = (try truths[index - 1].livePlaintext, try truths[index].livePlaintext)
      let decrypted = difference.changes.filter {
        $0.before?.live?.valueClass == .plaintext && $0.after?.live?.valueClass != .plaintext
      }
      #expect(Set(decrypted.compactMap { $0.object.key?.description }) == before.subtracting(after))
      #expect(difference.mayBeOneCluster == true)
      let (old, new) = (
        try truths[index - 1].value("latest", "secrets_total") as Int,
        try truths[index].value("latest", "secrets_total") as Int
      )
      #expect((difference.counts[.came] ?? 0) - (difference.counts[.went] ?? 0) == new - old)
      // The same without a case.
      let digests = ContentDigests(key: try CaseFiles.digestKey(of: sample.path))
      let sides = try [index - 1, index].map {
        try SampleSnapshot(SampleSnapshot.series[$0], day: $0, digests: digests)
      }
      let direct = CaseDifference(
        between: sides[0].intake, .init(sides[0].report, takenAt: nil), and: sides[1].intake,
        .init(sides[1].report, takenAt: nil), mayBeOneCluster: true, clusterName: "cluster")
      #expect(direct.changes == difference.changes && direct.unchanged == difference.unchanged)
    }
  }

  @Test func `the timeline of a rewritten object`() throws {
    var reader = try Self.series().reader()
    let exposures = try reader.exposures()
    let one = try #require(exposures.reencrypted.first)
    let name = "\(one.object.namespace ?? "")/\(one.object.name ?? "")"
    let timeline = try reader.timeline(name)
    #expect(timeline.object == one.object && timeline.isLive)
    #expect(timeline.entries.compactMap(\.revision) == timeline.entries.compactMap(\.revision).sorted())
    #expect(try reader.timeline(of: try #require(one.object.key)) == timeline)
    #expect(try reader.timeline(try #require(one.object.key?.description)) == timeline)
    #expect(timeline.entries.first?.valueClass == .plaintext && timeline.entries.last?.valueClass == .encrypted)
    #expect(Set(timeline.entries.map(\.contents)).count < timeline.entries.count)
  }

  /// Six orders, one of them with every snapshot twice.
  @Test func `the order of adding does not show`() throws {
    let count = SampleSnapshot.series.count
    var random = SeededGenerator(seed: 7)
    let expected = try Self.series().export()
    #expect(expected.count > 40)
    var orders = [Array((0..<count).reversed()), Array(0..<count) + Array(0..<count)]
    for _ in 0..<4 { orders.append(Array(0..<count).shuffled(using: &random)) }
    for order in orders {
      let sample = try Self.series(order: order)
      #expect(try sample.export() == expected, "\(order)")
      var reader = try sample.reader()
      #expect(try reader.check().isSound)
    }
  }

  @Test func `an import of the records is the same case, and grows on`() throws {
    let sample = try Self.series(order: [3, 1, 0, 2, 5])
    var reader = try sample.reader()
    let (list, log) = (try reader.list(), try reader.log())
    let records = try Self.records(of: &reader)
    _ = consume reader
    let key = try CaseFiles.digestKey(of: sample.path)
    let other = "\(sample.parent.path)/imported"
    try Self.importCase(records, to: other, key)
    var again = try CaseReader(reading: other)
    #expect(try again.list().snapshots == list.snapshots)
    #expect(try again.log().dropLast() == log[...])
    let act = try #require(try again.log().last)
    #expect(act.act == "import" && act.evidence?.bytes == UInt64(records.count))
    #expect(act.evidence?.digest == SHA256Digest(of: records))
    let check = try again.check()
    #expect(check.isSound, "\(check.faults)")
    _ = consume again
    let grown = SampleCase(at: other, in: sample.parent)
    #expect(try grown.export() == sample.export())
    try grown.add(try SampleSnapshot(SampleSnapshot.series[6], day: 6, digests: ContentDigests(key: key)))
    var last = try CaseReader(reading: other)
    #expect(try last.list().snapshots.count == list.snapshots.count + 1 && last.check().isSound)
  }

  @Test func `without its key an imported case can be read, and with another's it is not made`() throws {
    let sample = try Self.series(order: [0, 1])
    var reader = try sample.reader()
    let records = try Self.records(of: &reader)
    let strange = try SampleCase()
    #expect(throws: CaseError.digestKey("is that of another case")) {
      try Self.importCase(
        records, to: "\(sample.parent.path)/strange", try CaseFiles.digestKey(of: strange.path))
    }
    let path = "\(sample.parent.path)/keyless"
    try Self.importCase(records, to: path, nil)
    var keyless = try CaseReader(reading: path)
    #expect(try keyless.list().snapshots == reader.list().snapshots)
    try keyless.backup(to: "\(sample.parent.path)/copy")
    _ = consume keyless
    #expect(throws: CaseError.digestKey("is not there, or can't be read")) { _ = try CaseWriter(writing: path) }
  }

  /// Each byte of the file vouched for by the last line, and each record by the log.
  @Test func `a changed export is not imported`() throws {
    let sample = try Self.series(order: [0, 1])
    var reader = try sample.reader()
    let records = try Self.records(of: &reader)
    let lines = records.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
    func joined(_ lines: [[UInt8]]) -> [UInt8] { Array(lines.joined(separator: [UInt8(ascii: "\n")])) }
    var changed: [[UInt8]] = [[], Array("{}\n".utf8), Array(records.dropLast()), records + records]
    var random = SeededGenerator(seed: 41)
    for _ in 0..<40 {
      var copy = records
      copy[Int.random(in: copy.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<7, using: &random)
      changed.append(copy)
      changed.append(Array(records.prefix(Int.random(in: 0..<records.count - 1, using: &random))))
    }
    // Records that are taken out, exchanged or repeated, under a last line that fits.
    for place in 1..<lines.count - 2 {
      for edited in [
        Array(lines[..<place] + lines[(place + 1)...]), Array(lines[..<place] + [lines[place]] + lines[place...]),
      ] {
        let body = joined(Array(edited.dropLast(2))) + [UInt8(ascii: "\n")]
        let last = RecordLine.last(edited.count - 3, "\(SHA256Digest(of: body))")
        changed.append(body + Array((last + "\n").utf8))
      }
    }
    for (number, copy) in changed.enumerated() {
      let path = "\(sample.parent.path)/changed\(number)"
      do {
        try Self.importCase(copy, to: path, nil)
        Issue.record("export \(number) was imported")
      } catch CaseError.wrongExport {}
      #expect(throws: CaseError.self) { _ = try CaseReader(reading: path) }
    }
  }

  /// The export of all records of a case.
  private static func records(of reader: inout CaseReader) throws -> [UInt8] {
    var text = ""
    try reader.exportRecords { text += $0 }
    return Array(text.utf8)
  }

  /// Makes a case of an export, which is read in small pieces.
  private static func importCase(_ records: [UInt8], to path: String, _ key: SecretBytes?) throws {
    try CaseWriter.importCase(
      to: path, digestKey: key, from: "export",
      open: { () throws(CaseError) in
        var rest = records[...]
        return { () throws(CaseError) in
          defer { rest = rest.dropFirst(1000) }
          return rest.isEmpty ? nil : Array(rest.prefix(1000))
        }
      }, SampleCase.call("import"))
  }

  @Test func `a backup is the same case`() throws {
    let sample = try Self.series(order: [0, 1, 2])
    var reader = try sample.reader()
    let copy = "\(sample.parent.path)/copy"
    try reader.backup(to: copy)
    var other = try CaseReader(reading: copy)
    #expect(try other.list() == reader.list())
    #expect(try other.check().isSound)
    #expect(throws: CaseError.exists) { try reader.backup(to: copy) }
  }

  @Test func `evidence is held against the case`() throws {
    let sample = try Self.series(order: [0, 1], opened: false)
    var reader = try sample.reader()
    let list = try reader.list()
    let known = try #require(list.snapshots.first)
    let other = SHA256Digest(bytes: [UInt8](repeating: 1, count: 32))
    let check = try reader.check(evidence: [
      CaseEvidence(path: "elsewhere.db", digest: known.digest), CaseEvidence(path: known.path, digest: other),
      CaseEvidence(path: "new.db", digest: other), CaseEvidence(path: "gone.db", digest: nil, problem: "no such file"),
    ])
    #expect(
      check.evidence.map(\.outcome) == [.same(known.id), .altered(known.id), .unknown, .unreadable("no such file")])
    #expect(check.faults.isEmpty && !check.isSound && check.head == list.head)
  }
}
