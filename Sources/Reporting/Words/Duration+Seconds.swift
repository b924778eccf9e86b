extension Duration {
  /// The duration in seconds, to the microsecond.
  var seconds: Double {
    let (whole, attoseconds) = components
    return Double(whole) + Double(attoseconds / 1_000_000_000_000) / 1_000_000
  }
}
