import ByteViews

/// Tells compressed bytes from ciphertext, which they resemble in all else.
///
/// No provider compresses. Whoever stores a compressed object behind a provider's prefix hides it from every count of
/// bytes, and everybody can unpack it. So what begins like the stream of a well-known program is held against the structure
/// of that stream:
///
/// | format | what must be so | of random bytes at one offset |
/// |---|---|---|
/// | gzip (RFC 1952) | first 10 bytes, then deflate data that decode | less than 10⁻¹³ |
/// | zlib (RFC 1950) | `78` and its check, then deflate data that end with the right Adler-32, or hold an object | less than 10⁻¹³ |
/// | zstd (RFC 8878) | magic, a valid header, and blocks one behind the other to the end of the body | 2⁻⁴⁶ |
/// | lz4 | magic, version, reserved bits, and a first block that fits | 2⁻⁴⁹ |
/// | xz, bzip2, 7z, zip, snappy's frames | their 6 to 10 first bytes; of zip, version and method | 2⁻⁴⁸ or less |
///
/// A stream is looked for where the body of a provider begins, and behind what it writes before ciphertext. All of it
/// together takes less than one of 10¹² real ciphertexts for compressed. Other formats, and deflate data without a header,
/// are not recognised.
enum CompressedStream {
  /// Where in a body text may begin that was put in the place of ciphertext: at once, or behind nonce, IV, nonce and tag, or
  /// info and nonce.
  private static let starts = [0, 12, 16, 24, 40, 44]
  /// Bytes that a forger may put behind a stream, as padding or in the place of a tag.
  private static let longestTail = 64

  /// Whether one begins in `range` of `value`. O(1) but for one of some twenty ranges.
  static func isPresent(in value: RawSpan, _ range: Range<Int>) -> Bool {
    let body = value.extracting(range)
    for start in starts where begins(in: body, at: start) { return true }
    return false
  }

  private static func begins(in body: RawSpan, at start: Int) -> Bool {
    guard start + 16 <= body.byteCount else { return false }
    switch body.byte(at: start) {
    case 0x1F: return isGzip(body, start)
    case 0x78: return isZlib(body, start)
    case 0x28: return isZstd(body, start)
    case 0x04: return isLZ4(body, start)
    case 0xFD: return body.holds([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00, 0x00], at: start)
    case 0x37: return body.holds([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0x00], at: start)
    case 0xFF: return body.holds([0xFF, 0x06, 0x00, 0x00, 0x73, 0x4E, 0x61, 0x50, 0x70, 0x59], at: start)
    case UInt8(ascii: "B"):
      // Behind the level the digits of π, or of its root where nothing follows.
      return body.holds("BZh", at: start)
        && (body.holds([0x31, 0x41, 0x59, 0x26, 0x53, 0x59], at: start + 4)
          || body.holds([0x17, 0x72, 0x45, 0x38, 0x50, 0x90], at: start + 4))
    case UInt8(ascii: "P"):
      // PKWARE APPNOTE 4.3.7: the version needed is 6.3 at most, 4.4.5: the method.
      return body.holds("PK\u{3}\u{4}", at: start) && body.byte(at: start + 4) <= 63 && body.byte(at: start + 5) == 0
        && [0, 8, 9, 12, 14, 93, 95].contains(body.byte(at: start + 8)) && body.byte(at: start + 9) == 0
    default: return false
    }
  }

  /// Where the deflate data begin of a stream of gzip or zlib that seems to begin at `start`; nil when none does.
  static func startOfDeflateData(in bytes: RawSpan, at start: Int) -> Int? {
    guard start + 16 <= bytes.byteCount else { return nil }
    return bytes.byte(at: start) == 0x1F ? startOfGzipData(bytes, start) : startOfZlibData(bytes, start)
  }

  /// RFC 1950 §2.2: method 8 and the window of 32 KiB, which all write; no dictionary.
  private static func startOfZlibData(_ body: RawSpan, _ start: Int) -> Int? {
    let flags = body.byte(at: start + 1)
    guard body.byte(at: start) == 0x78, (0x7800 + Int(flags)) % 31 == 0, flags & 0x20 == 0 else { return nil }
    return start + 2
  }

