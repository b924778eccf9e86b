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
    guard let offset = pairs.firstOffset(in: bytes, from: start, before: bytes.byteCount - 1) else { return nil }
    kind = Self.kind(bytes.byte(at: offset), bytes.byte(at: offset + 1))
    self.offset = offset
  }

  /// A first byte, and those that may follow it, of each kind but traces.
  private static let (rows, protobuf): ([[UInt8]], [[UInt8]]) = ([[0x5F, 0]], [[0x6B, 0x38]])
  private static let objects: [[UInt8]] = [
    // `{`, also with a zero byte behind it, in UTF-16; `az` and `ap`.
    [0x7B, 0x22, 0x0A, 0x20, 0], [0x61, 0x7A, 0x70],
    // In base64 `ey` and `ew`, and in hexadecimal digits `7b` and `6b`.
    [0x65, 0x79, 0x77], [0x37, 0x62, 0x42], [0x36, 0x62, 0x42],
    [0xD9, 0xD9],
  ]
  /// `1a 00`, `--`, `"k`, and `}` at the end of a line.
  private static let secrets: [[UInt8]] = [[0x1A, 0], [0x2D, 0x2D], [0x22, 0x6B], [0x7D, 0x0A]]

  private static let pairsOfRowsAndProtobuf = BytePairs(rows + protobuf)
  private static let pairs = BytePairs(rows + protobuf + objects + secrets + TraceSigns.rows)
  private static let (pairsOfObjects, pairsOfSecrets) = (BytePairs(objects), BytePairs(secrets))

  /// What may begin with these two bytes, which are one of the pairs.
  private static func kind(_ first: UInt8, _ second: UInt8) -> Kind {
    if pairsOfRowsAndProtobuf.contains(first, second) { return first == rows[0][0] ? .row : .protobuf }
    if pairsOfObjects.contains(first, second) { return .object }
    return pairsOfSecrets.contains(first, second) ? .secret : .trace
  }
}
