import BoltFormat
import ByteViews
import EtcdStorage
import SnapshotReading
import VerificationModel

/// Counts for a ``Ledger`` what the walk through a tree brings; and then all that it does not.
///
/// Elements lie one behind the other, as bbolt writes them. Of a page where they do not, all behind its table is damage:
/// elements may lie in one another. Nothing is kept of a row.
struct LedgerTally: Sendable {
  /// Bytes by kind, but for the values.
  private var bytes: [Ledger.Kind: UInt64] = [:]
  /// Bytes of values of rows of bucket `key`, tombstones apart.
  private(set) var valueBytes: UInt64 = 0
  /// Pages in use that are damage behind their tables.
  private(set) var irregular: PageSet
  /// Pages that were referred to, and are not what they must be.
  private var refused: PageSet
  /// The buckets that the walk is in, the root bucket first.
  private var levels: [Level]
  /// The names of all but the root bucket.
  private var names: [[UInt8]] = []
  private let source: any ByteSource
  private let pageSize: Int
  private let pageBound: UInt64
  private var buffer: [UInt8] = []
  /// The first thing that could not be read, if any.
  private(set) var readFailure: BoltError?

  /// A tally of `tree`, through which no step was taken yet.
  init(_ tree: Tree) {
    source = tree.source
    pageSize = tree.meta.pageSize
    pageBound = tree.pageBound
    irregular = PageSet(capacity: tree.pageBound)
    refused = PageSet(capacity: tree.pageBound)
    levels = [Level(rows: .root, imageBytes: nil)]
  }

  /// A bucket, and what was met on the leaf that is being read, of the bucket or inside which it lies.
  fileprivate struct Level {
    /// What its rows are.
    enum Rows {
      case root
      case key
      case other(Ledger.Kind)
    }

    let rows: Rows
    /// Bytes of its page image, if it lies inside the page of the bucket around it.
    let imageBytes: UInt64?
    var elements: UInt64 = 0
    var met = Content()
  }

  /// Bytes of rows, each counted once.
  fileprivate struct Content {
    var structure: UInt64 = 0
    var values: UInt64 = 0
    var margins: UInt64 = 0
    var damage: UInt64 = 0
    /// What buckets that lie inside the page have beside, by their kind.
    var others: [Ledger.Kind: UInt64] = [:]

    var total: UInt64 { others.values.reduce(structure + values + margins + damage, +) }

    mutating func add(_ content: Content) {
      structure += content.structure
      values += content.values
      margins += content.margins
      damage += content.damage
      others.merge(content.others, uniquingKeysWith: +)
    }
  }

  private mutating func add(_ count: UInt64, _ kind: Ledger.Kind) { bytes[kind, default: 0] += count }

  // MARK: The walk

  mutating func enter(_ bucket: Bucket) {
    levels[levels.count - 1].elements += 1
    levels[levels.count - 1].met.structure += UInt64(Bucket.headerBytes)
    names.append(bucket.name)
    let isKey = bucket.nesting == 1 && bucket.name.elementsEqual("key".utf8)
    let imageBytes: UInt64? = if case .inline(_, let byteCount) = bucket.root { byteCount } else { nil }
    levels.append(Level(rows: isKey ? .key : .other(Ledger.Kind(bucket: names)), imageBytes: imageBytes))
  }

  mutating func visit(_ row: borrowing Row) {
    let last = levels.count - 1
    levels[last].elements += 1
    if case .key = levels[last].rows { levels[last].met.addRow(key: row.key, message: row.value) }
  }

  mutating func leave() {
    names.removeLast()
    var level = levels.removeLast()
    guard let imageBytes = level.imageBytes else { return }
    level.met.structure += UInt64(PageHeader.byteCount) + level.elements * UInt64(Element.byteCount)
    level.met.others[level.kindOfImage, default: 0] += imageBytes - min(imageBytes, level.met.total)
    levels[levels.count - 1].met.add(level.met)
  }

  mutating func finish(_ page: PageUse) {
    let last = levels.count - 1
    let met = levels[last].met
    levels[last].met = Content()
    let run = UInt64(pageSize) * (UInt64(page.overflow) + 1)
    let table = UInt64(Element.headerOffset(page.elements))
    add(table, .structure)
    guard !irregular.contains(page.page) else {
      for number in page.page.rawValue...page.page.rawValue + UInt64(page.overflow) { irregular.insert(PageID(number)) }
      return add(run - table, .damage)
    }
    take(met)
    let rest = page.usedBytes - min(page.usedBytes, table + met.total)
    add(rest, levels[last].kind(ofRestOf: page))
    let used = table + met.total + rest
    let start = page.page.rawValue * UInt64(pageSize)
    addEnd(start + min(used, run)..<start + run, ofOverflow: page.overflow > 0)
  }

  private mutating func take(_ content: Content) {
    add(content.structure, .structure)
    add(content.margins, .rowMargin)
    add(content.damage, .damage)
    for (kind, count) in content.others { add(count, kind) }
    valueBytes += content.values
  }

  mutating func find(_ error: BoltError) {
    if error.code == .readFailed, readFailure == nil { readFailure = error }
    guard let page = error.page, page.rawValue < pageBound else { return }
    switch error.code {
    case .elementOutOfBounds, .elementsNotDense, .elementsOverlap, .elementTooLarge: irregular.insert(page)
    case .pageID, .pageFlags, .pageKind, .pageUnsound, .pageClaimedTwice, .overflowOutOfBounds, .elementCount,
      .emptyBranch, .elementTable, .readFailed:
      refused.insert(page)
    default: break
    }
  }

  // MARK: What the walk does not bring

