import BoltFormat
import EtcdStorage

/// One pass over the bytes of a snapshot, block by block and in order: its pages are taken in by as many workers as are
/// asked for, while another thread takes the SHA-256 of the same blocks; on a single processor, one thread does both.
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

  /// Reads all that `source` gives, whose pages `meta` describes.
  ///
  /// - Parameters:
  ///   - pageBound: the first page that no run may reach.
  ///   - template: the empty list that rows are added to.
  ///   - takesHash: whether the SHA-256 is taken.
  ///   - retainsPages: whether the bytes can't be read again.
  ///   - instruments: who is told of it meanwhile.
  init(
    _ source: BlockSource, _ meta: Meta, pageBound: UInt64, _ template: CandidateList, takesHash: Bool,
    retainsPages: Bool, _ options: ReadingOptions, _ instruments: Instruments = Instruments()
  ) {
    let blockBytes = max(options.blockBytes, meta.pageSize)
    let workers = options.workers(takingHash: takesHash)
    let hashesBeside = takesHash && options.hashesBeside
    let ring = BlockRing(
      buffers: workers + (hashesBeside ? 3 : 1), blockBytes: blockBytes, hasFollower: hashesBeside,
      instruments.watching(source))
    let statistics = instruments.statistics
    let empty = PageScanner(
      meta, pageBound: pageBound, list: template, digests: KeyDigest.Maker(), retainsPages: retainsPages)
    let total = Monitor(Total(scanner: empty))
    let hash = Monitor(takesHash ? TrailerHash(imageBytes: meta.imageBytes) : nil)
    let pagesInBlock = UInt64(blockBytes / meta.pageSize)
    let work = { @Sendable in
      var scanner = empty
      while let block = ring.nextBlock() {
        let cut = statistics.measure(.pages, bytes: block.count) {
          block.withBytes { scanner.scan($0, from: UInt64(block.number) * pagesInBlock) }
        }
        ring.inTurn(block) {
          statistics.measure(.joining) {
            total.update { total in block.withBytes { total.add(scanner, cut, in: $0) } }
          }
        }
        if !hashesBeside { Self.add(block, to: hash, statistics) }
        if scanner.list.isCostlyToJoin { scanner = empty } else { scanner.removePages() }
        ring.release(block)
      }
    }
    let follow = { @Sendable in
      var number = 0
      while let block = ring.block(number) {
        Self.add(block, to: hash, statistics)
        ring.release(block)
        number += 1
      }
    }
    let follower = hashesBeside ? WorkThread(follow) : nil
    let helpers = (1..<workers).map { _ in WorkThread(work) }
    work()
    helpers.forEach { $0.join() }
    follower?.join()
    let found = total.update { $0.take(leaving: empty) }
    (catalog, list) = (found.scanner.catalog, found.scanner.list)
    byteCount = found.byteCount
    retained = RetainedPages(found.scanner.retained, pageSize: meta.pageSize, byteCount: found.byteCount)
    trailer = hash.update { $0.take()?.finish() }
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

  /// Adds the bytes of `block`, which comes next, to the hash, if one is taken.
  private static func add(_ block: BlockRing.Block, to hash: Monitor<TrailerHash?>, _ statistics: RunStatistics?) {
    hash.update { hash in
      guard var taken = hash.take() else { return }
      statistics.measure(.hash, bytes: block.count) { block.withBytes { taken.update($0) } }
      hash = consume taken
    }
  }
}
