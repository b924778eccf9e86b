import ByteViews

/// Tells compressed bytes from ciphertext, which they resemble in all else.
///
/// No provider compresses. Whoever stores a compressed object behind a provider's prefix hides it from every count of
/// bytes, and everybody can unpack it. What unfolds to an object is one; of the rest, what begins like the stream of a
/// well-known program is held against the structure of that stream:
///
/// | format | what must be so | of random bytes at one offset |
/// |---|---|---|
/// | gzip (RFC 1952) | first 10 bytes, then deflate data that decode | less than 10⁻¹³ |
/// | zlib (RFC 1950) | method, window and their check, then deflate data that end with the right Adler-32 | less than 10⁻¹³ |
/// | zstd (RFC 8878) | magic, a valid header, and blocks one behind the other to the end of the body | 2⁻⁴⁶ |
/// | lz4 | magic, version, reserved bits, and a first block that fits | 2⁻⁴⁹ |
/// | lzma | properties, a size of dictionary and of contents that are written, and the first byte of the coder | 2⁻⁶⁵ |
/// | xz, bzip2, 7z, zip, snappy's frames | their 6 to 10 first bytes; of zip, version and method | 2⁻⁴⁸ or less |
///
/// A stream is looked for where the body of a provider begins, and behind what it writes before ciphertext; one of gzip, or
/// of zlib as its levels begin, at every other place too. All of it together takes less than one of 10¹² real ciphertexts for
/// compressed. Other formats, and deflate data without a header, are not recognised.
enum CompressedStream {
  /// What a body that holds one is.
  enum Content {
    /// An object, which it unfolds to.
    case object(ObjectMarker)
    /// Something else.
    case other

    /// The same of bytes that begin `count` bytes later.
    fileprivate func shifted(by count: Int) -> Content {
      switch self {
      case .object(let object): .object(ObjectMarker(encoding: object.encoding, offset: object.offset + count))
      case .other: self
      }
    }
  }

  /// Where in a body text may begin that was put in the place of ciphertext: at once, or behind nonce, IV, nonce and tag, or
  /// info and nonce.
  private static let starts = [0, 12, 16, 24, 40, 44]
  /// The first two bytes of all of them, behind which the rest is looked at: one of 1500 random pairs is one.
  static let heads = BytePairs(
    TraceSigns.deflateRows + (0x50...0x5F).map { [$0, 0x2A] } + [
      [0x28, 0xB5], [0x04, 0x22], [0x5D, 0], [0xFD, 0x37], [0x37, 0x7A], [0xFF, 0x06],
      Array("BZ".utf8), Array("PK".utf8),
    ], usesVectors: false)

  /// Bytes that a forger may put behind a stream, as padding or in the place of a tag.
  private static let longestTail = 64

  /// The bytes that may be examined, or unfolded, while `count` bytes are searched. What unfolds to more is no ciphertext:
  /// random bytes do so less than once in 10¹² values, since of those that decode at all, each 128 bytes further less than a
  /// third do.
  static func workLimit(forBytes count: Int) -> Int { 4 * count + 1792 }

  /// What a stream in `range` of `value` makes of it; nil when there is none. O(1) but for one of some hundred ranges.
  ///
  /// - Parameter examined: grows by the bytes that had to be read or unfolded, ``workLimit(forBytes:)`` at most.
  static func content(of value: RawSpan, in range: Range<Int>, _ examined: inout Int) -> Content? {
    let body = value.extracting(range)
    let limit = examined + workLimit(forBytes: range.count)
    for start in starts {
      if let content = content(of: body, at: start, limit, &examined) { return content.shifted(by: range.lowerBound) }
    }
    guard let place = SecretTrace.deflated(in: body, limit, &examined) else { return nil }
    return (content(of: body, at: place, limit, &examined) ?? .other).shifted(by: range.lowerBound)
  }

  /// As ``content(of:in:_:)``, of a stream that all of `range` is.
  static func content(of value: RawSpan, beginning range: Range<Int>, _ examined: inout Int) -> Content? {
    let limit = examined + workLimit(forBytes: range.count)
    return content(of: value.extracting(range), at: 0, limit, &examined)?.shifted(by: range.lowerBound)
  }