  /// RFC 1952 §2.3: method 8, three reserved flags, XFL 0, 2 or 4, OS up to 13 or 255; then what the flags announce.
  private static func startOfGzipData(_ body: RawSpan, _ start: Int) -> Int? {
    guard body.holds([0x1F, 0x8B, 0x08], at: start) else { return nil }
    let flags = body.byte(at: start + 3)
    guard flags & 0xE0 == 0, [0, 2, 4].contains(body.byte(at: start + 8)),
      body.byte(at: start + 9) <= 13 || body.byte(at: start + 9) == 255
    else { return nil }
    var next = start + 10
    if flags & 0x04 != 0 { next += 2 + Int(body.byte(at: next)) + Int(body.byte(at: next + 1)) << 8 }
    for flag: UInt8 in [0x08, 0x10] where flags & flag != 0 {
      guard next < body.byteCount, let end = body.offset(of: 0, from: next) else { return nil }
      next = end + 1
    }
    if flags & 0x02 != 0 { next += 2 }
    return next < body.byteCount ? next : nil
  }

  private static func isGzip(_ body: RawSpan, _ start: Int) -> Bool {
    guard let next = startOfGzipData(body, start) else { return false }
    var reader = DeflateReader(body, from: next)
    defer { reader.wipe() }
    switch reader.read() {
    case .goesOn: return true
    case .ended(_, let decoded, _): return decoded >= 16
    case .limited, .broken: return false
    }
  }

  private static func isZlib(_ body: RawSpan, _ start: Int) -> Bool {
    guard let next = startOfZlibData(body, start) else { return false }
    let limit = DeflateReader.workLimit(forBytes: body.byteCount)
    var reader = DeflateReader(body, from: next, isWhole: true, atMost: limit)
    defer { reader.wipe() }
    let outcome = reader.read()
    // Random bytes don't unpack to so much.
    if outcome == .limited { return true }
    if case .ended(let end, _, let adler32) = outcome, end + 4 <= body.byteCount,
      (0..<4).reduce(UInt32(0), { $0 << 8 | UInt32(body.byte(at: end + $1)) }) == adler32
    {
      return true
    }
    return reader.holdsObject
  }

  /// RFC 8878 §3.1.1: the header, then blocks of at most 128 KiB, of which the last says that it is.
  private static func isZstd(_ body: RawSpan, _ start: Int) -> Bool {
    guard body.holds([0x28, 0xB5, 0x2F, 0xFD], at: start) else { return false }
    let descriptor = body.byte(at: start + 4)
    guard descriptor & 0x08 == 0 else { return false }
    let isSingleSegment = descriptor & 0x20 != 0
    let sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][Int(descriptor >> 6)]
    var next = start + 5 + (isSingleSegment ? 0 : 1) + [0, 1, 2, 4][Int(descriptor & 3)] + sizeBytes
    while next + 3 <= body.byteCount {
      let header = Int(body.byte(at: next)) | Int(body.byte(at: next + 1)) << 8 | Int(body.byte(at: next + 2)) << 16
      let (type, size) = (header >> 1 & 3, header >> 3)
      guard type != 3, size <= 128 << 10 else { return false }
      next += 3 + (type == 1 ? 1 : size)
      guard header & 1 == 0 else { return ends(at: next + (descriptor & 0x04 != 0 ? 4 : 0), body) }
    }
    return false
  }

  /// Whether what follows a stream that ends at `end` may be padding or a tag, or is another stream of the kind.
  private static func ends(at end: Int, _ body: RawSpan) -> Bool {
    guard end <= body.byteCount else { return false }
    return body.byteCount - end <= longestTail || body.holds([0x28, 0xB5, 0x2F, 0xFD], at: end)
  }

  /// LZ4 frame format 1.6: version 1, reserved bits, a maximum of 64 KiB to 4 MiB for blocks, a first block that keeps to it.
  private static func isLZ4(_ body: RawSpan, _ start: Int) -> Bool {
    guard body.holds([0x04, 0x22, 0x4D, 0x18], at: start) else { return false }
    let (flags, block) = (body.byte(at: start + 4), body.byte(at: start + 5))
    guard flags & 0xC2 == 0x40, block & 0x8F == 0, block >> 4 >= 4 else { return false }
    let next = start + 6 + (flags & 0x08 != 0 ? 8 : 0) + (flags & 0x01 != 0 ? 4 : 0) + 1
    guard next + 4 <= body.byteCount else { return false }
    let size = (0..<4).reduce(0) { $0 | Int(body.byte(at: next + $1)) << (8 * $1) } & 0x7FFF_FFFF
    return size > 0 && size <= 1 << (8 + 2 * Int(block >> 4)) && next + 4 + size <= body.byteCount
  }
}
