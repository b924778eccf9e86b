import BoltFormat
import EtcdStorage
import VerificationModel

/// What the pages of a store measure up to, once it is known which of them are in use.
package struct MeasuredPages: Sendable {
  /// The pages in which every byte is zero, in ascending order.
  package let zeros: [Range<UInt64>]
  /// Bucket `key`; nil where the walk through the tree brings its rows, as it lies in another page, or is not there.
  package let keyBucket: KeyBucket?

  /// What lies in bucket `key`, in the order of its keys.
  package struct KeyBucket: Sendable {
    /// CRC-32C over all keys and values.
    package let checksum: UInt32
    /// Bytes of all keys and values.
    package let bytes: UInt64
    package let rows: Int
    /// The main revision of the last row; nil when there is none.
    package let lastMain: Int64?
    /// Its pages.
    package let pages: PageCensus
    /// The pages in use when it has been read: its own, and those that came before.
    package let owned: PageSet
    /// Pages that are referred to and are not sound.
    package let refused: PageSet
    /// Whether every page of it was sound.
    package let isWhole: Bool
    /// Bytes of values, those of tombstones apart.
    package let valueBytes: UInt64
    /// Bytes of rows that none of their fields has.
    package let marginBytes: UInt64
    /// Bytes behind the last elements of pages, by what they are.
    package let ends: [Ledger.Kind: UInt64]
  }

  /// Puts together what `survey` found in use, nil where there is no bucket with pages of its own; nil when the pages of
  /// `catalog` were not measured. O(pages).
  package init?(_ catalog: PageCatalog, _ survey: KeyBucketSurvey?, pageSize: Int) {
    guard let measures = catalog.measures else { return nil }
    zeros = measures.zeros
    keyBucket = survey.map { KeyBucket(of: $0, in: catalog, measures, pageSize: pageSize) }
  }
}

extension MeasuredPages.KeyBucket {
  fileprivate init(
    of survey: KeyBucketSurvey, in catalog: PageCatalog, _ measures: PageMeasures, pageSize: Int
  ) {
    var checksum = CRC32C()
    var bytes: UInt64 = 0
    var rows = 0
    var (valueBytes, marginBytes) = (UInt64(0), UInt64(0))
    for number in survey.leaves {
      let leaf = catalog.leaves[number]
      let measure = measures.leaves[number]
      // bbolt writes keys and values without gaps behind the table of elements, and no page is sound without that.
      let rowBytes = UInt64(measure.usedBytes) - UInt64(Element.headerOffset(Int(leaf.rows)))
      checksum.append(measure.checksum, byteCount: rowBytes)
      bytes += rowBytes
      rows += Int(leaf.rows)
      valueBytes += UInt64(measure.valueBytes)
      marginBytes += UInt64(measure.marginBytes)
    }
    self.checksum = checksum.value
    self.bytes = bytes
    self.rows = rows
    lastMain = survey.leaves.last.map { catalog.leaves[$0].last.revision.main }
    var pages = PageCensus(pageSize: pageSize)
    var ends: [Ledger.Kind: UInt64] = [:]
    Self.forEachPage(of: survey, in: catalog, measures) { kind, overflow, page in
      pages.count(kind, overflow: overflow, usedBytes: UInt64(page.usedBytes))
      let filling: Ledger.Filling = page.isEndZero ? .zero : .content
      let bytes = pages.bytes(UInt64(overflow) + 1) - UInt64(page.usedBytes)
      ends[overflow > 0 ? .overflowEnds(filling) : .pageEnds(filling), default: 0] += bytes
    }
    self.pages = pages
    self.ends = ends
    self.valueBytes = valueBytes
    self.marginBytes = marginBytes
    owned = survey.owned
    refused = survey.refused
    isWhole = survey.faults.count == 0
  }

  /// Hands out the pages in use, each with its overflow and what it measures up to.
  private static func forEachPage(
    of survey: KeyBucketSurvey, in catalog: PageCatalog, _ measures: PageMeasures,
    _ body: (PageCensus.Kind, UInt32, PageMeasures.Page) -> Void
  ) {
    for page in 0..<survey.heads.capacity where survey.heads.contains(PageID(page)) {
      switch catalog.entry(of: page) {
      case .leaf(let number): body(.leaf, catalog.leaves[number].overflow, measures.leaves[number])
      case .branch(let number): body(.branch, catalog.branches[number].overflow, measures.branches[number])
      case nil: break
      }
    }
  }

  /// Bytes of its pages that are no values, no margins, and do not lie behind the last element of a page.
  package var structureBytes: UInt64 {
    let used = PageCensus.Kind.allCases.reduce(0) { $0 + pages[$1].usedBytes }
    return used - valueBytes - marginBytes
  }
}
