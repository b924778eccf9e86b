import VerificationModel

/// The encryption keys in use.
struct KeyTable {
  let keys: [SnapshotReport.KeyUse]
  let layers: Set<Layer>

  /// A table of the keys that values need, in the layers examined.
  init(keys: [SnapshotReport.KeyUse], layers: Set<Layer>) {
    self.keys = keys.filter { $0.live + $0.history > 0 }
    self.layers = layers
  }

  /// The lines; none when nothing is encrypted. Key ids, which may be long, stand below their key.
  func lines(_ style: Style) -> [String] {
    guard !keys.isEmpty else { return [] }
    let listed = keys.prefix(style.limit())
    var rows = [heading] + listed.flatMap { self.rows(of: $0, width: style.width) }
    if keys.count > listed.count { rows.append(.note(style.cut((keys.count - listed.count).counted("more key")))) }
    return Table(alignment: .right, rows: rows).lines(style)
  }

  /// The longest name of a provider, and two spaces on either side.
  private static let nameIndent = 13
  /// Columns for the two counts, and two spaces before each.
  private static let countColumns = 20
  /// Columns for the newest revision, and two spaces.
  private static let revisionColumns = 12

  private var heading: Table.Row {
    .heading(["Encryption keys"] + examined.map(\.rawValue) + (tellsNewest ? ["newest"] : []))
  }

  /// Where there are several keys, it matters when each was used last.
  private var tellsNewest: Bool { keys.count > 1 && keys.contains { $0.newestRevision != nil } }

  private var examined: [Layer] { [.live, .history].filter(layers.contains) }

  private func rows(of key: SnapshotReport.KeyUse, width: Int) -> [Table.Row] {
    let name = PrintableText(key.name).description
      .elidedInMiddle(
        to: width - Self.nameIndent - Self.countColumns - (tellsNewest ? Self.revisionColumns : 0))
    let label = "  \(key.provider.rawValue)".padded(to: Self.nameIndent) + name
    let counts = examined.map { String($0 == .live ? key.live : key.history) }
    let newest = tellsNewest ? [key.newestRevision.map { "rev \($0)" } ?? ""] : []
    return [.cells([label] + counts + newest)] + keyIDRows(of: key, width: width)
  }

  private func keyIDRows(of key: SnapshotReport.KeyUse, width: Int) -> [Table.Row] {
    guard let keyID = key.keyID else { return [] }
    return "key id \(PrintableText(keyID))".words.paragraph(
      indent: Self.nameIndent, hanging: Self.nameIndent, width: width
    )
    .map(Table.Row.note)
  }
}
