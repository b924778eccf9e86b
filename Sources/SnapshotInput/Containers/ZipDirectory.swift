/// The directory at the end of a zip archive (APPNOTE.TXT 4.3.12 to 4.3.16).
///
/// An archive is read from its front, entry by entry. Other programs go by the directory: where the two tell different
/// stories, something would be examined that others don't see, or the other way round.
struct ZipDirectory {
  /// In the order of their places in the archive.
  let entries: [Entry]

  /// Why a directory is none, or does not belong to the archive.
  struct Fault: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
  }

  /// Reads the directory that `bytes` are, from `start` of the archive to its end; nil when it is cut.
  init?(_ bytes: [UInt8], at start: UInt64) throws(Fault) {
    var reader = ZipReader(bytes)
    var entries: [Entry] = []
    while reader.begins(with: [0x50, 0x4B, 0x01, 0x02]) {
      guard let entry = Entry(&reader) else { return nil }
      entries.append(entry)
    }
    let byteCount = UInt64(reader.position)
    guard let end = try End(&reader, at: start) else { return nil }
    guard end.entryCount == UInt64(entries.count) else {
      throw Fault("\(entries.count) entries are listed, and \(end.entryCount) are counted")
    }
    guard end.offset == start, end.byteCount == byteCount else {
      throw Fault("its directory is not where it should be: perhaps two archives follow one another")
    }
    self.entries = entries.sorted { $0.offset < $1.offset }
  }

  /// Throws when other programs would not find in the archive what was read of it: `found` are its entries in the order in
  /// which they were read, and `end` is where the last one ends.
  func check(_ found: [LocalEntry], end: UInt64) throws(Fault) {
    guard entries.count == found.count else {
      throw Fault("\(found.count) entries were found, and \(entries.count) are listed")
    }
    for (entry, local) in zip(entries, found) {
      guard entry.offset == local.offset, entry.name == local.name, entry.method == local.method else {
        throw Fault("its directory leads elsewhere than to the entries that were read")
      }
      guard local.byteCount == nil || local.byteCount == entry.byteCount else {
        throw Fault("its directory gives an entry another size")
      }
    }
    // 4.3.9: behind the data may stand its sizes and checksum, in 12 to 24 bytes.
    let starts = found.dropFirst().map(\.offset) + [end]
    for ((entry, local), next) in zip(zip(entries, found), starts) {
      let (dataEnd, overflow) = local.dataOffset.addingReportingOverflow(entry.packedBytes)
      guard !overflow, dataEnd <= next, next - dataEnd <= 24 else {
        throw Fault("other bytes stand between its entries")
      }
    }
  }

  /// One entry as it was found in the archive.
  struct LocalEntry {
    /// Where its local header stands.
    let offset: UInt64
    /// Where its data begins.
    let dataOffset: UInt64
    let name: [UInt8]
    let method: UInt16
    /// Bytes of its data, unpacked; nil where it was not read to its end.
    var byteCount: UInt64?
  }
}

extension ZipDirectory {
  /// One entry, as the directory has it.
  struct Entry {
    /// Where its local header stands.
    let offset: UInt64
    let name: [UInt8]
    /// How it is compressed.
    let method: UInt16
    /// Bytes of its data, packed and unpacked.
    let packedBytes: UInt64
    let byteCount: UInt64

    /// Reads the next entry; nil when it is cut.
    fileprivate init?(_ reader: inout ZipReader) {
      guard reader.rest >= 46 else { return nil }
      reader.skip(10)
      method = UInt16(reader.integer(2))
      reader.skip(8)
      var (packed, unpacked) = (reader.integer(4), reader.integer(4))
      let (nameBytes, extraBytes, commentBytes) = (reader.integer(2), reader.integer(2), reader.integer(2))
      reader.skip(8)
      var offset = reader.integer(4)
      guard UInt64(reader.rest) >= nameBytes + extraBytes + commentBytes else { return nil }
      name = reader.bytes(Int(nameBytes))
      var extra = ZipReader(reader.bytes(Int(extraBytes)))
      reader.skip(Int(commentBytes))
      // 4.5.3: numbers that are too great for their fields, in this order.
      if var large = extra.field(1) {
        if unpacked == 0xFFFF_FFFF, large.rest >= 8 { unpacked = large.integer(8) }
        if packed == 0xFFFF_FFFF, large.rest >= 8 { packed = large.integer(8) }
        if offset == 0xFFFF_FFFF, large.rest >= 8 { offset = large.integer(8) }
      }
      (self.offset, packedBytes, byteCount) = (offset, packed, unpacked)
    }
  }

