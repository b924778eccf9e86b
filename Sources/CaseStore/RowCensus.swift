import ByteViews
import LMDB

/// All rows of a case, counted, and made into one digest for each snapshot.
struct RowCensus {
  /// Of each cluster, the rows of its snapshots in the order in which they were taken in.
  let digests: [UInt16: [RowsDigest]]
  let count: Int

  /// Reads all rows. O(rows · snapshots).
  ///
  /// - Parameter complain: is told of a row that is not what it must be: its key, and a sentence.
  init(
    _ contents: CaseContents, _ transaction: borrowing Transaction, complain: (RawSpan, String) -> Void
  ) throws(CaseError) {
    let tables = contents.tables
    let digests = contents.taken.mapValues { $0.map { _ in RowsDigest() } }
    var names: [UInt32: [UInt8]] = [:]
    try tables.scan(.names, of: transaction, damaged: { _ in }) { key, value throws(CaseError) in
      if key.byteCount == 4 { names[key.bigEndian(at: 0)] = [UInt8](copying: value) }
      return true
    }
    let fingerprints = RowFingerprints(
      encryptions: contents.encryptions.mapValues(\.record), places: contents.places.mapValues(\.record), names: names)
    var count = 0
    var row: [UInt8] = []
    try tables.scan(
      .rows, of: transaction, damaged: { complain($0, "what is kept of this object was changed") }
    ) { key, value throws(CaseError) in
      count += 1
      guard key.byteCount >= RowKey.clusterBytes + RowKey.terminatorBytes + RowKey.tailBytes,
        let own = digests[key.bigEndian(at: 0)], let runs = RowRuns.read(value, count: own.count),
        SeenValue(key, spans: []) != nil
      else {
        complain(key, "what is kept of this object can't be read")
        return true
      }
      let tail = key.byteCount - RowKey.tailBytes
      let encryption: UInt32 = key.bigEndian(at: tail + RowKey.encryption)
      let place: UInt32 = key.bigEndian(at: tail + RowKey.place)
      let name = RowKey.nameNumber(in: key)
      if encryption != 0 && contents.encryptions[encryption] == nil || contents.places[place] == nil
        || name.map({ names[$0] == nil }) == true
      {
        complain(key, "what is kept of this object refers to what is not there")
      }
      for run in runs {
        fingerprints.write(key, run.layers, to: &row)
        for ordinal in run.first...run.last { own[ordinal - 1].add(row.rawSpan) }
      }
      return true
    }
    self.digests = digests
    self.count = count
  }
}
