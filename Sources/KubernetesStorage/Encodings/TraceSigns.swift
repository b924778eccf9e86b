import ByteViews

/// The two bytes that a ``SecretTrace`` begins with.
package enum TraceSigns {
  /// Of gzip; and of zlib with any of its eight windows, at one of its four levels.
  static let deflateRows: [[UInt8]] =
    [[0x1F, 0x8B]]
    + (0..<8).map { window in
      let method = UInt8(window << 4 | 8)
      return [method] + (UInt8.min...UInt8.max).filter { PackedHead.isZlib(method, $0) }
    }

  /// All of them: a first byte, and those that may follow it.
  package static let rows: [[UInt8]] =
    deflateRows + [
      // `S` and `\`, of text and of text in UTF-16.
      [0x53, 0x65, 0x5C, 0], [0x5C, 0x75, 0x5C, 0],
      // `53`, and `5c` in small and large digits.
      [0x35, 0x33, 0x63, 0x43],
      // `U2`, `Nl`, and `TZ` or `T` at the end of a line.
      [0x55, 0x32], [0x4E, 0x6C], [0x54, 0x5A, 0x0A],
      // `XH`, `x1`, `cd`.
      [0x58, 0x48], [0x78, 0x31], [0x63, 0x64],
    ]

  /// All of them.
  package static let all = BytePairs(rows)
  /// Those of what is packed: in ciphertext they are rare.
  static let deflate = BytePairs(deflateRows)
  /// Those of the word `Secret`.
  static let word = BytePairs([[0x53, 0x65]])
}
