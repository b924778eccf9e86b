/// The bytes of an archive on their way to libarchive, looked over for what it leaves unchecked.
final class ArchiveInput: ByteReader {
  /// Bytes that a header may take, with all that belongs to it. Real ones take some kilobytes, and in the archive of a
  /// file with many holes their list; libarchive keeps that in ten times as much memory.
  private static let headerBytes = 4 << 20

  private let container: NamedContainer
  private let packed: any ByteReader
  private var headerBytes = 0
  /// What was read last of a zip archive.
  private(set) var zipTrail = ZipTrail()
  /// What was read last of a tar archive, and where the first byte of that stands.
  private var tarTrail: (bytes: [UInt8], start: UInt64) = ([], 0)
  /// How many bytes of the archive libarchive has used.
  var usedBytes: () -> UInt64 = { 0 }
  /// Whether libarchive is about to look for a header, and not for data.
  var isHeaderExpected = false {
    didSet {
      headerBytes = 0
      guard isHeaderExpected, container.kind == .tar else { return }
      (headerStart, endMark) = (usedBytes(), nil)
      lookForEnd()
    }
  }
  /// Where in a tar archive the header is looked for.
  private var headerStart: UInt64 = 0
  /// Whether the end of the archive stands there; nil as long as too little was read to tell.
  private var endMark: Bool?
  /// Whether a tar archive has ended before what was taken for a header.
  var hasEnded: Bool { endMark ?? false }

  init(_ container: NamedContainer, of packed: any ByteReader) {
    self.container = container
    self.packed = packed
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    let count = unsafe try packed.read(into: buffer)
    let block = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<count])
    // Zeros follow a tar archive as far as its medium goes.
    if isHeaderExpected, unsafe block.contains(where: { $0 != 0 }) {
      headerBytes += count
      guard headerBytes <= Self.headerBytes else { throw container.damaged("a header of several megabytes") }
    }
    if container.kind == .tar { unsafe keep(block) }
    if container.kind == .zip, unsafe !zipTrail.append(block, used: usedBytes()) {
      throw container.damaged("other bytes stand where its directory should")
    }
    return count
  }

  /// POSIX, pax(1): two blocks of 512 zeros end an archive.
  private static let tarEndBytes = 1024

  private func lookForEnd() {
    guard endMark == nil else { return }
    // libarchive may have left the padding of the entry before.
    let header = headerStart + (512 - headerStart % 512) % 512
    guard header >= tarTrail.start, header - tarTrail.start <= UInt64(tarTrail.bytes.count) else { return }
    let end = tarTrail.bytes[Int(header - tarTrail.start)...].prefix(Self.tarEndBytes)
    guard end.count == Self.tarEndBytes else { return }
    endMark = end.allSatisfy { $0 == 0 }
  }

  /// Keeps what libarchive has not used yet, what the end may be in, and the block.
  private func keep(_ block: UnsafeRawBufferPointer) {
    let used = isHeaderExpected && endMark == nil ? min(usedBytes(), headerStart) : usedBytes()
    let surplus = min(Int(clamping: used - min(used, tarTrail.start)), tarTrail.bytes.count)
    tarTrail.bytes.removeFirst(surplus)
    tarTrail.start += UInt64(surplus)
    // Sound: the block is read inside the call that lends it.
    unsafe tarTrail.bytes.append(contentsOf: block)
    if isHeaderExpected { lookForEnd() }
  }
}
