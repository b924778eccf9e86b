import Testing
import VerificationModel

@testable import HTMLReporting

@Suite("The picture of the pages")
struct PageMapPictureTests {
  private func uses(_ runs: [(PageMap.Use, Int)]) -> [PageMap.Use] {
    runs.flatMap { Array(repeating: $0.0, count: $0.1) }
  }

  @Test func `a small file has a cell for each page`() {
    let map = PageMap(of: uses([(.meta, 2), (.tree, 40), (.readableResidue, 1), (.zero, 9)]))
    #expect(map.pagesPerCell == 1)
    #expect(map.cells.count == 52)
    #expect(map.cells[42].gravest == .readableResidue)
    #expect(PageMap.Use.allCases.reduce(0) { $0 + map.count($1) } == 52)
  }

  @Test(arguments: [1, 1023, 1024, 1025, 2048, 2049, 1_000_003])
  func `a large file has at most so many, and the counts are exact`(pages: Int) {
    let map = PageMap(of: (0..<pages).map { $0 % 3 == 0 ? .tree : .zero })
    #expect(map.cells.count <= PageMap.maximumCells)
    #expect(map.pagesPerCell * map.cells.count >= pages)
    #expect(map.pagesPerCell * (map.cells.count - 1) < pages)
    #expect(map.count(.tree) == (pages + 2) / 3)
    #expect(map.pages == pages)
  }

  @Test(arguments: [1, 1000, 1023, 5000, 700_001])
  func `zeros behind the pages count like pages that are zero`(zeros: Int) {
    let known = uses([(.meta, 2), (.tree, 700), (.unexplained, 1), (.accountedFor, 321)])
    #expect(PageMap(of: known, zerosBehind: zeros) == PageMap(of: known + uses([(.zero, zeros)])))
  }

  @Test func `one page that can be read colors its cell, one that is in use does not`() throws {
    var uses = Array(repeating: PageMap.Use.zero, count: 100_000)
    (uses[5_000], uses[70_000]) = (.readableValues, .tree)
    let map = PageMap(of: uses)
    #expect(map.cells.count { $0.gravest == .readableValues } == 1)
    #expect(map.cells.allSatisfy { $0.prevailing == .zero })
    let page = try ParsedPage(PageSample.page([snapshot(map)]))
    let strokes = Set(page.all("path").compactMap { $0.attributes["class"] })
    #expect(strokes == ["use-readable", "use-zero"])
  }

  @Test func `the strokes cover each cell once`() throws {
    var generator = SystemRandomNumberGenerator()
    let uses = (0..<777).map { _ in PageMap.Use.allCases.randomElement(using: &generator) ?? .tree }
    let page = try ParsedPage(PageSample.page([snapshot(PageMap(of: uses))]))
    let box = try #require(page.first(ofClass: "cells")?.attributes["viewBox"]).split(separator: " ").compactMap {
      Int($0)
    }
    var covered = Array(repeating: 0, count: box[2] * box[3])
    for path in page.all("path").compactMap({ $0.attributes["d"] }) {
      for stroke in path.matches(of: /M(\d+) (\d+)\.5h(\d+)/) {
        let (x, y, width) = (Int(stroke.1) ?? 0, Int(stroke.2) ?? 0, Int(stroke.3) ?? 0)
        for cell in x..<(x + width) { covered[y * box[2] + cell] += 1 }
      }
    }
    #expect(covered.prefix(777).allSatisfy { $0 == 1 })
    #expect(covered.dropFirst(777).allSatisfy { $0 == 0 })
  }

  private func snapshot(_ map: PageMap) -> SnapshotReport {
    var snapshot = PageSample.passing
    snapshot.pageMap = map
    return snapshot
  }
}
