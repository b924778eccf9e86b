extension UInt64 {
  /// So many bytes in binary units, such as `12 bytes` and `728.0 KiB`.
  var inBinaryUnits: String {
    let units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    var (amount, unit) = (Double(self), "")
    for next in units where amount >= 1024 { (amount, unit) = (amount / 1024, next) }
    return unit.isEmpty ? counted("byte") : "\((amount * 10).rounded() / 10) \(unit)"
  }

  /// So many bytes as etcdutl prints them, such as `746 kB`: in decimal units, with one decimal below ten
  /// (dustin/go-humanize, bytes.go).
  var inDecimalUnits: String {
    guard self >= 10 else { return "\(self) B" }
    var (power, unit) = (1.0, "B")
    for next in ["kB", "MB", "GB", "TB", "PB", "EB"] where Double(self) >= power * 1000 {
      (power, unit) = (power * 1000, next)
    }
    let amount = (Double(self) / power * 10 + 0.5).rounded(.down) / 10
    return amount < 10 ? "\(amount) \(unit)" : "\(UInt64(amount.rounded(.toNearestOrEven))) \(unit)"
  }
}
