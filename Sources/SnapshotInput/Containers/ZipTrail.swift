/// What passes by of a zip archive while it is read: as many of the last bytes as are needed to find the header of an
/// entry again, and at the end all of the directory.
struct ZipTrail {
  /// A header's fixed part, and the longest name and extra fields (APPNOTE.TXT 4.3.7).
  private static let headerBytes = 30 + 2 * 65_535
  /// A directory of a hundred thousand entries has some megabytes.
  private static let directoryBytes = 64 << 20

  private var bytes: [UInt8] = []
  /// Where the first of ``bytes`` stands in the archive.
  private var start: UInt64 = 0

  /// Takes the next bytes of the archive, of which those before `used` were read; answers false when there is more behind
  /// that than a directory may have.
  mutating func append(_ block: UnsafeRawBufferPointer, used: UInt64) -> Bool {
    let surplus = Int(clamping: used - min(used, start)) - Self.headerBytes
    if surplus > 0 {
      bytes.removeFirst(min(surplus, bytes.count))
      start += UInt64(surplus)
    }
    // Sound: the block is read inside the call that lends it.
    unsafe bytes.append(contentsOf: block)
    return bytes.count <= Self.directoryBytes
  }

  /// The entry whose header ends, and whose data begins, at `dataOffset`, and begins at `lowest` or behind; nil when
  /// there is none, or more than one may be meant.
  func entry(dataOffset: UInt64, from lowest: UInt64) -> ZipDirectory.LocalEntry? {
    guard dataOffset >= start, dataOffset - start <= UInt64(bytes.count) else { return nil }
    let end = Int(dataOffset - start)
    var entry: ZipDirectory.LocalEntry?
    var offset = max(0, end - Self.headerBytes, Int(clamping: lowest - min(lowest, start)))
    while offset + 30 <= end {
      if bytes[offset] == 0x50, let found = self.entry(at: offset, end: end) {
        guard entry == nil else { return nil }
        entry = found
      }
      offset += 1
    }
    return entry
  }

  private func entry(at offset: Int, end: Int) -> ZipDirectory.LocalEntry? {
    guard bytes[offset...].starts(with: [0x50, 0x4B, 0x03, 0x04]) else { return nil }
    func number(_ place: Int) -> Int { Int(bytes[offset + place]) | Int(bytes[offset + place + 1]) << 8 }
    let (nameBytes, extraBytes) = (number(26), number(28))
    guard offset + 30 + nameBytes + extraBytes == end else { return nil }
    return ZipDirectory.LocalEntry(
      offset: start + UInt64(offset), dataOffset: start + UInt64(end),
      name: Array(bytes[offset + 30..<offset + 30 + nameBytes]), method: UInt16(number(8)))
  }

  /// The bytes from `offset` of the archive on; nil when they are not there any more.
  func bytes(from offset: UInt64) -> [UInt8]? {
    guard offset >= start, offset - start <= UInt64(bytes.count) else { return nil }
    return Array(bytes[Int(offset - start)...])
  }
}
