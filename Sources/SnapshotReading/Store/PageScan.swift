import BoltFormat
import EtcdStorage
import VerificationModel

/// One pass over the bytes of a snapshot, block by block and in order: its pages are taken in by as many workers as are
/// asked for, while another thread takes the SHA-256 of the same blocks; on a single processor, one thread does both.
package struct PageScan {
  /// What was found on the pages.
  let catalog: PageCatalog
  /// The rows that may matter, of all pages that could be in use.
  package private(set) var list: CandidateList
  /// The pages that are no sound pages of bucket `key`, where they can't be read again.
  let retained: RetainedPages
  /// What was found in bytes that no page in use may own; nil when it was not asked for.
  package let residue: ResidueFinds?
  /// What ``unowned(_:)`` answered.
  private var unownedRows: CandidateList?
  /// What came of the SHA-256; nil when it was not asked for.
  package let trailer: TrailerHash.Outcome?
  /// Bytes that were read.
  package let byteCount: UInt64
  /// Why the bytes could not be read to their end.
  package let error: VerificationError?

  /// Reads all that `source` gives, whose pages `meta` describes.
  ///
  /// - Parameters:
  ///   - pageBound: the first page that no run may reach.
  ///   - template: the empty list that rows are added to.
  ///   - takesHash: whether the SHA-256 is taken.
  ///   - retainsPages: whether the bytes can't be read again.
  ///   - measuresPages: whether an inspection needs to know of each page what it holds.
  ///   - residue: what is wanted of the bytes that no page in use may own; nil: nothing.
  ///   - holeBytes: bytes of the file that follow what `source` gives, and lie in a hole.
  ///   - instruments: who is told of it meanwhile.
  init(
    _ source: BlockSource, _ meta: Meta, pageBound: UInt64, _ template: CandidateList, takesHash: Bool,
    retainsPages: Bool, measuresPages: Bool = false, residue wanted: ResidueDemand? = nil, holeBytes: UInt64 = 0,
    _ options: ReadingOptions,
    _ instruments: Instruments = Instruments()
  ) {
    let blockBytes = max(options.blockBytes, meta.pageSize)
    let workers = options.workers(takingHash: takesHash)
    let wantsFollower = takesHash && options.hashesBeside
    let ring = BlockRing(
      buffers: workers + (wantsFollower ? 3 : 1), blockBytes: blockBytes, hasFollower: wantsFollower,
      instruments.watching(source))
    let statistics = instruments.statistics
    let digests = KeyDigest.Maker()
    let empty = PageScanner(
      meta, pageBound: pageBound, list: template, digests: digests, retainsPages: retainsPages,
      notesLayout: wanted != nil, measuresPages: measuresPages)
    let search = wanted.map { ResidueScan(meta, pageBound: pageBound, template, digests, $0) }
    let total = SharedState(Total(scanner: empty, residue: search))
    let hash = SharedState(takesHash ? TrailerHash(imageBytes: meta.imageBytes) : nil)
    let pagesInBlock = UInt64(blockBytes / meta.pageSize)
    let follow = { @Sendable in
      var number = 0
      while let block = ring.block(number) {
        Self.add(block, to: hash, statistics)
        ring.release(block)
        number += 1
      }
    }
    let follower = wantsFollower ? WorkThread(follow) : nil
    let hashesBeside = follower != nil
    if !hashesBeside { ring.goOnWithoutFollower() }
    let work = { @Sendable in
      let own = empty.forAnotherThread()
      var scanner = own
      while let block = ring.nextBlock() {
        let cut = statistics.measure(.pages, bytes: block.count) {
          block.withBytes { scanner.scan($0, from: UInt64(block.number) * pagesInBlock) }
        }
        ring.inTurn(block) {
          statistics.measure(.joining) {
            total.update { total in block.withBytes { total.add(scanner, cut, in: $0) } }
          }
          if let layout = scanner.layout {
            statistics.measure(.residue) {
              total.update { total in block.withBytes { total.search(layout, in: $0) } }
            }
          }
        }
        if !hashesBeside { Self.add(block, to: hash, statistics) }
        if scanner.list.isCostlyToJoin { scanner = own } else { scanner.removePages() }
        ring.release(block)
      }
    }
    // The hash can be taken by one worker, block after block, not by several.
    let helpers = takesHash && follower == nil ? [] : (1..<workers).compactMap { _ in WorkThread(work) }
    work()
    helpers.forEach { $0.join() }
    follower?.join()
    var hashed = hash.update { $0.take()?.finish() }
    hashed?.add(holeBytes: holeBytes)
    let outcome = hashed
    let found = total.update { total in
      total.byteCount += holeBytes
      statistics.measure(.residue) { total.finish(outcome, imageBytes: meta.imageBytes) }
      return total.take(leaving: empty)
    }
    let holePages = holeBytes / UInt64(meta.pageSize)
    var finds = found.residue?.finds
    finds?.pages.hollow = holePages
    residue = finds
    var catalog = found.scanner.catalog
    if holePages > 0 {
      let start = (found.byteCount - holeBytes) / UInt64(meta.pageSize)
      catalog.measures?.add(zeros: start..<start + holePages)
    }
    (self.catalog, list) = (catalog, found.scanner.list)
    byteCount = found.byteCount
    retained = RetainedPages(found.scanner.retained, pageSize: meta.pageSize, byteCount: found.byteCount)
    trailer = outcome
    error = ring.error
  }

  /// What all blocks up to one have in them.
  private struct Total: Sendable {
    var scanner: PageScanner
    var residue: ResidueScan?
    private var cutRuns = CutRunList()
    /// Of the block added last, by where they begin, the bytes of the runs that are waited for.
    private var waiting: [Int: Int] = [:]
    var byteCount: UInt64 = 0

    init(scanner: PageScanner, residue: ResidueScan?) {
      self.scanner = scanner
      self.residue = residue
    }

    mutating func add(_ other: PageScanner, _ cut: [PageScanner.CutRun], in block: RawSpan) {
      byteCount += UInt64(block.byteCount)
      cutRuns.add(block) { page, run in
        let soundness = scanner.scan(run: run)
        residue?.take(run: run, page: page, soundness)
      }
      scanner.join(other)
      waiting = cutRuns.begin(cut, in: block)
    }

    /// Searches what is not sound in the block that was added last.
    mutating func search(_ layout: PageLayout, in block: RawSpan) {
      residue?.take(block, layout, waiting: waiting)
    }

    /// Ends the search, when all blocks were added and it is known where the SHA-256 lies.
    mutating func finish(_ hash: TrailerHash.Outcome?, imageBytes: UInt64) {
      guard residue != nil else { return }
      cutRuns.finish { page, run in residue?.take(run: run, page: page, .unsound) }
      residue?.finish(trailer: Trailer(fileBytes: byteCount, imageBytes: imageBytes).start(by: hash))
    }

    /// Hands everything over, so that no copy of it is made when it changes.
    mutating func take(leaving empty: PageScanner) -> Total {
      defer { self = Total(scanner: empty, residue: nil) }
      return self
    }
  }

  /// The rows in the clear and in scope on sound pages that are not in use. To be asked first before the list is handed
  /// over.
  package mutating func unowned(_ ownership: PageOwnership) -> CandidateList {
    let rows = unownedRows ?? list.unowned(ownership)
    unownedRows = rows
    return rows
  }

  /// The catalog, with its entries accessible by their pages, of which `tree` tells how many there are.
  func indexedCatalog(_ tree: Tree) -> PageCatalog {
    var catalog = catalog
    catalog.index(pages: tree.pageBound)
    return catalog
  }

  /// Hands the list over, so that no copy of it is made when it changes.
  mutating func takeList(leaving empty: CandidateList) -> CandidateList {
    defer { list = empty }
    return list
  }

  /// Adds the bytes of `block`, which comes next, to the hash, if one is taken.
  private static func add(_ block: BlockRing.Block, to hash: SharedState<TrailerHash?>, _ statistics: RunStatistics?) {
    hash.update { hash in
      guard var taken = hash.take() else { return }
      statistics.measure(.hash, bytes: block.count) { block.withBytes { taken.update($0) } }
      hash = consume taken
    }
  }
}

extension Trailer {
  /// Where the trailer starts, or what is left of it, as far as the hash, where it was taken, does not tell otherwise; nil
  /// when there is none.
  fileprivate func start(by hash: TrailerHash.Outcome?) -> UInt64? {
    if let hash {
      for place in candidates where hash.digests[place] != nil && hash.digests[place] == hash.embedded[place] {
        return place
      }
    }
    return mismatched ?? cutBytes.map { fileBytes - $0 }
  }
}