  private static func content(of body: RawSpan, at start: Int, _ limit: Int, _ examined: inout Int) -> Content? {
    guard let first = body.peek(at: start), let second = body.peek(at: start + 1), heads.contains(first, second) else {
      return nil
    }
    if PackedHead.format(of: body, at: start) != nil {
      let object = body.extracting(start..<body.byteCount).withUnfolded(atMost: limit, &examined) { text in
        Encoding(wrapped: text)
      }
      if let object, let encoding = object { return .object(ObjectMarker(encoding: encoding, offset: start)) }
    }
    return begins(in: body, at: start, limit, &examined) ? .other : nil
  }

  private static func begins(in body: RawSpan, at start: Int, _ limit: Int, _ examined: inout Int) -> Bool {
    guard start + 16 <= body.byteCount else { return false }
    switch body.byte(at: start) {
    case 0x1F: return PackedHead.isCommonGzip(body, at: start) && isDeflated(body, start, limit, &examined)
    case _ where PackedHead.format(of: body, at: start) == .zstd: return isZstd(body, start)
    case 0x04: return isLZ4(body, start)
    case 0x5D: return isLZMA(body, start)
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
    default: return PackedHead.isZlib(body, at: start) && isDeflated(body, start, limit, &examined)
    }
  }

  /// Whether gzip or zlib at `start` are what chance does not bring about: of gzip, whose head is long, a stream that ends.
  private static func isDeflated(_ body: RawSpan, _ start: Int, _ limit: Int, _ examined: inout Int) -> Bool {
    guard var stream = Unfolding(body, at: start, atMost: limit - examined, examined: &examined) else {
      return false
    }
    defer { stream.wipe() }
    if stream.isConvincing { return true }
    guard case .whole = stream.end else { return false }
    return body.byte(at: start) == 0x1F && stream.bytes.count >= 16
  }

  /// lzma's own format, before xz: properties that are not the default hardly occur; a dictionary of 2ⁿ or 3 · 2ⁿ bytes; a size
  /// of contents that is unknown or below 4 GiB; and a coder whose first byte is always zero.
  private static func isLZMA(_ body: RawSpan, _ start: Int) -> Bool {
    let dictionary = (1...4).reduce(0) { $0 | Int(body.byte(at: start + $1)) << (8 * ($1 - 1)) }
    guard dictionary >= 4096, body.byte(at: start + 13) == 0 else { return false }
    let head = dictionary >> dictionary.trailingZeroBitCount
    guard head == 1 || head == 3 else { return false }
    let sizeIsUnknown = (5..<13).allSatisfy { body.byte(at: start + $0) == 0xFF }
    return sizeIsUnknown || (9..<13).allSatisfy { body.byte(at: start + $0) == 0 }
  }

  /// RFC 8878 §3.1.1: the header, then blocks of at most 128 KiB, of which the last says that it is.
  private static func isZstd(_ body: RawSpan, _ start: Int) -> Bool {
    var start = start
    while let length = ZstdReader.skippableBytes(in: body, at: start) { start += length }
    guard let blocks = ZstdReader.blocks(in: body, at: start) else { return false }
    var next = blocks.start
    while next + 3 <= body.byteCount {
      let header = Int(body.byte(at: next)) | Int(body.byte(at: next + 1)) << 8 | Int(body.byte(at: next + 2)) << 16
      let (type, size) = (header >> 1 & 3, header >> 3)
      guard type != 3, size <= 128 << 10 else { return false }
      next += 3 + (type == 1 ? 1 : size)
      guard header & 1 == 0 else { return ends(at: next + blocks.checksumBytes, body) }
    }
    return false
  }

  /// Whether what follows a stream that ends at `end` may be padding or a tag, or is another stream of the kind.
  private static func ends(at end: Int, _ body: RawSpan) -> Bool {
    guard end <= body.byteCount else { return false }
    return body.byteCount - end <= longestTail || PackedHead.isZstd(body, at: end)
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
