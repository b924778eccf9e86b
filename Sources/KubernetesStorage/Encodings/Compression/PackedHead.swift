import ByteViews

/// The first bytes of gzip, zlib and zstd.
enum PackedHead {
  /// A format that can be unfolded.
  enum Format { case gzip, zlib, zstd }

  /// Bytes without which none of them is anything.
  private static let leastBytes = 16

  /// Which format may begin at `start`: of random bytes, one of 1000 does.
  static func format(of bytes: RawSpan, at start: Int) -> Format? {
    guard let first = bytes.peek(at: start) else { return nil }
    if first == 0x1F { return isGzip(bytes, at: start) ? .gzip : nil }
    if first == 0x28 || first & 0xF0 == 0x50, isZstd(bytes, at: start) { return .zstd }
    return first & 0x8F == 0x08 && isZlib(bytes, at: start) ? .zlib : nil
  }

  /// RFC 1952 §2.3: method 8. A reader must refuse the three flags that are reserved, as gzip and zlib do; those of Python, Go
  /// and Java don't look at them.
  static func isGzip(_ bytes: RawSpan, at start: Int) -> Bool {
    start + leastBytes <= bytes.byteCount && bytes.holds([0x1F, 0x8B, 0x08], at: start)
  }

  /// Whether a member of gzip begins at `start`, or may begin there if more bytes come.
  static func mayBeginGzip(_ bytes: RawSpan, at start: Int) -> Bool {
    start + leastBytes > bytes.byteCount || isGzip(bytes, at: start)
  }

  /// Whether no flag is reserved, and XFL and OS are what is written: 0, 2 or 4, and up to 13 or 255. Who unfolds a stream does
  /// not look at them.
  static func isCommonGzip(_ bytes: RawSpan, at start: Int) -> Bool {
    guard isGzip(bytes, at: start) else { return false }
    return bytes.byte(at: start + 3) & 0xE0 == 0 && [0, 2, 4].contains(bytes.byte(at: start + 8))
      && (bytes.byte(at: start + 9) <= 13 || bytes.byte(at: start + 9) == 255)
  }

  /// Where the deflate data begin of a member of gzip: behind what the flags announce. Nil where no member begins at `start`.
  ///
  /// - Parameter examined: grows by the bytes of the names.
  static func gzipData(in bytes: RawSpan, at start: Int, _ examined: inout Int) -> Int? {
    guard isGzip(bytes, at: start) else { return nil }
    let flags = bytes.byte(at: start + 3)
    var next = start + 10
    if flags & 0x04 != 0 { next += 2 + Int(bytes.byte(at: next)) + Int(bytes.byte(at: next + 1)) << 8 }
    for flag: UInt8 in [0x08, 0x10] where flags & flag != 0 {
      guard next < bytes.byteCount else { return nil }
      let end = bytes.offset(of: 0, from: next)
      examined += (end ?? bytes.byteCount) - next
      guard let end else { return nil }
      next = end + 1
    }
    if flags & 0x02 != 0 { next += 2 }
    examined += 10
    return next < bytes.byteCount ? next : nil
  }

  /// Bytes of zlib's head.
  static let zlibBytes = 2

  /// RFC 1950 §2.2: method 8, a window of up to 32 KiB, the check of both bytes, no dictionary.
  static func isZlib(_ bytes: RawSpan, at start: Int) -> Bool {
    guard start + 10 <= bytes.byteCount else { return false }
    return isZlib(bytes.byte(at: start), bytes.byte(at: start + 1))
  }

  /// Whether these two bytes are such a head: of each window, one for each of four levels.
  static func isZlib(_ method: UInt8, _ flags: UInt8) -> Bool {
    method & 0x8F == 0x08 && (Int(method) << 8 + Int(flags)) % 31 == 0 && flags & 0x20 == 0
  }

  /// The magic of zstd, or of a frame that it passes over.
  static func isZstd(_ bytes: RawSpan, at start: Int) -> Bool {
    bytes.holds(ZstdReader.magic, at: start) || ZstdReader.skippableBytes(in: bytes, at: start) != nil
  }
}
