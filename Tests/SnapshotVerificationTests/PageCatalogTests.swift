import EtcdStorage
import Testing

@testable import SnapshotReading

@Suite("What is kept of pages")
struct PageCatalogTests {
  /// Without all rows, the file is read along its tree as well, which takes twice the memory.
  @Test func `there is room for six million rows, and for one with each candidate`() {
    var others = PageCatalog()
    for _ in 0...6_000_000 { others.addRow(0, isTombstone: false) }
    for candidates in 0...1 {
      var catalog = PageCatalog()
      catalog.add(others, candidatesBefore: candidates)
      #expect(catalog.lacksRows == (candidates == 0))
      #expect(catalog.rows.count == (candidates == 0 ? 0 : 6_000_001))
    }
  }
}
