import Cryptography
import Foundation
import TestSupport
import Testing

@testable import SnapshotVerification
@testable import VerificationModel

/// Files with a canary that were changed where their format has something to change; checksums and SHA-256 were made right
/// again.
@Suite("A canary in a file that was changed", .tags(.exhaustive))
struct CanaryMutationTests {
  private static let inCase = 25

  private static func cases(_ count: UInt64, sample: Int) -> [[UInt64]] {
    let all = Exhaustive.sample(sample, of: Array(0..<count))
    return stride(from: 0, to: all.count, by: inCase).map { Array(all[$0..<min($0 + inCase, all.count)]) }
  }

  @Test(arguments: cases(7000, sample: 160)) func `of a store that was made for it`(seeds: [UInt64]) throws {
    let places: [CanaryStore.Place] = [
      .otherLive, .freePage, .freeRow, .leafSlack, .freelistPage, .knownBucket, .staleLeaf, .beyondHighWater,
      .behindInlineElements, .live,
    ]
    try check(seeds) { seed, random in
      let canary = CanarySecret(&random)
      let content = canary.bytes(random.one(of: [.protobuf, .json, .yaml, .cbor]), .none, &random)
      let store = CanaryStore(&random)
      return (try store.file(with: content, at: places[Int(seed) % places.count], &random), content)
    }
  }

  private static let samples = SnapshotFixture.all.filter { $0.description.hasPrefix("samples") }

  @Test(arguments: cases(3000, sample: 48)) func `of a real snapshot`(seeds: [UInt64]) throws {
    var known: [Int: [UInt8]] = [:]
    try check(seeds) { seed, random in
      let number = Int(seed) % Self.samples.count
      let intact = try known[number] ?? [UInt8](Data(contentsOf: URL(filePath: Self.samples[number].path())))
      known[number] = intact
      let canary = CanarySecret(&random)
      let content = canary.bytes(random.one(of: [.protobuf, .json, .yaml, .cbor]), .none, &random)
      return (Self.put(content, in: intact, &random), content)
    }
  }

  /// Puts `content` where the file has nothing but zeros: into a free page, or behind the last element of one in use.
  private static func put(_ content: [UInt8], in intact: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = intact
    for _ in 0..<10_000 {
      let start = random.count(0...bytes.count - 33 - content.count)
      let range = start..<start + content.count
      guard bytes[range].allSatisfy({ $0 == 0 }) else { continue }
      bytes.replaceSubrange(range, with: content)
      break
    }
    return bytes
  }

  private func check(
    _ seeds: [UInt64], _ make: (UInt64, inout SeededGenerator) throws -> (file: [UInt8], canary: [UInt8])
  ) throws {
    let directory = try TemporaryDirectory()
    let verifier = Verifier(policy: Policy())
    for seed in seeds {
      var random = SeededGenerator(seed: seed &+ 77_000)
      let (file, canary) = try make(seed, &random)
      var mutation = SnapshotMutation(file)
      for _ in 0..<random.count(1...6) { mutation.mutate(&random) }
      mutation.sealMetas()
      if let trailer = mutation.trailer {
        let image = Array(mutation.bytes[..<trailer.lowerBound])
        var sum = SHA256()
        // Sound: a byte is initialized memory of any pattern.
        sum.update(unsafe image.span.bytes)
        mutation.seal(sum.digest().bytes)
      }
      let report = verifier.verify(path: try directory.file("changed.db", mutation.bytes))
      guard Data(mutation.bytes).range(of: Data(canary)) != nil else { continue }
      #expect(report.verdict != .pass, "\(seed)")
    }
  }
}