  /// What stands behind the directory's entries.
  private struct End {
    let entryCount: UInt64
    /// Bytes in the directory.
    let byteCount: UInt64
    /// Where the directory begins.
    let offset: UInt64

    /// Reads the records behind the entries of a directory that begins at `start`; nil when they are cut.
    init?(_ reader: inout ZipReader, at start: UInt64) throws(Fault) {
      let place = start + UInt64(reader.position)
      var large: End?
      if reader.begins(with: [0x50, 0x4B, 0x06, 0x06]) {
        guard reader.rest >= 56 + 20 else { return nil }
        large = try End(large: &reader, at: place)
      }
      guard reader.rest >= 22 else { return nil }
      guard reader.begins(with: [0x50, 0x4B, 0x05, 0x06]) else { throw Fault("other bytes stand in its directory") }
      reader.skip(4)
      let (disk, directoryDisk) = (reader.integer(2), reader.integer(2))
      let (entriesHere, entries) = (reader.integer(2), reader.integer(2))
      let (bytes, offset, comment) = (reader.integer(4), reader.integer(4), Int(reader.integer(2)))
      guard reader.rest >= comment else { return nil }
      guard reader.rest == comment else { throw Fault("other bytes follow it") }
      guard disk == 0, directoryDisk == 0, entriesHere == entries else { throw Fault("it is one of several parts") }
      // 4.4.1.4: all ones stand for a number that is too great for its field.
      entryCount = entries == 0xFFFF ? large?.entryCount ?? entries : entries
      byteCount = bytes == 0xFFFF_FFFF ? large?.byteCount ?? bytes : bytes
      self.offset = offset == 0xFFFF_FFFF ? large?.offset ?? offset : offset
    }

    /// Reads the record for great numbers (4.3.14), which begins at `place`, and its locator (4.3.15).
    private init(large reader: inout ZipReader, at place: UInt64) throws(Fault) {
      reader.skip(4)
      guard reader.integer(8) == 44 else { throw Fault("its end is of another version") }
      reader.skip(20)
      (entryCount, byteCount, offset) = (reader.integer(8), reader.integer(8), reader.integer(8))
      guard reader.begins(with: [0x50, 0x4B, 0x06, 0x07]) else { throw Fault("its end is damaged") }
      reader.skip(8)
      guard reader.integer(8) == place else { throw Fault("its end is not where it should be") }
      reader.skip(4)
    }
  }
}

/// Reads the records of a zip archive, whose numbers have their lowest byte first. Callers make sure that there are
/// enough bytes.
private struct ZipReader {
  private let content: [UInt8]
  private(set) var position = 0

  init(_ content: [UInt8]) { self.content = content }

  /// Bytes that were not read yet.
  var rest: Int { content.count - position }

  func begins(with mark: [UInt8]) -> Bool { content[position...].starts(with: mark) }

  mutating func skip(_ count: Int) { position += count }

  mutating func bytes(_ count: Int) -> [UInt8] {
    defer { position += count }
    return Array(content[position..<position + count])
  }

  mutating func integer(_ count: Int) -> UInt64 { bytes(count).reversed().reduce(0) { $0 << 8 | UInt64($1) } }

  /// The field with this number among those of an entry (4.5.1); nil when there is none.
  mutating func field(_ number: UInt64) -> ZipReader? {
    while rest >= 4 {
      let (found, count) = (integer(2), Int(integer(2)))
      guard count <= rest else { return nil }
      let field = bytes(count)
      if found == number { return ZipReader(field) }
    }
    return nil
  }
}
