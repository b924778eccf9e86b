import ByteViews
import KubernetesStorage

/// Two bytes at which something may begin that is looked for among bytes that no page owns.
struct ResidueSign {
  /// What may begin there.
  package enum Kind {
    /// A row: the separator of its revision, and the first byte of the sub revision (etcd mvcc/revision.go).
    case row
    /// An object in protobuf.
    case protobuf
    /// An object in another encoding.
    case object
    /// A sign of a Secret whose beginning is gone.
    case secret
    /// A ``SecretTrace``.
    case trace
  }

  /// Which signs are looked for.
  enum Choice {
    case all
    /// Those that bytes are doubted for: ``Kind/row`` and ``Kind/protobuf``.
    case rowsAndProtobuf
  }

  let kind: Kind
  let offset: Int

  /// The first sign of `bytes` from `start` on; nil when there is none. Where the last byte is the first of a sign, nobody
  /// can tell. O(n), many bytes at a time.
  init?(_ choice: Choice = .all, in bytes: RawSpan, from start: Int) {
    let pairs = choice == .all ? Self.pairs : Self.pairsOfRowsAndProtobuf
    guard let offset = pairs.firstOffset(in: bytes, from: start, before: bytes.byteCount - 1),
      let kind = Self.kind(bytes.byte(at: offset), bytes.byte(at: offset + 1))
    else { return nil }
    self.kind = kind
    self.offset = offset
  }

  /// As ``kind(_:_:)`` has them: a first byte, and those that may follow it.
  private static let rowsAndProtobuf: [[UInt8]] = [[0x5F, 0], [0x6B, 0x38]]
  private static let pairsOfRowsAndProtobuf = BytePairs(rowsAndProtobuf)
  private static let pairs = BytePairs(
    rowsAndProtobuf + [
      // `{`; `az` and `ap`; `ey` and `ew`; `7b` and `6b`.
      [0x7B, 0x22, 0x0A, 0x20, 0], [0x61, 0x7A, 0x70], [0x65, 0x79, 0x77], [0x37, 0x62, 0x42], [0x36, 0x62, 0x42],
      [0xD9, 0xD9], [0x1A, 0],
      // `--`, `"k`, and `}` at the end of a line.
      [0x2D, 0x2D], [0x22, 0x6B], [0x7D, 0x0A],
    ] + TraceSigns.rows)

  private static func kind(_ first: UInt8, _ second: UInt8) -> Kind? {
    switch first {
    case UInt8(ascii: "_"): second == 0 ? .row : nil
    case UInt8(ascii: "k"): second == UInt8(ascii: "8") ? .protobuf : nil
    // With a zero byte behind it, in UTF-16.
    case UInt8(ascii: "{"):
      second == UInt8(ascii: "\"") || second == 0x0A || second == 0x20 || second == 0 ? .object : nil
    case UInt8(ascii: "a"): second == UInt8(ascii: "z") || second == UInt8(ascii: "p") ? .object : nil
    // In base64, and in hexadecimal digits.
    case UInt8(ascii: "e"): second == UInt8(ascii: "y") || second == UInt8(ascii: "w") ? .object : nil
    case UInt8(ascii: "7"), UInt8(ascii: "6"): second | 0x20 == UInt8(ascii: "b") ? .object : nil
    case 0xD9: second == 0xD9 ? .object : nil
    case 0x1A: second == 0 ? .secret : nil
    case UInt8(ascii: "-"): second == UInt8(ascii: "-") ? .secret : nil
    case UInt8(ascii: "\""): second == UInt8(ascii: "k") ? .secret : nil
    case UInt8(ascii: "}"): second == 0x0A ? .secret : nil
    default: TraceSigns.all.contains(first, second) ? .trace : nil
    }
  }
}
