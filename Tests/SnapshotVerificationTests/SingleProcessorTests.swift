import TestSupport
import Testing

@testable import SnapshotVerification

@Suite("Snapshots on a single processor")
struct SingleProcessorTests {
  @Test("One thread takes in the pages and the hash; on several, the hash has its own")
  func threads() {
    #expect(ReadingOptions(processors: 1).workers(takingHash: true) == 1)
    #expect(ReadingOptions(processors: 1, workers: 3).workers(takingHash: true) == 1)
    #expect(ReadingOptions(processors: 1, workers: 3).workers(takingHash: false) == 3)
    #expect(!ReadingOptions(processors: 1).hashesBeside)
    #expect(ReadingOptions(processors: 2).hashesBeside)
    #expect(ReadingOptions(processors: 2).workers(takingHash: true) == 1)
    #expect(ReadingOptions(processors: 4).workers(takingHash: true) == 3)
    #expect(ReadingOptions(processors: 4).workers(takingHash: false) == 4)
  }

  @Test(
    "Those that the system allows are counted", arguments: [("1", 1), ("00000002", 1), ("f,ffffffff", 36), ("3", 2)])
  func allowed(mask: String, count: Int) {
    #expect(Processors.allowed(in: "Name:\tatrest\nCpus_allowed:\t\(mask)\nCpus_allowed_list:\t0-7\n") == count)
    #expect(Processors.allowed(in: "Name:\tatrest\n") == nil)
  }

  @Test("The report is the same, whatever the blocks", arguments: 0..<40 as Range<UInt64>)
  func report(seed: UInt64) throws {
    let store = GeneratedStore(seed: seed)
    var file = try store.image.bytes + sha256sum(store.image.bytes)
    if seed % 4 == 3 { file[Int(seed) * 97 % file.count] ^= 1 }
    if seed % 4 == 2 { file += [1, 2, 3] }
    let directory = try TemporaryDirectory()
    let path = try directory.file("backup.db", file)
    let reports = [1, 2].map { processors in
      let options = ReadingOptions(processors: processors, blockBytes: store.image.pageSize << Int(seed % 3))
      return Verifier(policy: Policy(hash: .verified), options: options).verify(path: path)
    }
    #expect(reports[0].file.hash != .skipped)
    #expect(reports[1].differences(from: reports[0]) == [])
  }
}
