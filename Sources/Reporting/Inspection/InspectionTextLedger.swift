import VerificationModel

/// Every byte of the file, by what it is part of, and by what it is judged.
struct InspectionTextLedger {
  let ledger: Ledger

  func lines(_ style: Style) -> [String] {
    let heading = ["Ledger", "bytes".rightAligned(to: Self.bytesColumns), "share", "every byte is"]
    return Table(alignment: .left, rows: [.heading(heading)] + ledger.entries.map(row) + [total]).lines(style)
  }

  private static let bytesColumns = "1023.9 KiB".count
  private static let shareColumns = "share".count

  private func row(_ entry: Ledger.Entry) -> Table.Row {
    .cells([
      "  " + entry.kind.description, entry.bytes.inBinaryUnits.rightAligned(to: Self.bytesColumns),
      share(of: entry.bytes).rightAligned(to: Self.shareColumns), entry.kind.judgement,
    ])
  }

  private var total: Table.Row {
    .cells([
      "  the file", ledger.total.inBinaryUnits.rightAligned(to: Self.bytesColumns),
      "100 %".rightAligned(to: Self.shareColumns), "",
    ])
  }

  private func share(of bytes: UInt64) -> String {
    let share = Double(bytes) / Double(ledger.total) * 100
    return share < 1 ? "<1 %" : "\(Int(share)) %"
  }
}