  /// Adds what the pages of bucket `key` hold, which the walk through a stream leaves out.
  mutating func add(_ bucket: MeasuredPages.KeyBucket) {
    add(bucket.structureBytes, .structure)
    add(bucket.marginBytes, .rowMargin)
    valueBytes += bucket.valueBytes
    for (kind, count) in bucket.ends { add(count, kind) }
    for page in 0..<pageBound where bucket.refused.contains(PageID(page)) { refused.insert(PageID(page)) }
  }

  /// Adds both meta pages of `tree`.
  mutating func addMetas(of tree: Tree) {
    for (page, meta) in zip(0..<min(2, pageBound), [tree.metas.first, tree.metas.second]) {
      let isUsable = if case .success = meta { true } else { false }
      add(UInt64(Meta.byteCount), isUsable ? .structure : .damage)
      let start = page * UInt64(pageSize)
      addEnd(start + UInt64(Meta.byteCount)..<start + UInt64(pageSize), ofOverflow: false)
    }
  }

  /// Adds the pages of the freelist.
  mutating func addFreelist(pages: UInt64) { add(pages * UInt64(pageSize), .freelist) }

  /// Adds a page that the meta does not reach; `filling` is nil where it could not be read.
  mutating func addFree(_ page: UInt64, _ filling: Ledger.Filling?) {
    guard page < pageBound else { return }
    guard let filling, !refused.contains(PageID(page)) else { return add(UInt64(pageSize), .damage) }
    add(UInt64(pageSize), .freePages(filling))
  }

  private mutating func addEnd(_ range: Range<UInt64>, ofOverflow isOfOverflow: Bool) {
    guard !range.isEmpty else { return }
    guard let filling = filling(of: range) else { return add(UInt64(range.count), .damage) }
    add(UInt64(range.count), isOfOverflow ? .overflowEnds(filling) : .pageEnds(filling))
  }

  /// What lies in `range`, which is read up to 1 MiB at once; nil where it can't be read.
  private mutating func filling(of range: Range<UInt64>) -> Ledger.Filling? {
    var start = range.lowerBound
    while start < range.upperBound {
      let count = Int(min(range.upperBound - start, 1 << 20))
      do throws(BoltError) {
        try source.read(count, at: start, into: &buffer)
      } catch {
        find(error)
        return nil
      }
      guard buffer.rawSpan.isZero(in: 0..<count) else { return .content }
      start += UInt64(count)
    }
    return .zero
  }

  // MARK: The ledger

  /// The ledger of a file of `fileBytes`, whose values are `values`, and whose SHA-256 stands where `trailer` says.
  func ledger(_ values: LedgerValues, _ trailer: TrailerSummary, fileBytes: UInt64, isTruncated: Bool) -> Ledger {
    var bytes = bytes
    var left = valueBytes
    for (kind, count) in values.counts {
      let taken = min(count, left)
      left -= taken
      bytes[kind, default: 0] += taken
    }
    // A row that no list of rows has is out of every scope, and not known to be the newest.
    bytes[.values(.history, inScope: false), default: 0] += left

    let tail = min(pageBound * UInt64(pageSize), fileBytes)..<fileBytes
    let (start, count) = trailer.place ?? (fileBytes, 0)
    let place = start.clamped(to: tail)..<(start + count).clamped(to: tail)
    bytes[isTruncated ? .damage : .beyondHighWaterMark, default: 0] += place.lowerBound - tail.lowerBound
    bytes[.trailer, default: 0] += UInt64(place.count)
    bytes[.behindTrailer, default: 0] += tail.upperBound - place.upperBound
    return Ledger(bytes)
  }
}

extension LedgerTally.Level {
  /// What a page image of the bucket is that lies inside another page, but for its structure, and for rows of bucket `key`.
  fileprivate var kindOfImage: Ledger.Kind { if case .other(let kind) = rows { kind } else { .bucket("key") } }

  /// What bytes are that `page` of the bucket uses beside what was met: the rows of another bucket, of bucket `key` the keys
  /// of a branch. A leaf of that has none, unless a bucket lies inside it, which is an error.
  fileprivate func kind(ofRestOf page: PageUse) -> Ledger.Kind {
    switch rows {
    case .root: .root
    case .other(let kind): kind
    case .key where page.kind == .leaf: .damage
    case .key: page.mayHoldMoreThanRevisions ? .bucket("key") : .structure
    }
  }
}

extension LedgerTally.Content {
  /// Counts a row of bucket `key`. One that etcd can't read is damage.
  fileprivate mutating func addRow(key: RawSpan, message: RawSpan) {
    let count = UInt64(key.byteCount + message.byteCount)
    guard let revision = try? RevisionKey(decoding: key), let layout = KeyValueLayout(of: message) else {
      damage += count
      return
    }
    let value = revision.isTombstone ? 0 : UInt64(layout.valueRange.count)
    let isSound = layout.isAsWritten(isTombstone: revision.isTombstone, byteCount: message.byteCount)
    let margin = isSound ? 0 : ImpossibleRow.marginBytes(of: message, revision)
    values += value
    margins += margin
    structure += count - value - margin
  }
}

extension TrailerSummary {
  /// Where it stands, and how many bytes of it are there; nil where there is none.
  fileprivate var place: (start: UInt64, bytes: UInt64)? {
    switch self {
    case .absent: nil
    case .announced(let place), .present(let place, _): (place.rawValue, Trailer.byteCount)
    case .cut(let place, let bytes): (place.rawValue, bytes)
    }
  }
}

extension UInt64 {
  fileprivate func clamped(to range: Range<UInt64>) -> UInt64 {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
