import BoltFormat
import ByteViews

/// Pages of a stream that were kept, since they can't be read again: the meta pages, and those of all buckets but `key`.
struct RetainedPages: ByteSource {
  /// Bytes of all pages that are kept at most. etcd's small buckets take some kilobytes, its leases a few megabytes; of
  /// copies that are no longer in use there are many.
  static let budget = 16 << 20
  /// Bytes of the budget that a page takes beside its own: its place in the tables.
  static let overhead = 128

  /// A page with its overflow, without the zero bytes at its end.
  package struct Run: Sendable {
    package let bytes: [UInt8]
    package let byteCount: Int

    /// A copy of `run`.
    package init(_ run: RawSpan) {
      var end = run.byteCount
      // Sound: the offset lies inside, and any byte is a UInt8.
      while end > 0, unsafe run.unsafeLoad(fromUncheckedByteOffset: end - 1, as: UInt8.self) == 0 { end -= 1 }
      var bytes: [UInt8] = []
      bytes.append(run.extracting(first: end))
      self.bytes = bytes
      byteCount = run.byteCount
    }
  }

  let byteCount: UInt64
  private let pageSize: Int
  private let runs: [UInt64: Run]
  /// The first pages of all runs, in ascending order.
  private let starts: [UInt64]

  /// The pages of `runs`, by their numbers, of a stream of `byteCount` bytes.
  init(_ runs: [UInt64: Run], pageSize: Int, byteCount: UInt64) {
    self.runs = runs
    starts = runs.keys.sorted()
    self.pageSize = pageSize
    self.byteCount = byteCount
  }

  func read(_ count: Int, at offset: UInt64, into buffer: inout [UInt8]) throws(BoltError) {
    let last = offset / UInt64(pageSize)
    // What is asked for lies on a page's first bytes, or further on in its run: the last that begins before it, unless
    // something in the run looks like a page itself.
    let end = numberOfStarts(upTo: last)
    for page in starts[max(0, end - Self.nested)..<end].reversed() {
      guard let run = runs[page] else { continue }
      let start = Int(offset - page * UInt64(pageSize))
      guard start <= run.byteCount, count <= run.byteCount - start else { continue }
      if buffer.count < count { buffer += [UInt8](repeating: 0, count: count - buffer.count) }
      for index in 0..<count {
        buffer[index] = start + index < run.bytes.count ? run.bytes[start + index] : 0
      }
      return
    }
    throw BoltError(.readFailed, page: PageID(last), offset: ByteOffset(offset))
  }

  /// Runs that are looked at whether they hold what is asked for.
  private static let nested = 8

  /// How many of ``starts`` are `page` or come before it. O(log runs).
  private func numberOfStarts(upTo page: UInt64) -> Int { starts.partitionIndex { $0 > page } }
}
