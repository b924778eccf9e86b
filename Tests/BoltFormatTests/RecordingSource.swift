import BoltFormat
import Synchronization

/// Another source, and a record of what was asked of it.
final class RecordingSource: ByteSource {
  /// What was asked.
  struct Record {
    var reads = 0
    var largest = 0
    var bytes = 0
  }

  private let source: any ByteSource
  private let asked = Mutex(Record())

  init(_ source: some ByteSource) { self.source = source }

  var byteCount: UInt64 { source.byteCount }

  /// What has been asked since the last call.
  func record() -> Record {
    asked.withLock { record in
      defer { record = Record() }
      return record
    }
  }

  func read(_ count: Int, at offset: UInt64, into buffer: inout [UInt8]) throws(BoltError) {
    asked.withLock { record in
      record.reads += 1
      record.largest = max(record.largest, count)
      record.bytes += count
    }
    try source.read(count, at: offset, into: &buffer)
  }
}
