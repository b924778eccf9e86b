import Cryptography
import EtcdStorage
import Foundation
import TestSupport

@testable import ByteViews
@testable import CaseStore
@testable import KubernetesStorage
@testable import VerificationModel

/// Exports of the records of a case. Of an input, the chain of the log and the last line are made right before it is read,
/// unless it begins with a zero.
enum RecordsTarget: FuzzTarget {
  static let name = "records"
  static let summary = "exports of a case: what is imported has no fault, is read by every query, and is exported again"
  static let longestInput = 16_384
  static let words = FuzzSeeds.words(
    #"{"type":"record","table":""#, #"","key":""#, #"","value":""#, #""}"#, #"{"type":"end","records":"#, "rows", "log",
    "snapshots", "clusters", "digests", "encryptions", "places", "names", "longnames", "about", "AAE=", "AAAAAQ==")

  static func seeds() throws -> [[UInt8]] { try [SampleExport.empty(), SampleExport.filled()] }

  static func complaints(about bytes: [UInt8]) throws -> [String] {
    let export = bytes.first == 0 ? Array(bytes.dropFirst()) : bytes
    var complaints = Complaints()
    let (records, failure) = read(export, blockBytes: 100)
    let whole = read(export, blockBytes: export.count + 1)
    complaints.expect(
      whole.failure == failure, "in one block it is \(whole.failure as Any), in several \(failure as Any)")
    complaints.expect(whole.records == records, "in one block it has other records")
    for record in records {
      let line = RecordLine.record(record.table, record.key.rawSpan, record.value.rawSpan)
      complaints.expect(RecordLine.record(Array(line.utf8)[...]) == record, "a record is another one in its own line")
    }
    guard failure == nil else { return complaints.list }
    try complaints.list(importComplaints(export, records))
    return complaints.list
  }

  private static func read(_ export: [UInt8], blockBytes: Int) -> (records: [CaseRecord], failure: CaseError?) {
    var records: [CaseRecord] = []
    do throws(CaseError) {
      var reader = try RecordReader(blocks(export, blockBytes))
      while let record = try reader.record() { records.append(record) }
    } catch {
      _ = "\(error)"
      return (records, error)
    }
    return (records, nil)
  }

  private static func blocks(_ bytes: [UInt8], _ count: Int) -> () throws(CaseError) -> [UInt8]? {
    var start = 0
    return {
      guard start < bytes.count else { return nil }
      defer { start = min(bytes.count, start + count) }
      return Array(bytes[start..<min(bytes.count, start + count)])
    }
  }

  private static func importComplaints(_ export: [UInt8], _ records: [CaseRecord]) throws -> [String] {
    let parent = try TemporaryDirectory()
    let path = "\(parent.path)/case"
    do throws(CaseError) {
      try CaseWriter.importCase(
        to: path, digestKey: nil, from: "export.ndjson", open: { blocks(export, 1000) }, SampleExport.call("import"))
    } catch {
      // The directory itself may stay.
      let left = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      return "\(error)".isEmpty || !left.isEmpty ? ["a refused import leaves \(left), and says \(error)"] : []
    }
    var complaints = Complaints()
    var reader = try CaseReader(reading: path)
    complaints.expect(try reader.check().faults.isEmpty, "an import has faults")
    complaints.list(try queryComplaints(&reader))
    var text = ""
    try reader.exportRecords { text += $0 }
    let again = read(Array(text.utf8), blockBytes: 4096)
    complaints.expect(again.failure == nil, "an export can't be read: \(again.failure as Any)")
    let isSame = again.records.filter { $0.table != .log } == records.filter { $0.table != .log }
    complaints.expect(isSame, "an import is exported with other records")
    let (acts, before) = (again.records.filter { $0.table == .log }, records.filter { $0.table == .log })
    complaints.expect(Array(acts.dropLast()) == before, "an import has another log, but for its own act")
    return complaints.list
  }

  /// No query ends with damage where a check found none.
  private static func queryComplaints(_ reader: inout CaseReader) throws -> [String] {
    var complaints = Complaints()
    let list = try reader.list()
    _ = try reader.log()
    _ = try reader.exposures()
    _ = try reader.keys()
    var count = 0
    try reader.forEachTimeline { _ in
      count += 1
      return true
    }
    complaints.expect(count <= 1 << 16, "\(count) timelines")
    let ids = list.snapshots.prefix(3).map { "\($0.id.cluster)/\($0.id.number)" }
    for one in ids { for other in ids { _ = try reader.difference(one, other) } }
    return complaints.list
  }

  static func mutated(
    _ bytes: [UInt8], atMost limit: Int, _ random: inout SeededGenerator, _ mutateBytes: ByteMutation
  ) -> [UInt8] {
    guard !random.isOne(in: 4) else { return mutateBytes(bytes, limit) }
    var records = read(bytes, blockBytes: bytes.count + 1).records
    guard !records.isEmpty else { return mutateBytes(bytes, limit) }
    for _ in 0..<random.count(1...3) {
      let number = random.count(0...records.count - 1)
      let record = records[number]
      // The digest before a record of the log is made right later.
      let kept = record.table == .log ? 32 : 0
      switch random.count(0...7) {
      case 0: records.remove(at: number)
      case 1: records.append(CaseRecord(table: record.table, key: mutateBytes(record.key, 500), value: record.value))
      case 2: records[number] = CaseRecord(table: record.table, key: mutateBytes(record.key, 500), value: record.value)
      case 3:
        let table = random.one(of: CaseTable.allCases)
        records.append(CaseRecord(table: table, key: record.key, value: record.value))
      default:
        let value = record.value.prefix(kept) + mutateBytes(Array(record.value.dropFirst(kept)), 4000)
        records[number] = CaseRecord(table: record.table, key: record.key, value: Array(value))
      }
      guard !records.isEmpty else { return mutateBytes(bytes, limit) }
    }
    let export = SampleExport.sealed(records)
    return export.count <= limit ? export : mutateBytes(bytes, limit)
  }
}
