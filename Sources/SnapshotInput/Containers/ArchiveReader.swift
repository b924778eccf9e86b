import CLibarchive

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads the files in a tar or zip archive, one after the other, through libarchive.
///
/// zip is read as a stream, without seeking: from its entries, not from its directory.
@safe final class ArchiveReader {
  private let container: NamedContainer
  private let input: ArchiveInput
  private let reader: LibarchiveReader
  /// Headers read so far, of which that of the current entry is the last.
  private(set) var entryCount = 0
  /// The entries of a zip archive, as they were found.
  private var zipEntries: [ZipDirectory.LocalEntry] = []
  /// Whether an entry of a zip archive is encrypted: libarchive then does not tell where it ends.
  private var hasEncryptedEntry = false
  /// What ended the reading before the archive's end.
  private var failure: InputError?

  // The data of the current entry: the block that libarchive gave last, and how far it was read.
  private var block = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
  private var blockOffset: UInt64 = 0
  private var position: UInt64 = 0
  private var isEntryAtEnd = true

  /// Opens the archive that `packed` holds.
  init(_ container: NamedContainer, of packed: any ByteReader) throws(InputError) {
    self.container = container
    input = ArchiveInput(container, of: packed)
    let reader = try LibarchiveReader(container.kind == .zip ? .zip : .tar, container, of: input)
    self.reader = reader
    input.usedBytes = { [unowned reader] in UInt64(clamping: reader.usedBytes) }
  }

  /// What stands in an archive, directories apart.
  enum Entry {
    case file(EntryReader)
    /// What has no data of its own, by its name.
    case other(String, PassedOver.Reason)
  }

  /// The next entry of the archive, nil at the archive's end. What is left of the one before is passed over.
  ///
  /// Once it throws it always does.
  func next() throws(InputError) -> Entry? {
    if let failure { throw failure }
    do throws(InputError) {
      while let entry = unsafe try nextEntry() {
        switch unsafe archive_entry_filetype(entry) & S_IFMT {
        case S_IFDIR: continue
        case S_IFLNK: return .other(unsafe member(entry), .symbolicLink)
        case S_IFREG where unsafe archive_entry_hardlink(entry) != nil && archive_entry_size(entry) == 0:
          return .other(unsafe member(entry), .hardLink)
        case S_IFREG: return .file(unsafe file(entry))
        // Of a hard link libarchive knows no type.
        default:
          return .other(unsafe member(entry), unsafe archive_entry_hardlink(entry) != nil ? .hardLink : .specialFile)
        }
      }
      try checkEnd()
      return nil
    } catch {
      failure = error
      throw error
    }
  }

