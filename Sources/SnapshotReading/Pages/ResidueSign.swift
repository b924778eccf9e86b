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

  /// How many offsets are ruled out at once; and how many, where that fails.
  private static let (stepBytes, smallStepBytes) = (256, 32)
  /// How far behind the beginning of a sign may be what rules it in: of protobuf, `k8s\0`, that is the third byte.
  private static let lead = 2

  /// The first sign of `bytes` from `start` on; nil when there is none. Where the last byte is the first of a sign, nobody
  /// can tell. O(n), many bytes at a time.
  init?(_ choice: Choice = .all, in bytes: RawSpan, from start: Int) {
    var offset = start
    let last = bytes.byteCount - 1
    // Of the last offsets, what rules a sign in may not be there.
    let tail = max(start, last - Self.lead)
    while offset < tail {
      let end = min(offset + Self.stepBytes, tail)
      if bytes.mayHoldSign(choice, in: offset..<end) {
        while offset < end {
          let next = min(offset + Self.smallStepBytes, end)
          if bytes.mayHoldSign(choice, in: offset..<next),
            let sign = Self(choice, in: bytes, at: max(start, offset - Self.lead)..<next)
          {
            self = sign
            return
          }
          offset = next
        }
      }
      offset = end
    }
    self.init(choice, in: bytes, at: max(start, tail - Self.lead)..<max(start, last))
  }

  /// The first sign at an offset in `range`; one byte more must lie behind it.
  private init?(_ choice: Choice, in bytes: RawSpan, at range: Range<Int>) {
    for offset in range {
      if let kind = Self.kind(bytes.byte(at: offset), bytes.byte(at: offset + 1)), choice.includes(kind) {
        self.kind = kind
        self.offset = offset
        return
      }
    }
    return nil
  }

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
    default: first.distanceToSecretTrace(before: second) == 0 ? .trace : nil
    }
  }
}

extension ResidueSign.Choice {
  fileprivate func includes(_ kind: ResidueSign.Kind) -> Bool { self == .all || kind == .row || kind == .protobuf }
}

extension RawSpan {
  /// Whether what rules in a sign may lie at an offset in `range`; two bytes more must lie behind it.
  @inline(__always)
  fileprivate func mayHoldSign(_ choice: ResidueSign.Choice, in range: Range<Int>) -> Bool {
    switch choice {
    case .all: holdsZero(in: range) { $0.distanceToSign(before: $1, $2) }
    case .rowsAndProtobuf: holdsZero(in: range) { first, second, _ in first.distanceToRowOrProtobuf(before: second) }
    }
  }

  /// Whether `distance` is zero for the three bytes at some offset in `range`; two bytes more must lie behind it.
  ///
  /// Without a branch, so that the compiler makes vectors of it.
  @inline(__always)
  private func holdsZero(in range: Range<Int>, of distance: (UInt8, UInt8, UInt8) -> UInt8) -> Bool {
    let block = extracting(range.lowerBound..<(range.upperBound + 2))
    var least = UInt8.max
    for offset in 0..<range.count {
      // Sound: the block has two bytes more than are counted, and any byte is a UInt8.
      let first = unsafe block.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
      let second = unsafe block.unsafeLoad(fromUncheckedByteOffset: offset &+ 1, as: UInt8.self)
      let third = unsafe block.unsafeLoad(fromUncheckedByteOffset: offset &+ 2, as: UInt8.self)
      least = least.orLess(distance(first, second, third))
    }
    return least == 0
  }
}

extension UInt8 {
  /// Zero, if this byte and the two behind it rule in a sign; what differs from that in few bits counts too.
  @inline(__always)
  fileprivate func distanceToSign(before second: UInt8, _ third: UInt8) -> UInt8 {
    // `_`, zero, zero; `s` of `k8s`, zero, a tag from 0x0A to 0x22, longer than it need be perhaps; 0x1A, zero, a quote.
    let zero = ((self & 0x92) ^ 0x12) | second | (third & 0x45)
    // `{`, then a quote, the end of a line, a space or zero.
    let json = (self ^ 0x7B) | (second & 0xD5)
    // `az` or `ap`.
    let text = (self ^ 0x61) | ((second & 0xF5) ^ 0x70)
    // `ey` or `ew`, of JSON in base64; `7b` or `6b`, of `{` and `k` in hexadecimal digits.
    let base64 = (self ^ 0x65) | ((second & 0xF1) ^ 0x71)
    let hexadecimal = (self & 0xFE ^ 0x36) | (second & 0xDF ^ 0x42)
    // `"k`.
    let member = (self ^ 0x22) | (second ^ 0x6B)
    let cbor = (self ^ 0xD9) | (second ^ 0xD9)
    // `--`.
    let key = (self ^ 0x2D) | (second ^ 0x2D)
    // `}`, then the end of a line.
    let end = (self ^ 0x7D) | (second ^ 0x0A)
    return zero.orLess(json).orLess(text.orLess(member)).orLess(cbor.orLess(key).orLess(end))
      .orLess(base64.orLess(hexadecimal)).orLess(distanceToSecretTrace(before: second))
  }

  /// Zero, if this byte and the one behind it are `_` and zero, or `s` and zero, of `k8s`, or differ from that in few bits.
  @inline(__always)
  fileprivate func distanceToRowOrProtobuf(before second: UInt8) -> UInt8 { ((self & 0xD3) ^ 0x53) | second }
}
