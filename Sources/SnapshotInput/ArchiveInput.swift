/// The bytes of an archive on their way to libarchive, looked over for what it leaves unchecked.
final class ArchiveInput: ByteReader {
  /// Bytes that a header may take, with all that belongs to it. Real ones take some kilobytes, and in the archive of a
  /// file with many holes their list; libarchive keeps that in ten times as much memory.
  private static let headerBytes = 4 << 20

  private let layer: Layer
  private let packed: any ByteReader
  private var headerBytes = 0
  /// What was read last of a zip archive.
  private(set) var zipTrail = ZipTrail()
  /// How many bytes of the archive libarchive has used.
  var usedBytes: () -> UInt64 = { 0 }
  /// Whether libarchive is about to look for a header, and not for data.
  var isHeaderExpected = false {
    didSet { headerBytes = 0 }
  }

  init(_ layer: Layer, of packed: any ByteReader) {
    self.layer = layer
    self.packed = packed
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    let count = unsafe try packed.read(into: buffer)
    let block = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<count])
    // Zeros follow a tar archive as far as its medium goes.
    if isHeaderExpected, unsafe block.contains(where: { $0 != 0 }) {
      headerBytes += count
      guard headerBytes <= Self.headerBytes else { throw layer.damaged("a header of several megabytes") }
    }
    if layer.container == .zip, unsafe !zipTrail.append(block, used: usedBytes()) {
      throw layer.damaged("other bytes stand where its directory should")
    }
    return count
  }
}
