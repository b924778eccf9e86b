public import BoltFormat
import Cryptography

/// A snapshot in a regular file, opened read-only. Never locked, never written.
public final class SnapshotFile: ByteSource {
  /// The path as the caller gave it.
  public var path: String { file.path }
  private let file: OpenFile

  /// Bytes in the file when it was opened.
  public var byteCount: UInt64 { file.descriptor.byteCount }

  /// Opens the file at `path`.
  ///
  /// Throws when it can't be opened, is no regular file, or is empty. Memory: none to speak of.
  public convenience init(opening path: String) throws(InputError) {
    let file = OpenFile(path, try FileDescriptor(opening: path))
    guard file.descriptor.byteCount > 0 else { throw InputError(.empty, "the file is empty") }
    self.init(file)
  }

  /// The regular file that `file` is.
  init(_ file: OpenFile) { self.file = file }

  /// Throws ``InputError/Code/fileChanged`` when the file was written to since it was opened, or its path leads to another
  /// one by now. One that was removed can still be read, and is what it was.
  public func checkUnchanged() throws(InputError) { try file.descriptor.checkUnchanged(path) }

  /// Files that are no longer than this are read to their end, holes and all.
  package static let longestUnasked: UInt64 = 1 << 30

  /// Where the file has holes, as far as it is so long that they matter.
  package func holes() -> FileHoles {
    byteCount > Self.longestUnasked ? file.descriptor.holes() : FileHoles(none: byteCount)
  }

  /// Whether so much of the file lies in holes that it is not read for its SHA-256 alone.
  package var isHollow: Bool { holes().bytes(before: byteCount) > Self.longestUnasked }

  /// Reads `count` bytes at `offset`; a file that has become shorter is an error.
  public func read(_ count: Int, at offset: UInt64, into buffer: inout [UInt8]) throws(BoltError) {
    let done: Int
    do throws(InputError) {
      done = try file.descriptor.read(count, at: offset, into: &buffer)
    } catch {
      throw BoltError(.readFailed, offset: ByteOffset(offset))
    }
    guard done == count else {
      throw BoltError(.readFailed, offset: ByteOffset(offset), found: UInt64(done), bound: UInt64(count))
    }
  }

  /// The container or compression format the file's first bytes show; nil for a plain file.
  public func container() throws(InputError) -> Container? {
    var head: [UInt8] = []
    let count = try file.descriptor.read(min(Container.probeBytes, Int(clamping: byteCount)), at: 0, into: &head)
    return Container(recognizing: Array(head.prefix(count)))
  }

  /// What the file is by its first bytes, where it is no snapshot and that is known.
  public func content() -> FileContent? {
    var head: [UInt8] = []
    guard
      let count = try? file.descriptor.read(min(StreamContent.headBytes, Int(clamping: byteCount)), at: 0, into: &head)
    else { return nil }
    return FileContent(of: head.prefix(count), isWhole: UInt64(count) == byteCount)
  }

  /// The SHA-256 of the first `length` bytes, for each length given, in one pass over the file.
  ///
  /// O(greatest length); 1 MiB of memory.
  public func digests(ofFirst lengths: [UInt64]) throws(BoltError) -> [UInt64: SHA256Digest] {
    let blockBytes: UInt64 = 1 << 20
    var digests: [UInt64: SHA256Digest] = [:]
    var hash = SHA256()
    var block: [UInt8] = []
    var position: UInt64 = 0
    for length in Set(lengths).sorted() {
      while position < length {
        let count = Int(min(blockBytes, length - position))
        try read(count, at: position, into: &block)
        // Sound: a byte is initialized memory of any pattern.
        hash.update(unsafe block.span.bytes.extracting(first: count))
        position += UInt64(count)
      }
      digests[length] = hash.digest()
    }
    return digests
  }
}
