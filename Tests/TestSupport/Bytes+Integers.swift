extension [UInt8] {
  /// Appends every byte of `value`, in `order`.
  mutating func append(_ value: some FixedWidthInteger & UnsignedInteger, _ order: BoltWriter.ByteOrder) {
    let width = value.bitWidth / 8
    for index in 0..<width {
      let place = order == .little ? index : width - 1 - index
      append(UInt8(truncatingIfNeeded: value >> (8 * place)))
    }
  }

  /// The bytes of a hexadecimal dump such as `"0a 03 66 6f 6f"`; everything that isn't a hexadecimal digit is skipped.
  ///
  /// - Precondition: the number of digits is even.
  public init(hex: String) {
    let digits = hex.compactMap(\.hexDigitValue)
    precondition(digits.count.isMultiple(of: 2), "a byte has two hexadecimal digits")
    self = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }

  /// The eight bytes of `value`, most significant first, as etcd writes its integers on every machine.
  public init(bigEndian value: UInt64) {
    self = []
    append(value, .big)
  }

  /// The bytes, then zeros up to a length of `count`.
  func padded(to count: Int) -> [UInt8] {
    self + [UInt8](repeating: 0, count: Swift.max(0, count - self.count))
  }
}
