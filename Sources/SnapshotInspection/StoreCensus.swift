import BoltFormat
import EtcdStorage
import SnapshotReading
import VerificationModel

/// Takes in a whole store: what etcd's status counts, buckets and pages, and what the small buckets tell. Of bucket `key`
/// the scan has measured the pages, where they are sound; else its rows come here in one walk, in order.
struct StoreCensus: TreeVisitor {
  private(set) var digest = StatusDigest()
  private(set) var buckets = BucketCensus()
  private(set) var pages: PageCensus
  private(set) var cluster = ClusterSummary()
  /// What each byte of the pages is part of.
  private(set) var ledger: LedgerTally
  /// Pages that the meta reaches.
  private(set) var reachablePages: UInt64 = 0
  /// Whether all rows came that bbolt would have read, as bbolt would have read them.
  private(set) var isWhole = true
  /// Bucket `key` as it was measured, whose rows don't come then.
  private let keyBucket: MeasuredPages.KeyBucket?
  /// The bucket whose rows come, when it tells something about the cluster.
  private var clusterBucket: ClusterSummary.Bucket?

  /// Takes the census of `tree`. O(pages), and O(file) where they were not measured.
  ///
  /// - Parameters:
  ///   - measured: what the pages measure up to, as far as that is known.
  ///   - hollowPages: pages at the end of the file that lie in a hole, and aren't read.
  init(of tree: Tree, _ measured: MeasuredPages?, hollowPages: UInt64) {
    pages = PageCensus(pageSize: tree.meta.pageSize)
    ledger = LedgerTally(tree)
    keyBucket = measured?.keyBucket
    let reached = tree.walk(&self) { [keyBucket] bucket, _ in
      Self.isKeyBucket(bucket) ? keyBucket?.owned : nil
    }
    reachablePages = reached.count
    pages.countOthers(of: tree, reached: reached, zeros: measured?.zeros, hollow: hollowPages, &ledger)
    ledger.addMetas(of: tree)
    ledger.addFreelist(pages: pages[.freelist].count)
  }

  private static func isKeyBucket(_ bucket: Bucket) -> Bool {
    bucket.nesting == 1 && bucket.name.elementsEqual("key".utf8)
  }

  mutating func enter(_ bucket: Bucket) {
    digest.enterBucket(bucket.name, nesting: bucket.nesting)
    buckets.enter(bucket)
    ledger.enter(bucket)
    clusterBucket =
      bucket.nesting == 1 ? ClusterSummary.Bucket(rawValue: String(decoding: bucket.name, as: UTF8.self)) : nil
    if let keyBucket, Self.isKeyBucket(bucket) { take(keyBucket) }
  }

  private mutating func take(_ bucket: MeasuredPages.KeyBucket) {
    digest.add(rows: bucket.rows, checksum: bucket.checksum, bytes: bucket.bytes, lastMain: bucket.lastMain)
    buckets.add(rows: bucket.rows, bytes: bucket.bytes)
    pages.count(bucket.pages)
    ledger.add(bucket)
    if !bucket.isWhole { isWhole = false }
  }

  mutating func visit(_ row: borrowing Row) {
    digest.add(key: row.key, value: row.value)
    buckets.visit(row)
    ledger.visit(row)
    if let clusterBucket { cluster.read(clusterBucket, key: row.key, value: row.value) }
  }

  mutating func leave(_ bucket: Bucket) {
    digest.leaveBucket(nesting: bucket.nesting)
    buckets.leave()
    ledger.leave()
    clusterBucket = nil
  }

  mutating func finish(_ page: PageUse) {
    pages.count(page)
    ledger.finish(page)
  }

  mutating func find(_ error: BoltError) {
    ledger.find(error)
    if error.code.concernsRows { isWhole = false }
  }
}

extension BoltError.Code {
  /// Whether rows may be missing, or may not be those that bbolt reads, where this is found.
  var concernsRows: Bool {
    switch self {
    case .metaMagic, .metaVersion, .metaChecksum, .metaPageSize, .metaRoot, .metaHeader, .metaTransactions: false
    case .freelistCount, .freelistID, .freelistOrder, .freelistReachable, .freelistIncomplete: false
    // A page that is referred to and missing is an error of its own.
    case .truncated: false
    default: true
    }
  }
}
