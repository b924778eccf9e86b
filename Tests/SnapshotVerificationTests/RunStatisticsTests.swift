import SnapshotInput
import TestSupport
import Testing

@testable import SnapshotVerification
@testable import VerificationModel

@Suite("What a run costs")
struct RunStatisticsTests {
  private struct Interruption: Error {}

  @Test func `each stage is measured, and the report is the same`() throws {
    let directory = try TemporaryDirectory()
    let operations = (0..<400).map { EtcdWriter.Operation.put(secretKey("s\($0)"), StoredSecret.plaintext()) }
    let bytes = try BoltWriter().image(EtcdWriter(.v36, operations).root).snapshot()
    let path = try directory.file("a.db", bytes)
    let statistics = RunStatistics()
    let verifier = Verifier(policy: Policy.rows(), statistics: statistics)
    let report = verifier.verify(path: path)
    #expect(report.findings.count == 400)
    #expect(report.verdict == Verifier(policy: Policy.rows()).verify(path: path).verdict)
    for stage in RunStatistics.Stage.allCases where stage != .reporting {
      #expect(statistics.cost(of: stage).duration > .zero, "\(stage)")
    }
    for stage in [RunStatistics.Stage.reading, .pages, .hash] {
      #expect(statistics.cost(of: stage).bytes == UInt64(bytes.count), "\(stage)")
    }
    _ = verifier.verify(path: path)
    #expect(statistics.cost(of: .reading).bytes == 2 * UInt64(bytes.count))
  }

  @Test func `a hash that is not taken costs nothing`() throws {
    let directory = try TemporaryDirectory()
    let image = BoltWriter().image(EtcdWriter(.v36, [.put(secretKey("a"), StoredSecret.plaintext())]).root)
    let statistics = RunStatistics()
    _ = try Verifier(policy: Policy.rows(hash: .skipped), statistics: statistics)
      .verify(path: directory.file("a.db", image.snapshot()))
    #expect(statistics.cost(of: .hash) == .init())
    #expect(statistics.cost(of: .reading).bytes > 0)
  }

  @Test func `work that fails is measured too, and without statistics is done all the same`() {
    let statistics: RunStatistics? = RunStatistics()
    #expect(throws: Interruption.self) { try statistics.measure(.pages, bytes: 7) { throw Interruption() } }
    #expect(statistics?.cost(of: .pages).bytes == 7)
    #expect(RunStatistics?.none.measure(.pages) { 3 } == 3)
  }
}
