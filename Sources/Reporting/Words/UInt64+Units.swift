extension UInt64 {
  /// So many bytes in binary units, such as `12 bytes` and `728.0 KiB`.
  package var inBinaryUnits: String {
    let units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    var (amount, unit) = (Double(self), "")
    for next in units where amount >= 1024 { (amount, unit) = (amount / 1024, next) }
    return unit.isEmpty ? counted("byte") : "\((amount * 10).rounded() / 10) \(unit)"
  }
}
