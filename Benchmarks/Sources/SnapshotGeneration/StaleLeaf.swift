import TestSupport

/// A leaf as an earlier transaction left it, now in free pages: copy-on-write puts a changed leaf elsewhere, and nothing
/// is overwritten before its page is needed again (bbolt: node.go, `spill`).
struct StaleLeaf {
  /// A row, and whether it holds a Secret in the clear.
  struct Row {
    var row: BoltPageEncoder.Row
    var isPlaintextSecret: Bool
  }

  /// The rows that the leaf held, ascending.
  private(set) var rows: [Row] = []

  /// Adds a row that was in the leaf, whether or not it still is.
  mutating func append(_ row: BoltPageEncoder.Row, isPlaintextSecret: Bool) {
    rows.append(Row(row: row, isPlaintextSecret: isPlaintextSecret))
  }

  /// Forgets the row added last: the transaction was before it.
  mutating func removeLast() { rows.removeLast() }

  /// Begins the next leaf.
  mutating func removeAll() { rows.removeAll(keepingCapacity: true) }

  /// Writes the leaf into pages that no tree owns, split where bbolt would split it.
  ///
  /// Of a leaf with overflow pages, `losesHead` leaves out the first page: it was needed again, the others were not.
  func write(
    to file: inout PageFile, _ encoder: BoltPageEncoder, losesHead: Bool, _ residue: inout SnapshotSummary.Residue
  ) throws {
    var rest = rows[...]
    while !rest.isEmpty {
      var bytes = 16
      let count = rest.enumerated().prefix { index, row in
        bytes += row.row.bytes
        return index < 2 || bytes <= encoder.fillBytes
      }.count
      let part = rest.prefix(count)
      rest = rest.dropFirst(count)
      let run = encoder.leaf(file.nextPage, part.map(\.row))
      if losesHead, run.count > encoder.pageSize {
        let tail = run.dropFirst(encoder.pageSize)
        residue.headlessPages += encoder.runLength(tail.count)
        try file.append(tail)
      } else {
        residue.leafPages += encoder.runLength(run.count)
        residue.rows += part.count
        residue.plaintextSecrets += part.count { $0.isPlaintextSecret }
        try file.append(run)
      }
    }
  }
}
