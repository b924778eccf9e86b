import KubernetesStorage
import TestSupport

@testable import SnapshotReading
@testable import VerificationModel

/// One file, read in every way that must lead to the same.
struct Trial {
  private let bytes: [UInt8]
  private let policy: Policy
  private let hashes: [DamagedSnapshot.Hash]

  /// A trial of `bytes`, under a policy that follows from them.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    let choice = BoltPageEncoder.checksum(bytes.prefix(4096))
    let policies = NamedPolicy.all
    var policy = policies[Int(choice % UInt64(policies.count))].policy
    policy.failOn = nil
    self.policy = policy
    // The hash costs threads, and most of what can go wrong goes wrong without it.
    hashes = choice >> 60 < 4 ? [.skipped, .kept] : [.skipped]
  }

  /// Where the readers differ.
  func complaints() throws -> [String] {
    let snapshot = try DamagedSnapshot(bytes, policy)
    return try hashes.flatMap { hash in
      let scanned = snapshot.report(hash)
      let walked = snapshot.report(hash, .tree)
      return walked.differences(from: scanned).map { "scan and tree (\(hash)): \($0)" }
        + (try snapshot.streamed(hash)).disagreements(with: scanned).map { "stream and file (\(hash)): \($0)" }
    }
  }
}
