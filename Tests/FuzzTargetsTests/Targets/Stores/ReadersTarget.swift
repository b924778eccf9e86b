import TestSupport

@testable import KubernetesStorage
@testable import SnapshotReading
@testable import VerificationModel

/// One file, read in every way that must lead to the same, under a policy that follows from its bytes.
enum ReadersTarget: FuzzTarget {
  static let name = "readers"
  static let summary = "a whole file: the scan, the walk of the tree and the scan of a pipe say the same"
  static let longestInput = 1 << 15

  static func seeds() -> [[UInt8]] { FuzzSeeds.snapshots(24, atMost: longestInput) }

  static func complaints(about bytes: [UInt8]) throws -> [String] {
    guard 32...DamagedSnapshot.pipeBytes ~= bytes.count else { return [] }
    let choice = BoltPageEncoder.checksum(bytes.prefix(4096))
    let policies = NamedPolicy.all
    var policy = policies[Int(choice % UInt64(policies.count))].policy
    policy.failOn = nil
    let snapshot = try DamagedSnapshot(bytes, policy)
    // The hash costs threads, and most of what can go wrong goes wrong without it.
    let hashes: [DamagedSnapshot.Hash] = choice >> 60 < 2 ? [.skipped, .kept] : [.skipped]
    return try hashes.flatMap { hash in
      let scanned = snapshot.report(hash)
      let walked = snapshot.report(hash, .tree)
      // Threads cost more than they find.
      let shared = choice >> 56 & 15 == 0 ? snapshot.report(hash, workers: 3, blockBytes: 4096) : scanned
      return walked.differences(from: scanned).map { "scan and tree (\(hash)): \($0)" }
        + scanned.differences(from: shared).map { "one worker and three (\(hash)): \($0)" }
        + (try snapshot.streamed(hash)).disagreements(with: scanned).map { "stream and file (\(hash)): \($0)" }
    }
  }

  static func mutated(
    _ bytes: [UInt8], atMost limit: Int, _ random: inout SeededGenerator, _ mutateBytes: ByteMutation
  ) -> [UInt8] {
    SnapshotSealing.mutated(bytes, atMost: limit, &random, mutateBytes)
  }
}
