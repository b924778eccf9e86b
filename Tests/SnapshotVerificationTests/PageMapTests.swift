import SnapshotVerification
import TestSupport
import Testing
import VerificationModel

@Suite("The map of a file's pages")
struct PageMapTests {
  @Test(arguments: SnapshotFixture.all)
  func `its counts are those of the report`(fixture: SnapshotFixture) throws {
    let report = try FixtureReport.withResidue(of: fixture)
    let map = try #require(report.pageMap)
    let bolt = try #require(report.bolt)
    let residue = try #require(report.residue)
    #expect(map.pages == Int(bolt.reachablePages + bolt.unreachablePages))
    #expect(map.count(.meta) + map.count(.damaged) >= 2)
    #expect(map.count(.unexamined) == 0)
    #expect(map.count(.zero) == Int(residue.zeroPages))
    // Slack may be readable or of unknown origin in pages that are in use.
    let inUse = [PageMap.Use.tree, .meta, .freelist, .readableValues].reduce(0) { $0 + map.count($1) }
    #expect(inUse <= Int(bolt.reachablePages))
    let inResidue = report.layerCounts[.residue]?[.plaintextResidue] ?? 0
    #expect((map.count(.readableResidue) > 0) == (inResidue > 0 || residue.secretPages > 0))
    let rows = [Rule.plaintextLive, .plaintextHistory, .misplacedObject, .plaintextElsewhere]
      .reduce(0) { $0 + (report.findingCounts[$1] ?? 0) }
    if rows > 0 { #expect(map.count(.readableValues) + map.count(.readableResidue) > 0) }
    if rows == 0 { #expect(map.count(.readableValues) == 0) }
    for finding in report.findings {
      guard let page = finding.page?.rawValue else { continue }
      let cell = map.cells[Int(page) / map.pagesPerCell].gravest
      switch finding.rule {
      case .plaintextResidue: #expect(cell == .readableResidue)
      case .plaintextLive, .plaintextHistory: #expect(cell == .readableResidue || cell == .readableValues)
      default: break
      }
    }
  }

  @Test(arguments: SnapshotFixture.all.prefix(6))
  func `a stream has the same`(fixture: SnapshotFixture) async throws {
    let whole = try FixtureReport.withResidue(of: fixture)
    let directory = try TemporaryDirectory()
    let packed = "\(directory.path)/snapshot.db.gz"
    let gzip = try await ChildProcess(
      ["sh", "-c", "gzip -1 -c \"$1\" > \"$2\"", "sh", try fixture.path(), packed], in: directory.path)
    try #require(gzip.status == 0, "\(gzip.errors)")
    let report = Verifier(policy: Policy(failOn: nil, maximumFindings: 100_000)).verify(path: packed)
    #expect(report.pageMap == whole.pageMap)
  }

  @Test func `what is not examined is told so`() throws {
    let fixture = try #require(SnapshotFixture.all.first)
    let report = try FixtureReport.of(fixture)
    let map = try #require(report.pageMap)
    #expect(map.count(.unexamined) == Int(try #require(report.bolt).unreachablePages))
    #expect([PageMap.Use.zero, .accountedFor, .unexplained, .readableResidue].allSatisfy { map.count($0) == 0 })
  }

  @Test func `where nothing could be read there is none`() throws {
    let directory = try TemporaryDirectory()
    #expect(Verifier(policy: Policy()).verify(path: try directory.file("a", Array("text".utf8))).pageMap == nil)
  }
}
