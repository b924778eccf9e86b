import SnapshotVerification

/// The encryption keys in use.
struct KeyTable {
  let keys: [SnapshotReport.KeyUse]
  let layers: Set<Layer>

  /// The lines; none when nothing is encrypted. Key ids, which may be long, stand below their key.
  func lines(_ style: Style) -> [String] {
    guard !keys.isEmpty else { return [] }
    let listed = keys.prefix(TextReport.listLimit)
    var rows = [heading] + listed.flatMap(rows)
    if keys.count > listed.count { rows.append(.note("  … and \((keys.count - listed.count).counted("more key"))")) }
    return Table(alignment: .right, rows: rows).lines(style)
  }

  /// The longest name of a provider, and two spaces on either side.
  private static let nameIndent = 13
  /// Columns for the two counts, and two spaces before each.
  private static let countColumns = 20

  private var heading: Table.Row { .heading(["Encryption keys"] + examined.map(\.rawValue)) }

  private var examined: [Layer] { [.live, .history].filter(layers.contains) }

  private func rows(of key: SnapshotReport.KeyUse) -> [Table.Row] {
    let name = PrintableText(key.name).description
      .elidedInMiddle(to: TextReport.width - Self.nameIndent - Self.countColumns)
    let label = "  \(key.provider.rawValue)".padded(to: Self.nameIndent) + name
    let counts = examined.map { String($0 == .live ? key.live : key.history) }
    return [.cells([label] + counts)] + keyIDRows(of: key)
  }

  private func keyIDRows(of key: SnapshotReport.KeyUse) -> [Table.Row] {
    guard let keyID = key.keyID else { return [] }
    return "key id \(PrintableText(keyID))".words.paragraph(indent: Self.nameIndent, hanging: Self.nameIndent)
      .map(Table.Row.note)
  }
}
