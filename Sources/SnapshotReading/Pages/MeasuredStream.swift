import BoltFormat
import EtcdStorage
import VerificationModel

/// What a stream's pages measure up to, once it is known which of them are in use.
package struct MeasuredStream: Sendable {
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
    /// Whether every page of it was sound.
    package let isWhole: Bool
  }

  /// Puts together what `survey` found in use, nil where there is no bucket with pages of its own; nil when the pages of
  /// `catalog` were not measured. O(pages).
  package init?(_ catalog: PageCatalog, _ survey: KeyBucketSurvey?, pageSize: Int) {
    guard let measures = catalog.measures else { return nil }
    zeros = measures.zeros
    keyBucket = survey.map { KeyBucket(of: $0, in: catalog, measures, pageSize: pageSize) }
  }
}

extension MeasuredStream.KeyBucket {
  fileprivate init(
    of survey: KeyBucketSurvey, in catalog: PageCatalog, _ measures: PageMeasures, pageSize: Int
  ) {
    var checksum = CRC32C()
    var bytes: UInt64 = 0
    var rows = 0
    for number in survey.leaves {
      let leaf = catalog.leaves[number]
      let measure = measures.leaves[number]
      // bbolt writes keys and values without gaps behind the table of elements, and no page is sound without that.
      let rowBytes = UInt64(measure.usedBytes) - UInt64(Element.headerOffset(Int(leaf.rows)))
      checksum.append(measure.checksum, byteCount: rowBytes)
      bytes += rowBytes
      rows += Int(leaf.rows)
    }
    self.checksum = checksum.value
    self.bytes = bytes
    self.rows = rows
    lastMain = survey.leaves.last.map { catalog.leaves[$0].last.revision.main }
    pages = Self.pages(of: survey, in: catalog, measures, pageSize: pageSize)
    owned = survey.owned
    isWhole = survey.faults.count == 0
  }

  private static func pages(
    of survey: KeyBucketSurvey, in catalog: PageCatalog, _ measures: PageMeasures, pageSize: Int
  ) -> PageCensus {
    var pages = PageCensus(pageSize: pageSize)
    for page in 0..<survey.heads.capacity where survey.heads.contains(PageID(page)) {
      switch catalog.entry(of: page) {
      case .leaf(let number):
        pages.count(
          .leaf, overflow: catalog.leaves[number].overflow, usedBytes: UInt64(measures.leaves[number].usedBytes))
      case .branch(let number):
        pages.count(
          .branch, overflow: catalog.branches[number].overflow, usedBytes: UInt64(measures.branches[number].usedBytes))
      case nil: break
      }
    }
    return pages
  }
}
