/// Reads a file, a pipe, or standard input from where it stands to its end.
final class FileReader: ByteReader {
  /// Bytes there are, where that is known beforehand: in a regular file, which is read no further when it grows.
  let byteCount: UInt64?
  private let file: OpenFile
  private var doneBytes: UInt64 = 0

  init(_ file: OpenFile) {
    // Files that the system makes up when they are read, such as those in /proc, call themselves empty.
    let (length, position) = (file.descriptor.byteCount, file.descriptor.position)
    byteCount = file.descriptor.kind == .regular && length > 0 ? length - min(length, position) : nil
    self.file = file
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    guard let byteCount else { return unsafe try file.descriptor.read(into: buffer) }
    let wanted = min(buffer.count, Int(clamping: byteCount - doneBytes))
    guard wanted > 0 else { return 0 }
    let done = unsafe try file.descriptor.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]))
    guard done > 0 else {
      throw InputError(
        .readFailed, "the file became shorter while it was read: \(doneBytes) of \(byteCount) bytes came")
    }
    doneBytes += UInt64(done)
    return done
  }
}
