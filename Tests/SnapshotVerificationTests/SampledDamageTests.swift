import BoltFormat
import Foundation
import TestSupport
import Testing

/// Snapshots with branches and overflow, damaged in places that are drawn by lot.
@Suite("Of larger damaged snapshots both readers say the same, and no row is lost in silence")
struct SampledDamageTests {
  /// Some twenty pages of 1 KiB, with branches, overflow, history and tombstones.
  private static let image: BoltImage = {
    let plain = StoredSecret.plaintext()
    let sealed = StoredSecret.sealed(.secretbox, "key1")
    let operations: [EtcdWriter.Operation] =
      [.put("/registry/namespaces/default", StoredSecret.object(apiVersion: "v1", kind: "Namespace", []))]
      + (0..<20).flatMap { number -> [EtcdWriter.Operation] in
        let key = secretKey("s\(number)")
        return [.put(key, number % 3 == 0 ? plain : sealed), number % 5 == 0 ? .delete(key) : .put(key, sealed)]
      } + [.put("/registry/pods/default/long", [UInt8](repeating: 1, count: 3000))]
    var writer = BoltWriter(pageSize: 1024)
    writer.packing.rowsPerLeaf = 4
    writer.packing.childrenPerBranch = 4
    var root = EtcdWriter(.v36, operations).root
    root["key"]?.layout = .pages
    return writer.image(root)
  }()

  private static let generated: [UInt8] = {
    guard let bytes = try? image.snapshot() else { preconditionFailure("the writer makes a snapshot") }
    return bytes
  }()

  // MARK: A generated snapshot

