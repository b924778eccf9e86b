import VerificationModel

/// The encryption keys in use; below those of KMS v2, the key id, and as what the API server's metrics show it.
struct InspectionTextKeys {
  let keys: [SnapshotReport.KeyUse]

  /// The lines; none when nothing is encrypted.
  func lines(_ style: Style) -> [String] {
    guard !keys.isEmpty else { return [] }
    let listed = keys.prefix(style.limit())
    let rest = keys.count - listed.count
    let rows =
      [.heading(["Encryption keys", "live", "history"])] + listed.flatMap { self.rows(of: $0, width: style.width) }
      + (rest > 0 ? [.note(style.cut(rest.counted("more key")))] : [])
    return Table(alignment: .right, rows: rows).lines(style)
  }

  /// The longest name of a provider, and two spaces on either side.
  private static let nameIndent = 13
  /// Columns for two counts of ten digits, and two spaces before each.
  private static let countColumns = 24

  private func rows(of key: SnapshotReport.KeyUse, width: Int) -> [Table.Row] {
    let name = PrintableText(key.name).description
      .elidedInMiddle(to: width - Self.nameIndent - Self.countColumns)
    let label = "  \(key.provider.rawValue)".padded(to: Self.nameIndent) + name
    let notes = key.keyID.map { ["key id \(PrintableText($0))"] } ?? []
    return [.cells([label, "\(key.live)", "\(key.history)"])]
      + (notes + [key.keyIDHash].compactMap(\.self)).flatMap { note in
        note.words.paragraph(indent: 4, hanging: 6, width: width).map(Table.Row.note)
      }
  }
}
