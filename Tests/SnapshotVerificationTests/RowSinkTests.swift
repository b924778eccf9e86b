import EtcdStorage
import KubernetesStorage
import SnapshotInput
import TestSupport
import Testing

@testable import SnapshotReading
@testable import SnapshotVerification
@testable import VerificationModel

@Suite("Whoever listens to the rows is told of each in scope, in every layer")
struct RowSinkTests {
  /// A listener that remembers what it heard.
  private struct Recorder: RowSink {
    var counts: [Layer: Int] = [:]
    var lines: [String] = []
    var digests: Set<String> = []

    mutating func take(_ row: StoredRow) {
      counts[row.layer, default: 0] += 1
      lines.append("\(row.layer) \(row.key.map { "\($0)" } ?? "-") \(row.offset) \(row.valueClass)")
      if row.layer == .live, let digest = row.digest() { digests.insert(digest.description) }
    }
  }

  @Test(arguments: SnapshotFixture.all.filter { "\($0)".hasPrefix("samples/") })
  func `as many rows come as the report counts, in the same order each time`(fixture: SnapshotFixture) throws {
    let path = try fixture.path()
    func record() throws -> Recorder {
      let stream = try #require(try SnapshotStreams(path: path).next())
      var demand = ReadingDemand(scope: Policy().scope, etcdPrefix: nil)
      demand.residue = ResidueDemand(scope: Policy().scope)
      let reading = try stream.read(demand, ReadingOptions(), Instruments())
      var recorder = Recorder()
      reading.forEachRow(&recorder)
      return recorder
    }
    let first = try record()
    let report = Verifier(policy: Policy()).verify(path: path)
    #expect(first.counts[.live, default: 0] == report.resources.reduce(0) { $0 + $1.live.total })
    #expect(first.counts[.history, default: 0] == report.resources.reduce(0) { $0 + $1.history.total })
    #expect(first.digests.count <= first.counts[.live, default: 0])
    #expect(first.digests.isEmpty == (first.counts[.live, default: 0] == 0))
    #expect(try record().lines == first.lines)
  }
}
