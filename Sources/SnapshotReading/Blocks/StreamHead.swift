import BoltFormat
import SnapshotInput
import VerificationModel

/// The beginning of a stream, which was read to find its meta pages, and what follows it.
struct StreamHead {
  /// The meta that counts.
  let meta: Meta
  private let stream: SnapshotStream
  private var bytes: [UInt8]
  /// How many of ``bytes`` have been read.
  private var position = 0

  /// Reads the first mebibyte of `stream`, and more where its pages are so large that the second meta page lies beyond.
  ///
  /// Throws when there is no usable meta page.
  init(_ stream: SnapshotStream) throws(VerificationError) {
    self.stream = stream
    var bytes: [UInt8] = []
    var wanted = 1 << 20
    var meta: Meta?
    while meta == nil {
      try Self.fill(&bytes, upTo: wanted, from: stream)
      let found: Meta
      do throws(BoltError) { found = try MetaPages(reading: HeadBytes(bytes: bytes)).current } catch {
        throw Self.failure(error, stream.containers)
      }
      let needed = found.pageSize + Meta.byteCount
      if needed > wanted, bytes.count == wanted { wanted = needed } else { meta = found }
    }
    guard let meta else { preconditionFailure("the loop ends with a meta") }
    self.meta = meta
    self.bytes = bytes
  }

  /// Why there is no usable meta page. Whoever named a compressed file did not see what is in it, so the sentence says that it
  /// was unpacked.
  private static func failure(_ error: BoltError, _ containers: [Container]) -> VerificationError {
    let failure = VerificationError(error)
    guard let compression = containers.compression else { return failure }
    return VerificationError(
      code: failure.code, marked: MarkedText("unpacked from \(compression): \(failure.message)"), page: failure.page,
      offset: failure.offset)
  }

  /// Fills `buffer` with the next bytes, as many as are asked for unless the stream ends; answers how many came.
  mutating func read(_ count: Int, into buffer: inout [UInt8]) throws(VerificationError) -> Int {
    if buffer.count < count { buffer += [UInt8](repeating: 0, count: count - buffer.count) }
    let fromHead = min(count, bytes.count - position)
    if fromHead > 0 {
      buffer.replaceSubrange(0..<fromHead, with: bytes[position..<position + fromHead])
      position += fromHead
      if position == bytes.count { (bytes, position) = ([], 0) }
    }
    guard fromHead < count else { return count }
    do throws(InputError) {
      return fromHead + (try stream.read(into: &buffer, fromHead..<count))
    } catch {
      // A stream's fault comes again with the next call.
      guard fromHead == 0 else { return fromHead }
      throw VerificationError(error)
    }
  }

  private static func fill(
    _ bytes: inout [UInt8], upTo count: Int, from stream: SnapshotStream
  ) throws(VerificationError) {
    let start = bytes.count
    bytes += [UInt8](repeating: 0, count: count - start)
    do throws(InputError) {
      let read = try stream.read(into: &bytes, start..<count)
      bytes.removeSubrange((start + read)...)
    } catch {
      bytes.removeSubrange(start...)
      guard start == 0 else { return }
      throw VerificationError(error)
    }
  }

  /// The bytes read so far, as a file.
  private struct HeadBytes: ByteSource {
    let bytes: [UInt8]
    var byteCount: UInt64 { UInt64(bytes.count) }

    func read(_ count: Int, at offset: UInt64, into buffer: inout [UInt8]) throws(BoltError) {
      guard offset <= byteCount, UInt64(count) <= byteCount - offset else {
        throw BoltError(.readFailed, offset: ByteOffset(offset))
      }
      if buffer.count < count { buffer += [UInt8](repeating: 0, count: count - buffer.count) }
      buffer.replaceSubrange(0..<count, with: bytes[Int(offset)..<Int(offset) + count])
    }
  }
}

extension SnapshotStream {
  /// Puts the next bytes at `range` of `bytes`; answers how many: see ``SnapshotStream/read(into:)``.
  package func read(into bytes: inout [UInt8], _ range: Range<Int>) throws(InputError) -> Int {
    // Sound: the buffer is written inside the call that lends it, and only in `range`.
    let outcome = unsafe bytes.withUnsafeMutableBytes { buffer in
      Result { () throws(InputError) in
        unsafe try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[range]))
      }
    }
    return try outcome.get()
  }
}
