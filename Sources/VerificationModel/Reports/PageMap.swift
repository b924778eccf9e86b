/// A picture of a file: what its pages hold, in the order of the file, each of at most ``maximumCells`` cells for a run of
/// as many pages, and exact counts for the whole file.
///
/// Takes two bytes a cell, however large the file is.
public struct PageMap: Sendable, Hashable {
  /// What a page holds, the gravest first. A page of which several are true counts as the gravest.
  public enum Use: UInt8, Sendable, CaseIterable {
    /// What should be encrypted and can be read, in bytes that no page in use owns.
    case readableResidue
    /// What should be encrypted and can be read, in a page in use.
    case readableValues
    /// Something that could not be read as what it must be.
    case damaged
    /// Bytes that no page in use owns, which are not zero and which nothing accounts for.
    case unexplained
    /// Branches and leaves of buckets, and the pages that continue them.
    case tree
    /// One of the two pages in which a file begins.
    case meta
    /// The list of free pages.
    case freelist
    /// No page in use: all its bytes are accounted for, and none of them can be read that should be encrypted.
    case accountedFor
    /// No page in use: every byte is zero.
    case zero
    /// No page in use, and nobody asked what it holds.
    case unexamined
  }

  /// What a run of pages holds.
  public struct Cell: Sendable, Hashable {
    /// The gravest use of a page in the run.
    public let gravest: Use
    /// The use of most of its pages; of two as frequent ones the graver.
    public let prevailing: Use
  }

  /// The most cells of a map.
  public static let maximumCells = 1024

  /// Pages that a cell stands for; the last cell may stand for fewer.
  public let pagesPerCell: Int
  /// Whole pages of the file.
  public let pages: Int
  /// The cells, in the order of the file.
  public let cells: [Cell]
  /// By the use.
  private let counts: [Int]

  /// Pages of this use in the whole file.
  public func count(_ use: Use) -> Int { counts[Int(use.rawValue)] }

  /// A map of a file whose pages have these uses, and behind which `zeros` more are all zero. O(uses).
  public init(of uses: [Use], zerosBehind zeros: Int = 0) {
    pages = uses.count + zeros
    pagesPerCell = max(1, (pages + Self.maximumCells - 1) / Self.maximumCells)
    var counts = Array(repeating: 0, count: Use.allCases.count)
    var cells: [Cell] = []
    var start = 0
    while start < pages {
      let end = min(start + pagesPerCell, pages)
      var inCell = Array(repeating: 0, count: Use.allCases.count)
      let known = min(start, uses.count)..<min(end, uses.count)
      for page in known { inCell[Int(uses[page].rawValue)] += 1 }
      inCell[Int(Use.zero.rawValue)] += end - start - known.count
      for (use, count) in inCell.enumerated() { counts[use] += count }
      cells.append(Cell(inCell))
      start = end
    }
    self.cells = cells
    self.counts = counts
  }
}

extension PageMap.Cell {
  /// A cell of at least one page, with the number of pages by their use.
  fileprivate init(_ counts: [Int]) {
    let uses = PageMap.Use.allCases
    gravest = uses.first { counts[Int($0.rawValue)] > 0 } ?? .unexamined
    let most = counts.max() ?? 0
    prevailing = uses.first { counts[Int($0.rawValue)] == most } ?? .unexamined
  }
}
