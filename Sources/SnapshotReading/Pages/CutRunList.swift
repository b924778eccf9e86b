import BoltFormat
import ByteViews

/// Runs of pages that end in another block than they begin in, until all of their bytes have come.
///
/// What one claims may be forged: together they hold at most ``budget`` bytes. A run for which there is no room is left
/// out; if the tree refers to it after all, ``Tree`` reads it.
struct CutRunList: Sendable {
  /// Bytes of all runs together.
  static let budget = 16 << 20

  private var runs: [(page: UInt64, bytes: [UInt8], byteCount: Int)] = []
  /// Bytes of all runs together, once they have come.
  private var claimedBytes = 0

  /// Takes in the next block; hands the runs that end in it to `take`, each with its first page.
  mutating func add(_ block: RawSpan, take: (UInt64, RawSpan) -> Void) {
    guard !runs.isEmpty else { return }
    for position in runs.indices {
      let missing = min(runs[position].byteCount - runs[position].bytes.count, block.byteCount)
      runs[position].bytes.append(block.extracting(first: missing))
      guard runs[position].bytes.count == runs[position].byteCount else { continue }
      let bytes = runs[position].bytes
      take(runs[position].page, bytes.rawSpan)
      claimedBytes -= bytes.count
      runs[position].bytes = []
    }
    runs.removeAll { $0.bytes.isEmpty }
  }

  /// Hands the runs whose end never came to `take`, as far as they did.
  mutating func finish(take: (UInt64, RawSpan) -> Void) {
    for run in runs {
      let bytes = run.bytes
      take(run.page, bytes.rawSpan)
    }
    runs = []
    claimedBytes = 0
  }

  /// Begins the runs of `cut`, all of `block`; answers, by where in the block they begin, the bytes of those that are
  /// waited for.
  mutating func begin(_ cut: [PageScanner.CutRun], in block: RawSpan) -> [Int: Int] {
    var waiting: [Int: Int] = [:]
    for run in cut {
      guard run.byteCount <= Self.budget - claimedBytes else { continue }
      var bytes: [UInt8] = []
      bytes.reserveCapacity(run.byteCount)
      bytes.append(block.extracting(run.offset..<block.byteCount))
      claimedBytes += run.byteCount
      runs.append((run.page, bytes, run.byteCount))
      waiting[run.offset] = run.byteCount
    }
    return waiting
  }
}
