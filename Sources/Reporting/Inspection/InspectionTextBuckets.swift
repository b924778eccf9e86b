import VerificationModel

/// The buckets of a file, and what lies in them.
struct InspectionTextBuckets {
  let buckets: [BucketUsage]
  /// How many more there are than `buckets`.
  let omitted: Int

  /// The lines; none without buckets.
  func lines(_ style: Style) -> [String] {
    guard !buckets.isEmpty else { return [] }
    let listed = buckets.prefix(style.limit())
    let rest = buckets.count + omitted - listed.count
    let more = rest.counted("more bucket")
    let remark = listed.count < buckets.count ? style.cut(more) : "  … and \(more), which were counted alone"
    let rows =
      [.heading(["Buckets", "rows", "bytes"])] + listed.map(row)
      + (rest > 0 ? [.note(remark)] : [])
    return Table(alignment: .right, rows: rows).lines(style)
  }

  /// Columns for a name and what it is set in by.
  private static let labelColumns = 48

  private func row(_ bucket: BucketUsage) -> Table.Row {
    let label = String(repeating: "  ", count: bucket.nesting) + bucket.label
    return .cells([label.elidedInMiddle(to: Self.labelColumns), "\(bucket.rows)", bucket.bytes.inBinaryUnits])
  }
}
