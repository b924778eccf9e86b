import BoltFormat
import ByteViews
import VerificationModel

extension PageCensus {
  /// Counts the other pages of `tree`, of which a walk reached `reached`. O(file).
  ///
  /// - Parameters:
  ///   - zeros: the pages in which every byte is zero, where that is known.
  ///   - hollow: pages at the end of the file that lie in a hole, and aren't read.
  ///   - ledger: gets these pages.
  mutating func countOthers(
    of tree: Tree, reached: PageSet, zeros: [Range<UInt64>]?, hollow: UInt64, _ ledger: inout LedgerTally
  ) {
    let reachable = reached.count
    if let zeros {
      count(zeros, reached: reached, pages: tree.pagesInFile, &ledger)
    } else {
      countZero(of: tree, reached: reached, pages: tree.pagesInFile - hollow, &ledger)
      zero += hollow
    }
    let treePages = [Kind.branch, .leaf, .overflow].reduce(0) { $0 + self[$1].count }
    let metas = min(2, tree.pageBound)
    self[.meta] = Usage(count: metas, usedBytes: metas * UInt64(Meta.byteCount))
    freelistEntries = tree.freelistEntries
    let freelist = reachable - metas - treePages
    if freelist > 0 { self[.freelist] = Usage(count: freelist, usedBytes: freelistBytes(in: freelist)) }
    unreachable = tree.pagesInFile - reachable
    beyondHighWaterMark = tree.pagesInFile - tree.pageBound
  }

  /// Counts the pages that were not reached, of which those in `zeros`, in ascending order, hold nothing but zeros.
  private mutating func count(
    _ zeros: [Range<UInt64>], reached: PageSet, pages: UInt64, _ ledger: inout LedgerTally
  ) {
    var next = zeros.startIndex
    let bound = min(pages, reached.capacity)
    for page in 0..<bound {
      while next < zeros.endIndex, zeros[next].upperBound <= page { next += 1 }
      let isZero = next < zeros.endIndex && zeros[next].contains(page)
      guard !reached.contains(PageID(page)) else { continue }
      addFree(page, isZero ? .zero : .content, to: &ledger)
    }
    // Beyond the set none was reached, and none is a page of the store: a hole may have hundreds of millions of them.
    for range in zeros { zero += UInt64(range.clamped(to: bound..<max(bound, pages)).count) }
  }

  /// Counts a page that was not reached; `filling` is nil where it could not be read.
  private mutating func addFree(_ page: UInt64, _ filling: Ledger.Filling?, to ledger: inout LedgerTally) {
    if filling == .zero { zero += 1 }
    ledger.addFree(page, filling)
  }

  /// Reads those of the first `pages` pages that were not reached, up to 1 MiB at once.
  private mutating func countZero(of tree: Tree, reached: PageSet, pages: UInt64, _ ledger: inout LedgerTally) {
    var bytes: [UInt8] = []
    let most = UInt64(max(1, (1 << 20) / pageSize))
    var page: UInt64 = 0
    while page < pages {
      var end = page
      while end < pages, end - page < most, !reached.contains(PageID(end)) { end += 1 }
      if end > page {
        let count = Int(end - page) * pageSize
        var isRead = true
        do throws(BoltError) {
          try tree.source.read(count, at: page * UInt64(pageSize), into: &bytes)
        } catch {
          isRead = false
          ledger.find(error)
        }
        for number in page..<end {
          let start = Int(number - page) * pageSize
          let isZero = isRead && bytes.rawSpan.isZero(in: start..<(start + pageSize))
          addFree(number, isRead ? isZero ? .zero : .content : nil, to: &ledger)
        }
      }
      page = max(end, page + 1)
    }
  }

  /// Bytes that the freelist's header and entries take of `pages` pages, however many entries it claims.
  private func freelistBytes(in pages: UInt64) -> UInt64 {
    let entries = min(freelistEntries ?? 0, bytes(pages) / 8)
    let words = entries >= UInt64(PageHeader.escapeCount) ? entries + 1 : entries
    return min(UInt64(PageHeader.byteCount) + 8 * words, bytes(pages))
  }
}
