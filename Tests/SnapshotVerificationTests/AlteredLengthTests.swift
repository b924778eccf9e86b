import Cryptography
import KubernetesStorage
import TestSupport
import Testing

@testable import VerificationModel

/// Snapshots with free pages whose length or structure is not what was saved, with and without a SHA-256 that says so.
@Suite("Of a snapshot of another length, nothing is lost in silence")
struct AlteredLengthTests {
  /// Live plaintext, and free pages with what is left of more, at the end of the file.
  private static func image(pageSize: Int) -> BoltImage {
    var writer = BoltWriter(pageSize: pageSize)
    let root = EtcdWriter(
      .v36,
      [
        .put("/registry/namespaces/default", StoredSecret.object(apiVersion: "v1", kind: "Namespace", [])),
        .put(secretKey("plain"), StoredSecret.plaintext()),
        .put(secretKey("sealed"), StoredSecret.sealed(.secretbox, "key1")),
      ]
    ).root
    let first = writer.image(root).highWater
    var random = SeededGenerator(seed: UInt64(pageSize))
    let row = EtcdWriter.Row.secret("old", 7, StoredSecret.plaintext(name: "old"))
    writer.freePages = [
      first: random.bytes(pageSize), first + 1: row.boltKey + row.keyValue.encoded + random.bytes(pageSize / 8),
      first + 2: writer.encoder.leaf(first + 2, [row.leafRow]),
    ]
    return writer.image(root)
  }

  private static let pageSizes = [512, 4096]

  @Test("However much of anything follows it", arguments: pageSizes)
  func lengthened(pageSize: Int) throws {
    let bytes = try Self.image(pageSize: pageSize).snapshot()
    for count in [1, 31, 32, 33, 100, 480, 511, 512, 513, 544, 600, 1024, 4064, 4095, 4096, 4100, 4128, 4608, 9000] {
      for tail in [
        [UInt8](repeating: 0, count: count), [UInt8](repeating: 0xFF, count: count),
        Array((bytes + bytes).prefix(count)),
        Array(bytes.suffix(count)),
      ] {
        let report = try report(on: bytes + tail, Policy())
        #expect(report.verdict != .pass, "\(count) bytes more, \(tail[0])")
        #expect(report.live == ClassCounts(plaintext: 1, encrypted: 1), "\(count) bytes more, \(tail[0])")
      }
    }
  }

  @Test("Wherever it is cut", arguments: pageSizes, [false, true])
  func cut(pageSize: Int, isSealed: Bool) throws {
    let bytes = try Self.image(pageSize: pageSize).snapshot()
    let step = pageSize / 8 - 3
    let snapshot = try DamagedSnapshot(bytes, Policy())
    for count in stride(from: 1, to: bytes.count, by: step).reversed() {
      try snapshot.cut(to: count)
      #expect(snapshot.report(.kept).verdict != .pass, "\(count) bytes")
      guard isSealed else { continue }
      try snapshot.withDigest { #expect($0.report(.kept).verdict != .pass, "\(count) bytes and their digest") }
    }
  }

  /// Whatever the changes do, each file is read to its end, in a file as in a pipe.
  @Test(
    "However it is changed, lengthened and cut", .tags(.exhaustive),
    arguments: Exhaustive.sample(15, of: 0..<60 as Range<UInt64>))
  func changed(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let intact = try Self.image(pageSize: random.one(of: Self.pageSizes)).snapshot()
    var mutation = SnapshotMutation(intact)
    for _ in 0..<random.count(0...3) { mutation.mutate(&random) }
    mutation.sealMetas()
    var sum = SHA256()
    sum.update(Array(mutation.bytes.dropLast(32)).rawSpan)
    mutation.seal(sum.digest().bytes)
    var bytes = mutation.bytes
    let count = random.count(1...bytes.count)
    switch random.count(0...5) {
    case 0: bytes += [UInt8](repeating: 0, count: count)
    case 1: bytes += bytes
    case 2: bytes += bytes[(bytes.count - count)...]
    case 3: bytes.removeLast(count - 1)
    default: break
    }
    let snapshot = try DamagedSnapshot(bytes, Policy())
    let report = snapshot.report(.kept)
    if bytes == intact { #expect(report.verdict == .fail) }
    #expect(report.differences(from: snapshot.report(.kept, .tree)) == [])
    guard bytes.count <= DamagedSnapshot.pipeBytes else { return }
    let stream = try snapshot.streamed(.kept)
    #expect(stream.disagreements(with: report) == [])
  }
}
