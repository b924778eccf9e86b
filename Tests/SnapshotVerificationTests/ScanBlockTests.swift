import TestSupport
import Testing

@Suite("What the scan finds does not depend on its blocks")
struct ScanBlockTests {
  /// A seed for each page size.
  private static let seeds: [UInt64] = {
    var seeds: [Int: UInt64] = [:]
    for seed in 0..<60 as Range<UInt64> {
      let image = GeneratedStore(seed: seed).image
      if image.bytes.count > 8 * image.pageSize, seeds[image.pageSize] == nil { seeds[image.pageSize] = seed }
    }
    return seeds.values.sorted()
  }()

  @Test("Pages of every size are among the files") func pageSizes() {
    let sizes = Set(Self.seeds.map { GeneratedStore(seed: $0).image.pageSize })
    #expect(sizes == [512, 1024, 2048, 4096, 8192, 16_384, 65_536])
  }

  @Test("From one page to the whole file", arguments: seeds)
  func everySize(seed: UInt64) throws {
    let image = GeneratedStore(seed: seed).image
    let harness = try ScanHarness(image.bytes)
    var blockBytes = image.pageSize
    while blockBytes / 2 < image.bytes.count {
      for workers in 1...3 {
        let differences = harness.differences(workers: workers, blockBytes: blockBytes)
        #expect(differences == [], "\(workers) workers, blocks of \(blockBytes) bytes")
      }
      blockBytes *= 2
    }
  }
}
