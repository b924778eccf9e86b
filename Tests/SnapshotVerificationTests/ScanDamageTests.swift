import BoltFormat
import TestSupport
import Testing

@testable import SnapshotVerification

@Suite("Of damaged files the scan says what the walk of the tree says")
struct ScanDamageTests {
  /// A snapshot of some twenty pages, with a branch, history, tombstones and plaintext.
  private static let snapshot: [UInt8] = {
    let plain = StoredSecret.plaintext()
    let sealed = StoredSecret.sealed(.secretbox, "key1")
    let operations: [EtcdWriter.Operation] =
      [.put("/registry/namespaces/default", StoredSecret.object(apiVersion: "v1", kind: "Namespace", []))]
      + (0..<60).flatMap { number -> [EtcdWriter.Operation] in
        let key = secretKey("s\(number)")
        return [.put(key, number % 3 == 0 ? plain : sealed), number % 5 == 0 ? .delete(key) : .put(key, sealed)]
      }
    var writer = BoltWriter(pageSize: 1024)
    writer.packing.rowsPerLeaf = 8
    var root = EtcdWriter(.v36, operations).root
    root["key"]?.layout = .pages
    guard let bytes = try? writer.image(root).snapshot() else { preconditionFailure("the writer makes a snapshot") }
    return bytes
  }()

  private static let intact = try? report(on: snapshot)

  @Test("Wherever a bit is flipped, with the hash and without", arguments: 0..<16)
  func flips(bit: Int) throws {
    let before = try #require(Self.intact)
    for offset in stride(from: bit * 7, to: Self.snapshot.count, by: 331) {
      var bytes = Self.snapshot
      bytes[offset] ^= 1 << UInt8(bit % 8)
      let hashed = try ScanHarness(bytes, Policy.rows(failOn: nil))
      #expect(hashed.differences(workers: 2, blockBytes: 4096) == [], "byte \(offset)")
      #expect(hashed.scanned().verdict == .error, "byte \(offset)")
      let harness = try ScanHarness(bytes, Policy.rows(failOn: nil, hash: .skipped))
      // Where a key was changed without a trace, nobody but an index of all keys can tell how many live ones there are.
      let differences = harness.differences(blockBytes: 4096).filter { !$0.hasPrefix("etcd: ") }
      #expect(differences == [], "byte \(offset)")
      let report = harness.scanned()
      // A row in scope is lost only where an error tells of it, or where the flipped byte is the row's own.
      let lost = before.live.total + before.history.total - report.live.total - report.history.total
      #expect(lost <= 1 || !report.errors.isEmpty, "byte \(offset)")
    }
  }

  @Test("Wherever it is cut", arguments: [false, true])
  func cuts(takesHash: Bool) throws {
    let policy = Policy.rows(failOn: nil, hash: takesHash ? .verified : .skipped)
    let imageBytes = Self.snapshot.count - 32
    for count in stride(from: 0, to: Self.snapshot.count, by: 211) {
      let harness = try ScanHarness(Array(Self.snapshot.prefix(count)), policy)
      #expect(harness.differences(blockBytes: 2048) == [], "\(count) bytes")
      if count < imageBytes { #expect(harness.scanned().verdict == .error, "\(count) bytes") }
    }
    for count in imageBytes + 1..<Self.snapshot.count where takesHash {
      let report = try ScanHarness(Array(Self.snapshot.prefix(count)), policy).scanned()
      #expect(report.errorCodes == ["trailer-truncated"], "\(count) bytes")
    }
  }
}
