import KubernetesStorage

/// Two bytes at which something may begin that is looked for among bytes that no page owns.
struct ResidueSign {
  /// What may begin there.
  enum Kind {
    /// A row: the separator of its revision, and the first byte of the sub revision (etcd mvcc/revision.go).
    case row
    /// An object in protobuf.
    case protobuf
    /// An object in another encoding.
    case object
    /// A sign of a Secret whose beginning is gone.
    case secret
  }

  let kind: Kind
  let offset: Int

  /// How many offsets are ruled out at once.
  fileprivate static let blockBytes = 64

  /// The first sign of `bytes` from `start` on; nil when there is none. Where the last byte is the first of a sign, nobody
  /// can tell. O(n), many bytes at a time.
  init?(in bytes: RawSpan, from start: Int) {
    var offset = start
    let last = bytes.byteCount - 1
    while offset < last {
      if offset + Self.blockBytes < bytes.byteCount, !bytes.mayHoldSign(at: offset) {
        offset += Self.blockBytes
        continue
      }
      let blockEnd = min(offset + Self.blockBytes, last)
      while offset < blockEnd {
        if let kind = Self.kind(bytes.byte(at: offset), bytes.byte(at: offset + 1)) {
          self.kind = kind
          self.offset = offset
          return
        }
        offset += 1
      }
    }
    return nil
  }

  private static func kind(_ first: UInt8, _ second: UInt8) -> Kind? {
    switch first {
    case UInt8(ascii: "_"): second == 0 ? .row : nil
    case UInt8(ascii: "k"): second == UInt8(ascii: "8") ? .protobuf : nil
    case UInt8(ascii: "{"): second == UInt8(ascii: "\"") || second == 0x0A || second == 0x20 ? .object : nil
    case UInt8(ascii: "a"): second == UInt8(ascii: "z") || second == UInt8(ascii: "p") ? .object : nil
    case 0xD9: second == 0xD9 ? .object : nil
    case 0x1A: second == 0 ? .secret : nil
    case UInt8(ascii: "-"): second == UInt8(ascii: "-") ? .secret : nil
    case UInt8(ascii: "\""): second == UInt8(ascii: "k") ? .secret : nil
    default: nil
    }
  }
}

extension RawSpan {
  /// Whether a sign begins at one of the ``ResidueSign/blockBytes`` offsets from `offset` on; one byte more must lie
  /// inside.
  ///
  /// Without a branch, so that the compiler makes comparisons of sixteen bytes at once of it.
  @inline(__always)
  fileprivate func mayHoldSign(at offset: Int) -> Bool {
    unsafe extracting(offset..<(offset + ResidueSign.blockBytes + 1)).withUnsafeBytes { block in
      var found: UInt8 = 0
      var index = 0
      while index < ResidueSign.blockBytes {
        // Sound: both offsets lie in the block, which has one byte more than are counted.
        let first = unsafe block[index]
        let second = unsafe block[index + 1]
        let zero: UInt8 = second == 0 && (first == 0x5F || first == 0x1A) ? 1 : 0
        let protobuf: UInt8 = first == 0x6B && second == 0x38 ? 1 : 0
        let json: UInt8 = first == 0x7B && (second == 0x22 || second == 0x0A || second == 0x20) ? 1 : 0
        let text: UInt8 = first == 0x61 && (second == 0x7A || second == 0x70) ? 1 : 0
        let cbor: UInt8 = first == 0xD9 && second == 0xD9 ? 1 : 0
        let other: UInt8 = first == 0x2D && second == 0x2D || first == 0x22 && second == 0x6B ? 1 : 0
        found |= zero | protobuf | json | text | cbor | other
        index += 1
      }
      return found != 0
    }
  }
}
