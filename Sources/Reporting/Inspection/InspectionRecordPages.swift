import VerificationModel

/// A snapshot's `pages`: by what they are for. All pages of the file stand in `live` or in `unreachable`.
struct InspectionRecordPages: Encodable {
  let branch: Usage
  let leaf: Usage
  let overflow: Usage
  let meta: Usage
  let freelist: Usage
  /// The five together.
  let live: Extent
  let unreachable: Extent
  /// The parts of `unreachable`: pages in which every byte is zero, and all others.
  let zero: Extent
  let residue: Extent
  /// A part of `unreachable`.
  let beyondHighWaterMark: Extent
  let freelistEntries: UInt64?

  /// Pages of one kind.
  struct Usage: Encodable {
    let count: UInt64
    let bytes: UInt64
    let usedBytes: UInt64
    /// From 0 to 1, to four decimals.
    let fill: Double?
  }

  /// Pages of which nothing is known but that they are there.
  struct Extent: Encodable {
    let count: UInt64
    let bytes: UInt64
  }

  init(_ pages: PageCensus) {
    func usage(_ kind: PageCensus.Kind) -> Usage {
      Usage(
        count: pages[kind].count, bytes: pages.bytes(pages[kind].count), usedBytes: pages[kind].usedBytes,
        fill: pages.fill(kind).map { ($0 * 10_000).rounded() / 10_000 })
    }
    func extent(_ count: UInt64) -> Extent { Extent(count: count, bytes: pages.bytes(count)) }
    self.branch = usage(.branch)
    self.leaf = usage(.leaf)
    self.overflow = usage(.overflow)
    self.meta = usage(.meta)
    self.freelist = usage(.freelist)
    self.live = extent(pages.live)
    self.unreachable = extent(pages.unreachable)
    self.zero = extent(pages.zero)
    self.residue = extent(pages.unreachable - min(pages.zero, pages.unreachable))
    self.beyondHighWaterMark = extent(pages.beyondHighWaterMark)
    self.freelistEntries = pages.freelistEntries
  }
}
