extension Double {
  /// The number, rounded to so many digits after the point, such as `0.40`. For finite numbers; those that don't fit 63
  /// bits so are as large as fits.
  func decimal(places: Int) -> String {
    let power = (0..<places).reduce(1) { power, _ in power * 10 }
    let parts = Int(min((magnitude * Double(power)).rounded(), 9e18)).quotientAndRemainder(dividingBy: power)
    let digits = String(parts.remainder)
    let zeros = String(repeating: "0", count: max(0, places - digits.count))
    return (self < 0 ? "-" : "") + "\(parts.quotient)" + (places > 0 ? "." + zeros + digits : "")
  }
}
