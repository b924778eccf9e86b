import BoltFormat
import ByteViews
import VerificationModel

extension PageCensus {
  /// Counts the other pages of `tree`, of which a walk reached `reached`. O(file).
  ///
  /// - Parameters:
  ///   - zeros: the pages in which every byte is zero, where they can't be read again.
  ///   - note: is told how many bytes were read.
  mutating func countOthers(
    of tree: Tree, reached: PageSet, zeros: [Range<UInt64>]?, note: (Int) -> Void
  ) {
    let reachable = reached.count
    if let zeros {
      for page in zeros.joined() where !reached.contains(PageID(page)) { zero += 1 }
    } else {
      countZero(of: tree, reached: reached, note: note)
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

  /// Reads the pages that were not reached, up to 1 MiB at once.
  private mutating func countZero(of tree: Tree, reached: PageSet, note: (Int) -> Void) {
    var bytes: [UInt8] = []
    let most = UInt64(max(1, (1 << 20) / pageSize))
    var page: UInt64 = 0
    while page < tree.pagesInFile {
      var end = page
      while end < tree.pagesInFile, end - page < most, !reached.contains(PageID(end)) { end += 1 }
      if end > page {
        let count = Int(end - page) * pageSize
        note(count)
        if (try? tree.source.read(count, at: page * UInt64(pageSize), into: &bytes)) != nil {
          let span = bytes.rawSpan
          for start in stride(from: 0, to: count, by: pageSize) where span.isZero(in: start..<(start + pageSize)) {
            zero += 1
          }
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
