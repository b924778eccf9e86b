import ByteViews
import Testing

@testable import SnapshotReading

@Suite("Text whose beginning was written anew")
struct HeadlessTextTests {
  /// However many signs of a Secret a page has, what is kept of it is its first piece.
  @Test func `of each page one piece is kept`() {
    var text = HeadlessText()
    for page in 1...3 as ClosedRange<UInt32> {
      for offset in stride(from: 0 as UInt32, to: 4096, by: 16) {
        text.add(Array("kind: Secret".utf8).rawSpan, page: page, offset: offset)
      }
    }
    #expect(text.pieces.map(\.page) == [1, 2, 3])
    #expect(text.pieces.map(\.offset) == [0, 0, 0])
  }

  @Test func `of a page with many gaps one is kept`() {
    var pages = ResiduePages(pageSize: 4096, pageBound: 1 << 20, concernsSecretsOnly: true)
    for offset in stride(from: 0 as UInt64, to: 4096, by: 32) {
      pages.explain(offset..<offset + 16, by: .row)
      pages.leave(Array("bytes of nothing".utf8).rawSpan, at: offset + 16)
    }
    pages.flush()
    #expect(pages.unexplained.map(\.offset) == [16])
  }
}
