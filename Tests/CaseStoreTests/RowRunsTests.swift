import Testing

@testable import CaseStore

@Suite("The snapshots of a value") struct RowRunsTests {
  @Test func `runs come back as they were written`() throws {
    var value: [UInt8] = []
    RowRuns.begin(.live, at: 1, in: &value)
    #expect(RowRuns.isOpen(value.span.bytes))
    #expect(RowRuns.read(value.span.bytes, count: 9) == [.init(layers: .live, first: 1, last: 9)])
    RowRuns.end(at: 200, in: &value)
    RowRuns.begin([.history, .residue], at: 16_384, in: &value)
    #expect(RowRuns.lastLayers(value.span.bytes) == [.history, .residue])
    #expect(
      RowRuns.read(value.span.bytes, count: 20_000) == [
        .init(layers: .live, first: 1, last: 200), .init(layers: [.history, .residue], first: 16_384, last: 20_000),
      ])
    #expect(RowRuns.read(value.span.bytes, count: 16_383) == nil, "a run begins behind the last snapshot")
  }
}
