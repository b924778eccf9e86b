import BoltFormat
import Cryptography
import EtcdStorage
import KubernetesStorage
import TestSupport
import Testing

@testable import CaseStore
@testable import VerificationModel

/// Random histories of objects, held against a dictionary of what each snapshot had.
@Suite struct HistoryModelTests {
  /// All that tells one value from another.
  private struct Value: Hashable {
    let key: [UInt8]?
    let revision: Revision?
    let valueClass: ValueClass
    let bytes: Int
    let keyName: String?
  }

  private static func key(_ random: inout SeededGenerator) -> [UInt8] {
    switch random.count(0...9) {
    case 0: Array("/registry/secrets/ns/".utf8) + [0, 0xFF, 0, UInt8(random.count(0...2))]
    case 1: [0xFF, 0xFF] + Array("odd".utf8)
    case 2: Array("/registry/secrets/ns/".utf8) + [UInt8](repeating: 0x61, count: 300 + 100 * random.count(0...2))
    case 3: Array("/registry/secrets/ns/".utf8) + [UInt8](repeating: 0, count: 190 + random.count(0...2))
    default: Array("/registry/secrets/ns/s\(random.count(0...6))".utf8)
    }
  }

  private static func row(_ random: inout SeededGenerator) -> (Value, Layer?) {
    let hasRevision = !random.isOne(in: 8)
    let value = Value(
      key: random.isOne(in: 12) && !hasRevision ? nil : key(&random),
      revision: hasRevision ? Revision(main: Int64(random.count(2...4)), sub: Int64(random.count(0...1))) : nil,
      valueClass: random.one(of: [.plaintext, .encrypted, .unrecognized]), bytes: random.count(1...2),
      keyName: random.isOne(in: 2) ? "key\(random.count(1...3))" : nil)
    return (value, random.one(of: [.live, .history, .residue, nil] as [Layer?]))
  }

  private static func stored(_ value: Value, _ layer: Layer?) -> StoredRow {
    var row = StoredRow(layer: layer, valueClass: value.valueClass, offset: ByteOffset(1), valueBytes: value.bytes)
    row.key = value.key.map { EtcdKey(bytes: $0) }
    row.revision = value.revision
    row.resource = "secrets"
    row.prefix = EtcdPrefix("/registry")
    row.encryption = value.keyName.map { .init(provider: .aescbc, keyName: $0, keyID: nil) }
    return row
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func `what a case tells is what the snapshots had`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let sample = try SampleCase()
    let count = random.count(1...12)
    var model: [Value: [Int: Set<Layer?>]] = [:]
    var present: [Value: Layer?] = [:]
    for number in 1...count {
      // Much stays, some goes, some comes back.
      for value in Array(present.keys) where random.isOne(in: 4) { present[value] = nil }
      for _ in 0..<random.count(0...25) {
        let (value, layer) = Self.row(&random)
        present[value] = .some(layer)
      }
      var rows = present.map { ($0.key, $0.value) }
      if let twice = rows.randomElement(using: &random) { rows.append((twice.0, .residue)) }
      for (value, layer) in rows { model[value, default: [:]][number, default: []].insert(layer) }
      rows.shuffle(using: &random)
      let time = try SnapshotTime(option: "2026-01-\(number < 10 ? "0" : "")\(number)")
      try sample.add(SampleSnapshot(number, rows.map(Self.stored), takenAt: time))
    }
    var told: [Value: [Int: Set<Layer?>]] = [:]
    var keys: [EtcdKey?] = []
    var reader = try sample.reader()
    var timelines: [CaseTimeline] = []
    try reader.forEachTimeline { timeline in
      timelines.append(timeline)
      keys.append(timeline.object.key)
      for entry in timeline.entries {
        let value = Value(
          key: timeline.object.key?.bytes, revision: entry.revision, valueClass: entry.valueClass,
          bytes: entry.valueBytes, keyName: entry.encryption?.keyName)
        for presence in entry.presences {
          for number in presence.first.number...presence.last.number {
            #expect(told[value]?[number]?.contains(presence.layer) != true, "told twice")
            told[value, default: [:]][number, default: []].insert(presence.layer)
          }
        }
      }
      return true
    }
    #expect(told == model)
    let known = keys.compactMap(\.self)
    #expect(known == known.sorted() && Set(known).count == known.count)
    for timeline in timelines {
      guard let key = timeline.object.key else { continue }
      #expect(try reader.timeline(of: key) == timeline)
    }
    let check = try reader.check()
    #expect(check.isSound, "\(check.faults)")
    for before in 1...count {
      let difference = try reader.difference("\(before)", "\(count)")
      let live = { (number: Int) in
        Set(model.filter { $0.key.revision != nil && $0.value[number]?.contains(.live) == true }.map(\.key.key))
      }
      let (old, new) = (live(before), live(count))
      let changes = difference.changes
      #expect(Set(changes.filter { $0.kind == .came }.map(\.object.key?.bytes)) == new.subtracting(old))
      #expect(Set(changes.filter { $0.kind == .went }.map(\.object.key?.bytes)) == old.subtracting(new))
    }
    let exposed = Set(model.keys.filter { $0.valueClass == .plaintext }.map(\.key))
    #expect(Set(try reader.exposures().objects.map(\.object.key?.bytes)) == exposed)
  }

  @Test func `a row that does not change costs nothing`() throws {
    var random = SeededGenerator(seed: 3)
    let rows = (0..<20_000).map { number in
      Self.stored(
        Value(
          key: Array("/registry/secrets/ns\(number % 50)/secret-\(number)".utf8),
          revision: Revision(main: Int64(number + 2), sub: 0), valueClass: .encrypted, bytes: 300, keyName: "key1"),
        .live)
    }.shuffled(using: &random)
    let sample = try SampleCase()
    func size() throws -> UInt64 {
      var writer = try CaseWriter(writing: sample.path)
      _ = try writer.store.check()
      return try writer.store.statistics().fileBytes
    }
    try sample.add(SampleSnapshot(1, rows))
    try sample.add(SampleSnapshot(2, rows))
    let before = try size()
    for number in 3...12 { try sample.add(SampleSnapshot(number, rows)) }
    let perRow = Double(try size() - before) / Double(10 * rows.count)
    #expect(perRow < 0.1, "\(perRow) bytes for a row")
  }
}
