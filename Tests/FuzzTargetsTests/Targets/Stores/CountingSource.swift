import BoltFormat
import Synchronization

/// A file in memory that counts what is read of it.
final class CountingSource: ByteSource {
  let bytes: [UInt8]
  private let read = Mutex<UInt64>(0)

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var byteCount: UInt64 { UInt64(bytes.count) }
  /// Bytes that were read so far, each as often as it was.
  var bytesRead: UInt64 { read.withLock { $0 } }

  func read(_ count: Int, at offset: UInt64, into buffer: inout [UInt8]) throws(BoltError) {
    guard count >= 0, offset <= byteCount, UInt64(count) <= byteCount - offset else {
      throw BoltError(.readFailed, offset: ByteOffset(offset), bound: UInt64(clamping: count))
    }
    read.withLock { $0 += UInt64(count) }
    let first = Int(offset)
    buffer.replaceSubrange(..<min(count, buffer.count), with: bytes[first..<first + count])
  }
}
