import TestSupport
import Testing

@testable import SnapshotReading
@testable import SnapshotVerification
@testable import VerificationModel

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

  /// What Linux tells of a process in a group that may keep `quota` processors busy: version 2 and version 1.
  @Test(
    "A control group's quota counts, and that of every group around it",
    arguments: [
      (["cgroup": "0::/a/b\n", "a/b/cpu.max": "150000 100000\n"], 2),
      (["cgroup": "0::/a/b\n", "a/cpu.max": "100000 100000\n", "a/b/cpu.max": "max 100000\n"], 1),
      (["cgroup": "0::/\n", "cpu.max": "20000 100000\n"], 1), (["cgroup": "0::/\n", "cpu.max": "max 100000\n"], 4),
      (["cgroup": "0::/\n", "cpu.max": "900000 100000\n"], 4), (["cgroup": "0::/../other\n", "cpu.max": "1 1\n"], 1),
      (
        [
          "cgroup": "4:cpu,cpuacct:/docker/x\n0::/\n", "cpu/cpu.cfs_quota_us": "250000\n",
          "cpu/cpu.cfs_period_us": "100000\n",
        ], 3
      ),
      (
        [
          "cgroup": "4:cpu,cpuacct:/docker/x\n", "cpu/docker/x/cpu.cfs_quota_us": "-1\n",
          "cpu/docker/x/cpu.cfs_period_us": "100000\n",
        ], 4
      ), (["cgroup": "nonsense\n", "cpu.max": "0 0\n"], 4), ([:], 4),
    ])
  func quota(files: [String: String], count: Int) throws {
    let root = try TemporaryDirectory()
    _ = try root.file("proc/self/status", Array("Cpus_allowed:\tf\n".utf8))
    for (name, text) in files {
      _ = try root.file(name == "cgroup" ? "proc/self/cgroup" : "sys/fs/cgroup/\(name)", Array(text.utf8))
    }
    #expect(Processors.available(below: "\(root.path)/") == count)
    #expect(try Processors.available(below: "\(TemporaryDirectory().path)/") == nil)
  }

  @Test(
    "The report is the same, whatever the blocks", .tags(.exhaustive),
    arguments: Exhaustive.sample(10, of: 0..<40 as Range<UInt64>))
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
