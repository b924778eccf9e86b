/// An entry of a table of a case, as an export of its records has it; see `Schema.md`.
struct CaseRecord: Hashable, Sendable {
  let table: CaseTable
  let key: [UInt8]
  /// The value, without its checksum.
  let value: [UInt8]

  /// Whether it stands behind `other` in an export: by table, then by key.
  func follows(_ other: CaseRecord) -> Bool {
    table == other.table ? other.key.lexicographicallyPrecedes(key) : table.place > other.table.place
  }
}

extension CaseTable {
  /// The place of the table in an export.
  fileprivate var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
