import TestSupport

@testable import ByteViews
@testable import CaseStore
@testable import KubernetesStorage
@testable import VerificationModel

/// Entries of the tables of a case, as the store hands them out. The first byte says which kind it is.
enum CaseEntriesTarget: FuzzTarget {
  static let name = "entries"
  static let summary = "entries of a case: what is read is written as the same bytes, or read again as the same"
  static let words = FuzzSeeds.words(
    "plaintext-live", "pass", "fail", "error", "live", "history", "residue", "aescbc", "kmsv2", "\0\0\0\u{1}")

  static func seeds() throws -> [[UInt8]] {
    let lines = try SampleExport.filled().split(separator: 0x0A)
    let records = lines.compactMap { RecordLine.record($0) }
    return records.compactMap { record in
      switch record.table {
      case .log: [0] + record.value.dropFirst(32)
      case .snapshots: [1] + record.value
      case .encryptions: [2] + record.value
      case .rows: [3] + record.key
      case .places: [5] + record.value
      default: nil
      }
    } + records.filter { $0.table == .rows }.map { [4] + $0.value }
      + [[4, 1, 1, 3, 2, 5, 0], [4, 15, 0x81, 1, 0x82, 1], [6] + Array("/registry/secrets/a\0b".utf8)]
  }

  static func complaints(about input: [UInt8]) -> [String] {
    guard let kind = input.first else { return [] }
    let bytes = Array(input.dropFirst())
    switch kind % 7 {
    case 0: return rewritten(bytes) { reader throws(CaseError) in try ActRecord(&reader).record }
    case 1: return rewritten(bytes) { reader throws(CaseError) in try SnapshotDraft(&reader).record }
    case 2: return rewritten(bytes) { reader throws(CaseError) in try StoredRow.Encryption(&reader).record }
    case 3: return keyComplaints(bytes)
    case 4: return runComplaints(bytes)
    case 5: return checksumComplaints(bytes)
    default: return etcdKeyComplaints(bytes)
    }
  }

  /// What is read and written must read as the same: equal bytes, or equal bytes from then on.
  private static func rewritten(
    _ bytes: [UInt8], _ rewrite: (inout FieldReader) throws(CaseError) -> [UInt8]
  ) -> [String] {
    var complaints = Complaints()
    do throws(CaseError) {
      var reader = FieldReader(bytes.rawSpan, "an entry")
      let once = try rewrite(&reader)
      var again = FieldReader(once.rawSpan, "an entry")
      let twice = try rewrite(&again)
      complaints.expect(once == twice, "written again, it is something else")
      complaints.expect(once.count <= bytes.count, "\(once.count) bytes are written of \(bytes.count)")
    } catch {
      guard case .damaged = error else { return ["it is refused with \(error)"] }
      // What was written must be readable.
      var reader = FieldReader(bytes.rawSpan, "an entry")
      if let once = try? rewrite(&reader) { complaints.expect(false, "\(once.count) written bytes can't be read") }
    }
    return complaints.list
  }

  private static func keyComplaints(_ key: [UInt8]) -> [String] {
    var complaints = Complaints()
    if let number = RowKey.nameNumber(in: key.rawSpan) {
      var written = Array(key.prefix(2))
      RowKey.append(nameNumber: number, to: &written)
      complaints.expect(key.starts(with: written.prefix(8)), "the number of a name is another one")
    }
    if let etcdKey = RowKey.etcdKey(inPart: key.rawSpan), etcdKey.count <= RowKey.maximumKeyBytes / 2,
      !etcdKey.starts(with: [0xFF, 0xFF])
    {
      var written = Array(key.prefix(2))
      complaints.expect(RowKey.append(etcdKey, to: &written), "an etcd key that was read can't be written")
      complaints.expect(written == key, "an etcd key is written as other bytes")
    }
    return complaints.list
  }

  private static func etcdKeyComplaints(_ key: [UInt8]) -> [String] {
    var complaints = Complaints()
    var written: [UInt8] = [0, 1]
    if RowKey.append(key, to: &written) {
      complaints.expect(RowKey.etcdKey(inPart: written.rawSpan) == key, "an etcd key is read as another one")
      complaints.expect(RowKey.nameNumber(inPart: written.rawSpan) == nil, "an etcd key is read as a number")
      complaints.expect(written.count <= 2 + RowKey.maximumKeyBytes + RowKey.terminatorBytes, "a key is too long")
    }
    return complaints.list
  }

  private static func runComplaints(_ value: [UInt8]) -> [String] {
    var complaints = Complaints()
    _ = RowRuns.lastLayers(value.rawSpan)
    guard let runs = RowRuns.read(value.rawSpan, count: 1000) else { return [] }
    var last = 0
    for run in runs {
      complaints.expect(run.first > last && run.last >= run.first && run.last <= 1000, "runs out of order: \(runs)")
      last = run.last
    }
    var written: [UInt8] = []
    for (number, run) in runs.enumerated() {
      RowRuns.begin(run.layers, at: run.first, in: &written)
      if number < runs.count - 1 || !RowRuns.isOpen(value.rawSpan) { RowRuns.end(at: run.last, in: &written) }
    }
    complaints.expect(RowRuns.read(written.rawSpan, count: 1000) == runs, "runs are read as others")
    complaints.expect(RowRuns.lastLayers(value.rawSpan) == runs.last?.layers, "the last layers are others")
    return complaints.list
  }

  private static func checksumComplaints(_ value: [UInt8]) -> [String] {
    var complaints = Complaints()
    let key = Array(value.prefix(5))
    var sealed = value
    sealed.appendChecksum(of: key.rawSpan)
    complaints.expect(checked(sealed, of: key) == value, "a value with its checksum is refused")
    sealed[sealed.count - 1] ^= 1
    complaints.expect(checked(sealed, of: key) == nil, "a wrong checksum is taken")
    return complaints.list
  }

  private static func checked(_ sealed: [UInt8], of key: [UInt8]) -> [UInt8]? {
    guard let value = RecordChecksum.checked(sealed.rawSpan, of: key.rawSpan) else { return nil }
    return [UInt8](copying: value)
  }
}
