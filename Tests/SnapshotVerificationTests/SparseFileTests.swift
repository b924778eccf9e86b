import BoltFormat
import Foundation
import SnapshotInspection
import SnapshotVerification
import TestSupport
import Testing
import VerificationModel

/// A hole takes no room on a disk, however long it is; to read it takes as long as if it were full.
@Suite("A sparse file costs what is in it", .timeLimit(.minutes(20)))
struct SparseFileTests {
  private static let image = BoltWriter().image(
    EtcdWriter(.v36, [.put(secretKey("a"), StoredSecret.sealed(.secretbox, "key1"))]).root)
  private static let terabyte: UInt64 = 1 << 40

  /// The path of a file of `length` that begins with `bytes`, and is a hole otherwise but for what lies at some offsets.
  private static func file(
    _ bytes: [UInt8], length: UInt64, _ pieces: [(offset: UInt64, bytes: [UInt8])] = [],
    in directory: TemporaryDirectory
  ) throws -> String {
    let path = try directory.file("sparse.db", bytes)
    let handle = try #require(FileHandle(forUpdatingAtPath: path))
    try handle.truncate(atOffset: length)
    for piece in pieces {
      try handle.seek(toOffset: piece.offset)
      try handle.write(contentsOf: piece.bytes)
    }
    try handle.close()
    return path
  }

  @Test func `a terabyte of nothing behind a snapshot is told, and not read`() throws {
    let directory = try TemporaryDirectory()
    let snapshot = try Self.image.snapshot()
    let path = try Self.file(snapshot, length: Self.terabyte, in: directory)
    let report = Verifier(policy: Policy.rows(layers: Set(Layer.allCases))).verify(path: path)
    #expect(report.errors == [])
    #expect(report.verdict == .pass)
    #expect(report.file.bytes == Self.terabyte)
    #expect(report.live == ClassCounts(encrypted: 1))
    guard case .match = report.file.hash else { return #expect(Bool(false), "\(String(describing: report.file.hash))") }
    #expect(report.file.digest == nil, "there is none of the whole")
    #expect(report.rules == [.trailingData])
    #expect(report.findings.map(\.reason) == ["far-longer-than-database"])
  }

  @Test func `so is one behind a database without a SHA-256`() throws {
    let directory = try TemporaryDirectory()
    let path = try Self.file(Self.image.bytes, length: Self.terabyte, in: directory)
    let report = Verifier(policy: Policy.rows()).verify(path: path)
    #expect(report.errors == [])
    #expect(report.file.hash == .missing(computed: ""))
    #expect(Set(report.rules) == [.hashMissing, .trailingData])
  }

  @Test func `what lies behind a hole is found`() throws {
    let directory = try TemporaryDirectory()
    let secret = StoredSecret.plaintext(name: "hidden")
    let path = try Self.file(
      Self.image.snapshot(), length: Self.terabyte, [(300 << 20, secret)],
      in: directory)
    let report = Verifier(policy: Policy.rows(layers: Set(Layer.allCases))).verify(path: path)
    #expect(report.rules.contains(.plaintextResidue))
    #expect(report.verdict == .fail)
  }

  @Test func `holes that no database has are an error, and not read`() throws {
    let directory = try TemporaryDirectory()
    let path = try Self.file(
      Self.image.snapshot(), length: Self.terabyte, [(Self.terabyte - 1, [1])], in: directory)
    let report = Verifier(policy: Policy.rows(layers: Set(Layer.allCases))).verify(path: path)
    #expect(report.errorCodes == ["sparse-file"])
    #expect(report.verdict == .error)
    #expect(Inspector().inspect(path: path).errors.map(\.code) == ["sparse-file"])
  }

  @Test func `a database that claims a hole is an error`() throws {
    var image = Self.image
    for number in 0...1 {
      image[meta: number, .highWater] = Self.terabyte / UInt64(image.pageSize)
      image.sealMeta(number)
    }
    let directory = try TemporaryDirectory()
    let path = try Self.file(image.bytes, length: Self.terabyte, in: directory)
    let report = Verifier(policy: Policy.rows()).verify(path: path)
    #expect(report.errorCodes == ["sparse-file"])
  }

  @Test func `a short hole makes no difference`() throws {
    let directory = try TemporaryDirectory()
    let snapshot = try Self.image.snapshot()
    let length: UInt64 = 16 << 20
    let policy = Policy.rows(layers: Set(Layer.allCases))
    let sparse = Verifier(policy: policy).verify(path: try Self.file(snapshot, length: length, in: directory))
    let zeros = [UInt8](repeating: 0, count: Int(length) - snapshot.count)
    let dense = try report(on: snapshot + zeros, policy)
    #expect(sparse.file.hash == dense.file.hash)
    #expect(sparse.file.digest == dense.file.digest)
    #expect(sparse.findings.map(\.rule) == dense.findings.map(\.rule))
    #expect(sparse.verdict == dense.verdict)
  }

  @Test func `an inspection reads no hole either, and every byte is in its ledger`() throws {
    let directory = try TemporaryDirectory()
    let path = try Self.file(Self.image.snapshot(), length: Self.terabyte, in: directory)
    let inspection = Inspector().inspect(path: path)
    #expect(inspection.errors == [])
    #expect(inspection.file.bytes == Self.terabyte)
    #expect(inspection.ledger?.total == Self.terabyte)
  }

  /// So far from the end of the file, nothing tells that the 32 bytes behind the pages were meant to be their SHA-256.
  @Test func `nor is one read behind a snapshot whose SHA-256 was altered`() throws {
    let directory = try TemporaryDirectory()
    var snapshot = try Self.image.snapshot()
    snapshot[snapshot.count - 1] ^= 1
    let path = try Self.file(snapshot, length: Self.terabyte, in: directory)
    let inspection = Inspector().inspect(path: path)
    #expect(inspection.errors == [])
    #expect(inspection.ledger?.total == Self.terabyte)
    let report = Verifier(policy: Policy.rows(layers: Set(Layer.allCases))).verify(path: path)
    #expect(report.findings.map(\.rule).contains(.hashMissing))
    let map = try #require(report.pageMap)
    #expect(map.pages == Int(Self.terabyte) / (report.bolt?.pageSize ?? 0))
    #expect(map.pages - map.count(.zero) < 100)
  }

  @Test func `nor is it where nothing but the newest values is asked for`() throws {
    let directory = try TemporaryDirectory()
    let path = try Self.file(Self.image.snapshot(), length: Self.terabyte, in: directory)
    let report = Verifier(policy: Policy.rows(layers: [.live], hash: .skipped)).verify(path: path)
    #expect(report.errors == [])
    #expect(report.live == ClassCounts(encrypted: 1))
  }
}
