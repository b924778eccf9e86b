/// Reads one entry of an archive, as long as no other is asked for.
final class EntryReader: ByteReader {
  /// The entry, as ``SnapshotStream/member`` names it.
  let member: String
  /// When the archive says that the entry was last modified, in seconds since 1970; nil where it does not.
  let modified: Int64?
  private let archive: ArchiveReader
  private let number: Int
  /// Why the entry can't be read.
  private let fault: InputError?

  init(_ member: String, modified: Int64?, number: Int, of archive: ArchiveReader, fault: InputError?) {
    self.member = member
    self.modified = modified
    self.number = number
    self.archive = archive
    self.fault = fault
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    if let fault { throw fault }
    precondition(number == archive.entryCount, "an entry can't be read once the next one was asked for")
    return unsafe try archive.readEntry(into: buffer)
  }
}