  /// Puts the next bytes of the current entry at the front of `buffer`; answers how many, 0 only at its end.
  func readEntry(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    while !isEntryAtEnd || position < blockOffset {
      if position < blockOffset {
        let count = Int(clamping: min(UInt64(buffer.count), blockOffset - position))
        unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]).initializeMemory(as: UInt8.self, repeating: 0)
        position += UInt64(count)
        return count
      }
      if unsafe !block.isEmpty {
        let count = min(unsafe block.count, buffer.count)
        // Sound: both hold at least `count` bytes, and libarchive keeps the block until the next is asked for.
        unsafe buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: block[..<count]))
        unsafe block = UnsafeRawBufferPointer(rebasing: block[count...])
        position += UInt64(count)
        blockOffset = position
        return count
      }
      try nextBlock()
    }
    if !zipEntries.isEmpty { zipEntries[zipEntries.count - 1].byteCount = position }
    return 0
  }

  private func nextBlock() throws(InputError) {
    let (data, offset, isEnd) = unsafe try reader.nextData()
    guard offset >= position || isEnd else { throw container.damaged("data that overlaps") }
    // What is missing before the block, or before the end, is a hole: zeros that the archive does not hold.
    blockOffset = max(position, offset)
    unsafe block = data
    isEntryAtEnd = isEnd
  }

  private func nextEntry() throws(InputError) -> OpaquePointer? {
    if entryCount > 0 { try reader.skipData() }
    input.isHeaderExpected = true
    defer { input.isHeaderExpected = false }
    guard let entry = unsafe try nextHeader() else { return nil }
    entryCount += 1
    if container.kind == .zip { try noteZipEntry() }
    unsafe block = UnsafeRawBufferPointer(start: nil, count: 0)
    (blockOffset, position, isEntryAtEnd) = (0, 0, false)
    return unsafe entry
  }

  /// The next header; throws ``InputError/Code/containerTrailingData`` where none was found behind a tar archive's end.
  private func nextHeader() throws(InputError) -> OpaquePointer? {
    do throws(InputError) {
      return unsafe try reader.nextHeader()
    } catch {
      guard reader.isPackedSound, input.hasEnded, entryCount > 0,
        error.code == .containerDamaged || error.code == .containerTruncated
      else {
        throw error
      }
      throw container.trailingData
    }
  }

  private func noteZipEntry() throws(InputError) {
    let (end, start) = (UInt64(clamping: reader.usedBytes), UInt64(clamping: reader.headerPosition))
    guard let entry = input.zipTrail.entry(dataOffset: end, from: start) else {
      throw container.damaged("the header of an entry is ambiguous")
    }
    zipEntries.append(entry)
  }

  /// The entry, as ``SnapshotStream/member`` names it.
  private func member(_ entry: OpaquePointer) -> String {
    [container.member, unsafe Self.name(of: entry)].compactMap(\.self).joined(separator: ":")
  }

  private func file(_ entry: OpaquePointer) -> EntryReader {
    let member = unsafe member(entry)
    let isEncrypted = unsafe archive_entry_is_encrypted(entry) != 0
    let fault = fault(NamedContainer(kind: container.kind, member: member), isEncrypted)
    let modified = unsafe archive_entry_mtime_is_set(entry) != 0 ? Int64(archive_entry_mtime(entry)) : nil
    return EntryReader(member, modified: modified, number: entryCount, of: self, fault: fault)
  }

  /// Why the data of the entry that was just found can't be read.
  private func fault(_ entry: NamedContainer, _ isEncrypted: Bool) -> InputError? {
    guard entry.kind == .zip else { return nil }
    if isEncrypted {
      hasEncryptedEntry = true
      return entry.encrypted
    }
    // Such as `ZIP 2.0 (deflation)`. Others are rare, and some of them take as much memory as the archive wants.
    let method = reader.formatName.split(separator: "(").last.map { $0.dropLast() } ?? ""
    return ["uncompressed", "deflation"].contains(method) ? nil : entry.unsupported(String(method))
  }

  /// The entry's path, repaired where it is not UTF-8.
  private static func name(of entry: OpaquePointer) -> String {
    let name = unsafe archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry)
    return unsafe name.map { unsafe String(cString: $0) } ?? ""
  }

  /// Makes sure that the archive ends where it should: libarchive takes one for whole that was cut between two entries.
  private func checkEnd() throws(InputError) {
    if container.kind == .tar {
      // POSIX, pax(1): an archive ends in blocks of zeros, 512 bytes each.
      guard reader.packedBytes >= UInt64(clamping: reader.headerPosition) + 512 else {
        throw input.hasEnded && entryCount > 0 ? container.trailingData : container.truncated
      }
    } else {
      try checkDirectory()
    }
  }

  /// Makes sure that whoever goes by the directory of a zip archive finds what was read, and nothing else.
  private func checkDirectory() throws(InputError) {
    let end = UInt64(clamping: reader.usedBytes)
    _ = try reader.drain()
    // Each encrypted entry is an error already, and where the directory begins can't be told.
    guard !hasEncryptedEntry else { return }
    let bytes = input.zipTrail.bytes(from: end) ?? []
    let directory: ZipDirectory?
    do throws(ZipDirectory.Fault) {
      directory = try ZipDirectory(bytes, at: end)
      try directory?.check(zipEntries, end: end)
    } catch {
      throw container.damaged(error.reason)
    }
    guard directory != nil else { throw container.truncated }
  }
}
