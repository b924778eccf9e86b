import BoltFormat
import EtcdStorage

/// One pass over the bytes of a snapshot, block by block and in order: its pages are taken in by as many workers as are
/// asked for, while another thread takes the SHA-256 of the same blocks.
struct PageScan {
  /// What was found on the pages.
  let catalog: PageCatalog
  /// The rows that may matter, of all pages that could be in use.
  private(set) var list: CandidateList
  /// The pages that are no sound pages of bucket `key`, where they can't be read again.
  let retained: RetainedPages
  /// What came of the SHA-256; nil when it was not asked for.
  let trailer: TrailerHash.Outcome?
  /// Bytes that were read.
  let byteCount: UInt64
  /// Why the bytes could not be read to their end.
  let error: VerificationError?

  /// Fills a buffer with the next bytes, as many as are asked for unless they end; answers how many came.
  typealias Read = @Sendable (inout [UInt8], Int) throws(VerificationError) -> Int

  /// Reads all that `read` gives, whose pages `meta` describes.
  ///
  /// - Parameters:
  ///   - pageBound: the first page that no run may reach.
  ///   - template: the empty list that rows are added to.
  ///   - takesHash: whether the SHA-256 is taken.
  ///   - retainsPages: whether the bytes can't be read again.
  ///   - instruments: who is told of it meanwhile.
  init(
    _ read: @escaping Read, _ meta: Meta, pageBound: UInt64, _ template: CandidateList, takesHash: Bool,
    retainsPages: Bool, _ options: ReadingOptions, _ instruments: Instruments = Instruments()
  ) {
    let blockBytes = max(options.blockBytes, meta.pageSize)
    let workers = options.workers(besideHash: takesHash)
    let ring = BlockRing(
      buffers: workers + 3, blockBytes: blockBytes, hasFollower: takesHash, read: instruments.watching(read))
    let statistics = instruments.statistics
    let empty = PageScanner(
      meta, pageBound: pageBound, list: template, digests: KeyDigest.Maker(), retainsPages: retainsPages)
    let total = Monitor(Total(scanner: empty))
    let pagesInBlock = UInt64(blockBytes / meta.pageSize)
    let work = { @Sendable in
      let own = empty.forAnotherThread()
      while let block = ring.nextBlock() {
        var scanner = own
        let cut = statistics.measure(.pages, bytes: block.count) {
          block.withBytes { scanner.scan($0, from: UInt64(block.number) * pagesInBlock) }
        }
        ring.inTurn(block) {
          statistics.measure(.joining) {
            total.update { total in block.withBytes { total.add(scanner, cut, in: $0) } }
          }
        }
        ring.release(block)
      }
    }
    let outcome = Monitor<TrailerHash.Outcome?>(nil)
    let imageBytes = meta.imageBytes
    let hash = { @Sendable in outcome.update { $0 = Self.hash(ring, imageBytes: imageBytes, statistics) } }
    let follower = takesHash ? WorkThread(hash) : nil
    let helpers = (1..<workers).map { _ in WorkThread(work) }
    work()
    helpers.forEach { $0.join() }
    follower?.join()
    let found = total.update { $0.take(leaving: empty) }
    (catalog, list) = (found.scanner.catalog, found.scanner.list)
    byteCount = found.byteCount
    retained = RetainedPages(found.scanner.retained, pageSize: meta.pageSize, byteCount: found.byteCount)
    trailer = outcome.update { $0 }
    error = ring.error
  }

  /// What all blocks up to one have in them.
  private struct Total: Sendable {
    var scanner: PageScanner
    var cutRuns = CutRunList()
    var byteCount: UInt64 = 0

    mutating func add(_ other: PageScanner, _ cut: [PageScanner.CutRun], in block: RawSpan) {
      byteCount += UInt64(block.byteCount)
      cutRuns.add(block) { scanner.scan(run: $0) }
      scanner.join(other)
      cutRuns.begin(cut, in: block)
    }

    /// Hands everything over, so that no copy of it is made when it changes.
    mutating func take(leaving empty: PageScanner) -> Total {
      defer { self = Total(scanner: empty) }
      return self
    }
  }

  /// Hands the list over, so that no copy of it is made when it changes.
  mutating func takeList(leaving empty: CandidateList) -> CandidateList {
    defer { list = empty }
    return list
  }

  /// Hashes the blocks of `ring`.
  private static func hash(
    _ ring: BlockRing, imageBytes: UInt64, _ statistics: RunStatistics?
  ) -> TrailerHash.Outcome {
    var hash = TrailerHash(imageBytes: imageBytes)
    var number = 0
    while let block = ring.block(number) {
      statistics.measure(.hash, bytes: block.count) { block.withBytes { hash.update($0) } }
      ring.release(block)
      number += 1
    }
    return hash.finish()
  }
}