  @Test("Wherever a byte is flipped", .tags(.exhaustive), arguments: Exhaustive.sample(2, of: 0..<8))
  func flips(part: Int) throws {
    let places = try RowPlaces(of: Self.generated, containing: "/secrets/")
    let snapshot = try DamagedSnapshot(Self.generated)
    let before = snapshot.report(.kept)
    for offset in stride(from: part * 167, to: Self.generated.count - 32, by: 1327) {
      for hash in DamagedSnapshot.Hash.allCases {
        try snapshot.withByte(at: offset, flipping: SeededGenerator.mask(offset), hash) { damaged in
          let report = damaged.report(hash)
          if hash == .kept { #expect(report.verdict == .error, "byte \(offset)") }
          let differences = damaged.report(hash, .tree).differences(from: report)
          #expect(differences == [], "byte \(offset), \(hash)")
          places.expectExplained(before.rowsLost(in: report), report, at: offset)
          guard hash == .skipped else { return }
          let stream = try damaged.streamed(hash)
          places.expectExplained(before.rowsLost(in: stream), stream, at: offset)
          #expect(stream.disagreements(with: report) == [], "byte \(offset)")
        }
      }
    }
  }

  /// The number of the bucket's own root page is the one reference that nothing in the file is held against: where it leads
  /// to another sound page of the bucket, only the SHA-256 tells.
  @Test("Wherever it refers to its pages")
  func references() throws {
    let places = try RowPlaces(of: Self.generated, containing: "/secrets/")
    let image = Self.image
    let branches = image.branchPages(ofBucket: "key")
    try #require(branches.count > 2)
    let children = branches.flatMap { branch in
      (0..<Int(image[branch, .count])).map { branch.offset + PageHeader.byteCount + Element.byteCount * $0 + 8 }
    }
    let root = image.bucketHeader(["key"])
    let snapshot = try DamagedSnapshot(Self.generated)
    let before = snapshot.report(.kept)
    // Numbers below 256: of the other bytes one will do.
    for start in children + [root] {
      for (offset, mask) in (0..<8).map({ (start, UInt8(1) << $0) }) + [(start + 4, 1)] {
        try snapshot.withByte(at: offset, flipping: mask, .skipped) { damaged in
          let report = damaged.report(.skipped)
          let differences = damaged.report(.skipped, .tree).differences(from: report)
          #expect(differences == [], "byte \(offset) ^ \(mask)")
          guard start != root else { return }
          places.expectExplained(before.rowsLost(in: report), report, at: offset)
        }
      }
    }
  }

  @Test("Wherever it is cut", arguments: [DamagedSnapshot.Hash.kept, .skipped])
  func cuts(hash: DamagedSnapshot.Hash) throws {
    let snapshot = try DamagedSnapshot(Self.generated)
    for count in stride(from: 0, to: Self.generated.count - 32, by: 211).reversed() {
      try snapshot.cut(to: count)
      let report = snapshot.report(hash)
      #expect(report.verdict == .error, "\(count) bytes")
      #expect(snapshot.report(hash, .tree).differences(from: report) == [], "\(count) bytes")
    }
  }

  // MARK: Real snapshots

  @Test(
    "Wherever a real one is flipped",
    arguments: SnapshotFixture.all.filter {
      ["samples/03-aescbc-mixed", "samples/11-kms-v2", "samples/13-multi-resource"].contains($0.description)
    })
  func fixtures(_ fixture: SnapshotFixture) throws {
    let bytes = try [UInt8](Data(contentsOf: URL(filePath: fixture.path())))
    let places = try RowPlaces(of: bytes, containing: "/secrets/")
    let snapshot = try DamagedSnapshot(bytes)
    let before = snapshot.report(.kept)
    var random = SeededGenerator(seed: UInt64(bytes.count))
    for (number, offset) in places.used.shuffled(using: &random).prefix(5).enumerated() {
      let hash: DamagedSnapshot.Hash = number == 0 ? .kept : .skipped
      try snapshot.withByte(at: offset, flipping: SeededGenerator.mask(offset), hash) { damaged in
        let report = damaged.report(hash)
        #expect(hash == .skipped || report.verdict == .error, "byte \(offset)")
        let differences = damaged.report(hash, .tree).differences(from: report)
        #expect(differences == [], "byte \(offset), \(hash)")
        places.expectExplained(before.rowsLost(in: report), report, at: offset)
      }
    }
    for count in [bytes.count - 33, Int.random(in: 8192..<bytes.count - 32, using: &random)] {
      try snapshot.cut(to: count)
      let report = snapshot.report(.skipped)
      #expect(report.verdict == .error, "\(count) bytes")
      #expect(snapshot.report(.skipped, .tree).differences(from: report) == [], "\(count) bytes")
    }
  }

  // MARK: Many generated files

  /// Of every page size, in either byte order. Some of the damage is such that nothing is damaged.
  @Test(
    "However a file of any shape is damaged", .tags(.exhaustive),
    arguments: Exhaustive.sample(40, of: 2000..<2200 as Range<UInt64>))
  func generated(seed: UInt64) throws {
    let image = GeneratedStore(seed: seed).image
    var random = SeededGenerator(seed: seed)
    var file = SnapshotMutation(image.bytes)
    for _ in 0..<random.count(1...4) { file.mutate(&random) }
    if !random.isOne(in: 8) { file.sealMetas() }
    var bytes = file.bytes
    if random.isOne(in: 8) { bytes.removeLast(random.count(1...bytes.count / 2)) }

    let policy = NamedPolicy.all[Int(seed) % NamedPolicy.all.count].policy
    let snapshot = try DamagedSnapshot(bytes, policy)
    let walk = snapshot.report(.skipped, .tree)
    let scan = snapshot.report(.skipped)
    #expect(walk.differences(from: scan) == [])
    let blocks = snapshot.report(.skipped, workers: 3, blockBytes: image.pageSize)
    #expect(walk.differences(from: blocks) == [], "in small blocks")
    if bytes.count <= DamagedSnapshot.pipeBytes {
      #expect(try snapshot.streamed(.skipped).disagreements(with: scan) == [])
    }
  }
}
