import ArgumentParser

/// A number of bytes as people write it: `1048576`, `64k`, `1GiB`, `1.5 GB`.
enum ByteSize {
  /// What the letter of a unit stands for. With `iB` or alone it is a power of 1024, as in dd(1) and du(1); with `B` one
  /// of 1000.
  private static let powers: [Character: Int] = ["k": 1, "m": 2, "g": 3, "t": 4, "p": 5]

  /// The bytes that `text` stands for, at least one; parts of a byte are left out.
  ///
  /// Throws a sentence that says how sizes are written.
  static func bytes(of text: String) throws -> UInt64 {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let unit = text.dropFirst(digits.count).drop { $0 == " " }.lowercased()
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }), let factor = factor(of: unit) else {
      throw ValidationError(
        "write bytes, or a number with KiB, MiB, GiB or TiB (powers of 1024) or KB, MB, GB or TB (powers of 1000), such "
          + "as 64GiB")
    }
    let (bytes, overflows) = (UInt64(parts[0]) ?? .max).multipliedReportingOverflow(by: factor)
    let (sum, exceeds) = bytes.addingReportingOverflow(parts.count == 2 ? fraction(parts[1].prefix(18), of: factor) : 0)
    guard UInt64(parts[0]) != nil, !overflows, !exceeds else {
      throw ValidationError("it is more than 16 EiB, which no file has")
    }
    guard sum > 0 else { throw ValidationError("it must be at least one byte") }
    return sum
  }

  /// Bytes in the unit of this name, in lower case; nil when there is none.
  private static func factor(of unit: String) -> UInt64? {
    if unit.isEmpty || unit == "b" { return 1 }
    guard let letter = unit.first, let power = powers[letter] else { return nil }
    let base: UInt64
    switch unit.dropFirst() {
    case "", "ib": base = 1024
    case "b": base = 1000
    default: return nil
    }
    return (0..<power).reduce(1) { factor, _ in factor * base }
  }

  /// So much of `factor` as the digits behind the point tell.
  private static func fraction(_ digits: Substring, of factor: UInt64) -> UInt64 {
    let scale = (0..<digits.count).reduce(1 as UInt64) { scale, _ in scale * 10 }
    let product = factor.multipliedFullWidth(by: UInt64(digits) ?? 0)
    return scale.dividingFullWidth(product).quotient
  }
}
