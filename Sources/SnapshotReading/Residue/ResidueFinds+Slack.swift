import BoltFormat
import ByteViews

extension ResidueFinds {
  /// Searches what lies behind the last element of `pages`, which are in use, and behind the metas.
  ///
  /// - Returns: why some of it could not be read.
  mutating func searchSlack(of pages: [PageUse], in tree: Tree) -> [BoltError] {
    var errors: [BoltError] = []
    let pageSize = UInt64(tree.meta.pageSize)
    for page in 0..<min(2, tree.pageBound) {
      let used = page * pageSize + UInt64(Meta.byteCount)
      searchWhole(used..<(page + 1) * pageSize, isSlack: true, tree, &errors)
    }
    for page in pages {
      let start = page.page.rawValue * pageSize
      let slack = (start + page.usedBytes)..<(start + pageSize * (UInt64(page.overflow) + 1))
      if !slack.isEmpty { note(RunSlack(page: page.page.rawValue, range: slack)) }
      searchWhole(slack, isSlack: true, tree, &errors)
    }
    return errors
  }

  /// Searches the bytes of `range`, up to 1 MiB of them at once.
  mutating func searchWhole(_ range: Range<UInt64>, isSlack: Bool, _ tree: Tree, _ errors: inout [BoltError]) {
    var bytes: [UInt8] = []
    var search = ResidueSearch(
      pageSize: tree.meta.pageSize, tree.meta.byteOrder, pageBound: tree.pageBound)
    for start in stride(from: range.lowerBound, to: range.upperBound, by: 1 << 20) {
      let count = Int(min(range.upperBound - start, 1 << 20))
      do throws(BoltError) { try tree.source.read(count, at: start, into: &bytes) } catch {
        errors.append(error)
        break
      }
      let slack = bytes.rawSpan.extracting(first: count)
      if !search.isOpen {
        if slack.isZero(in: 0..<count) { continue }
        search.begin(at: start, isHeaded: false, isSlack: isSlack, &self)
      }
      search.append(slack, &self)
    }
    search.end(&self)
  }
}
