import VerificationModel

/// What is known of the pages that none in use owns.
struct ResidueTable {
  let snapshot: SnapshotReport

  /// The lines; none where the residue was not examined, or there are no such pages.
  func lines(_ style: Style) -> [String] {
    guard let residue = snapshot.residue, let pageSize = snapshot.bolt?.pageSize,
      residue.zeroPages + residue.explainedPages + residue.unexplainedPages > 0
    else { return [] }
    func row(_ label: String, _ pages: UInt64) -> [Table.Row] {
      pages == 0 ? [] : [.cells(["  " + label, "\(pages)", (pages * UInt64(pageSize)).inBinaryUnits])]
    }
    let readable = residue.unexplainedReadablePages
    let rows =
      [.heading(["Free pages", "count", "bytes"])] + row("zero", residue.zeroPages)
      + row("accounted for", residue.explainedPages)
      + row("  rest of ciphertext", residue.ciphertextPages) + row("  rest of a Secret", residue.secretPages)
      + row("  rest of an object", residue.otherObjectPages) + row("of unknown origin", residue.unexplainedPages)
      + row("  with text", readable)
    return Table(alignment: .right, rows: rows).lines(style)
  }
}
