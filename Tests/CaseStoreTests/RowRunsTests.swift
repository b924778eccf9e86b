import Testing

@testable import CaseStore

@Suite("The snapshots of a value") struct RowRunsTests {
  private static func read(_ value: [UInt8], count: Int) -> [RowRuns.Run]? {
    RowRuns.read(value.span.bytes, count: count)
  }

  @Test func `runs come back as they were written`() throws {
    var value: [UInt8] = []
    RowRuns.begin(.live, at: 1, in: &value)
    let isOpen = RowRuns.isOpen(value.span.bytes)
    #expect(isOpen)
    #expect(Self.read(value, count: 9) == [.init(layers: .live, first: 1, last: 9)])
    RowRuns.end(at: 200, in: &value)
    RowRuns.begin([.history, .residue], at: 16_384, in: &value)
    let layers = RowRuns.lastLayers(value.span.bytes)
    #expect(layers == [.history, .residue])
    #expect(
      Self.read(value, count: 20_000) == [
        .init(layers: .live, first: 1, last: 200), .init(layers: [.history, .residue], first: 16_384, last: 20_000),
      ])
    #expect(Self.read(value, count: 16_383) == nil, "a run begins behind the last snapshot")
  }
}
