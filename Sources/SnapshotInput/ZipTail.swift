/// The last bytes of a zip archive, where its directory ends (APPNOTE.TXT 4.3.16).
///
/// An archive is read from its front, entry by entry, and needs no directory for that; but only the record at the end
/// shows that nothing is missing.
struct ZipTail {
  private static let recordBytes = 22
  private static let commentBytes = 65_535
  private var bytes: [UInt8] = []

  /// Notes the next bytes of the archive.
  mutating func append(_ block: UnsafeRawBufferPointer) {
    let limit = Self.recordBytes + Self.commentBytes
    // Sound: the block is read inside the call that lends it.
    unsafe bytes.append(contentsOf: block.suffix(limit))
    if bytes.count > limit { bytes.removeFirst(bytes.count - limit) }
  }

  /// The number of entries that the directory lists, as its end record has it; nil when there is no such record.
  var entryCount: UInt16? {
    let mark: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
    var start = bytes.count - Self.recordBytes
    while start >= 0 {
      if bytes[start] == mark[0], bytes[start...].starts(with: mark),
        start + Self.recordBytes + Int(number(at: start + 20)) == bytes.count
      {
        return number(at: start + 10)
      }
      start -= 1
    }
    return nil
  }

  private func number(at offset: Int) -> UInt16 {
    UInt16(bytes[offset]) | UInt16(bytes[offset + 1]) << 8
  }
}
