import ByteViews
import CZlib

/// The CRC-32 at the end of every value of a case: of its key, then of the value before it.
///
/// It tells bytes that a disk or a copy changed; whoever changes them on purpose can make it right. For that there is the log.
enum RecordChecksum {
  /// Bytes that it has.
  static let byteCount = 4

  static func of(_ key: RawSpan, _ value: RawSpan) -> UInt32 {
    UInt32(truncatingIfNeeded: add(value, to: add(key, to: 0)))
  }

  private static func add(_ bytes: RawSpan, to sum: UInt) -> UInt {
    // zlib begins anew where it is handed no bytes at all.
    if bytes.isEmpty { return sum }
    // Sound: the buffer is read inside the call that lends it, and no value has 4 GiB.
    return unsafe bytes.withUnsafeBytes { bytes in
      unsafe UInt(crc32(uLong(sum), bytes.bindMemory(to: UInt8.self).baseAddress, uInt(bytes.count)))
    }
  }

  /// The value before its checksum; nil where that is wrong.
  @_lifetime(copy value)
  static func checked(_ value: RawSpan, of key: RawSpan) -> RawSpan? {
    let count = value.byteCount - byteCount
    guard count >= 0 else { return nil }
    let payload = value.extracting(0..<count)
    return value.bigEndian(at: count, as: UInt32.self) == of(key, payload) ? payload : nil
  }
}

extension [UInt8] {
  /// Adds the checksum of this value of `key`.
  mutating func appendChecksum(of key: RawSpan) { append(bigEndian: RecordChecksum.of(key, rawSpan)) }
}
