import BoltFormat
import TestSupport
import Testing
import VerificationModel

@Suite("The SHA-256 at the end of a snapshot")
struct HashTests {
  private static let root = EtcdWriter(.v36, [.put(secretKey("a"), StoredSecret.sealed(.secretbox, "key1"))]).root
  private static let image = BoltWriter().image(root).bytes
  private static let requirements: [Policy.HashRequirement] = [.verified, .required]

  private static func digest() throws -> [UInt8] { try sha256sum(image) }

  private static func hex(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  @Test("One that matches is told, and nothing else", arguments: requirements)
  func match(requirement: Policy.HashRequirement) throws {
    let report = try report(on: Self.image + Self.digest(), Policy.rows(hash: requirement))
    #expect(report.file.hash == .match(digest: Self.hex(try Self.digest())))
    #expect(report.file.bytes == UInt64(Self.image.count + 32))
    #expect(report.rules == [])
    #expect(report.verdict == .pass)
  }

  /// Places from the end of the image: in the free space of its last page, and behind it in the trailer.
  @Test("A single bit that changed is an error and a critical finding", arguments: requirements, [1, 1000, -1, -32])
  func mismatch(requirement: Policy.HashRequirement, fromEnd: Int) throws {
    var file = try Self.image + Self.digest()
    file[Self.image.count - fromEnd - (fromEnd < 0 ? 1 : 0)] ^= 1
    let report = try report(on: file, Policy.rows(failOn: nil, hash: requirement))
    let computed = try sha256sum(Array(file.dropLast(32)))
    #expect(report.file.hash == .mismatch(computed: Self.hex(computed), embedded: Self.hex(file.suffix(32))))
    #expect(report.errorCodes == ["hash-mismatch"])
    #expect(report.rules == [.hashMismatch])
    #expect(report.findings.map(\.severity) == [.critical])
    #expect(report.verdict == .error)
    #expect(report.live == ClassCounts(encrypted: 1), "the rest is read all the same")
  }

  @Test("One that is missing is a low finding")
  func missing() throws {
    let report = try report(on: Self.image)
    #expect(report.file.hash == .missing(computed: Self.hex(try Self.digest())))
    #expect(report.rules == [.hashMissing])
    #expect(report.findings.map(\.severity) == [.low])
    #expect(report.errors == [])
    #expect(report.verdict == .pass)
  }

  @Test("One that is missing although required is an error", arguments: [.high, nil] as [Severity?])
  func required(failOn: Severity?) throws {
    let report = try report(on: Self.image, Policy.rows(failOn: failOn, hash: .required))
    #expect(report.errorCodes == ["hash-missing"])
    #expect(report.rules == [.hashMissing])
    #expect(report.verdict == .error)
  }

  @Test("One that is not asked for is not looked at", arguments: [0, 7, 32])
  func skipped(trailerBytes: Int) throws {
    let zeros = [UInt8](repeating: 0, count: trailerBytes)
    let report = try report(on: Self.image + zeros, Policy.rows(failOn: .info, hash: .skipped))
    #expect(report.file.hash == .skipped)
    #expect(report.rules == [])
    #expect(report.verdict == .pass)
  }

  @Test(
    "Bytes after it are a low finding that says where they begin", arguments: [1, 31, 32, 33, 480, 512, 4096, 5000])
  func trailingData(count: Int) throws {
    let tail = [UInt8](repeating: 0xAB, count: count)
    let report = try report(on: Self.image + Self.digest() + tail)
    #expect(report.file.hash == .match(digest: Self.hex(try Self.digest())))
    #expect(report.rules == [.trailingData])
    #expect(report.findings.map(\.severity) == [.low])
    #expect(report.findings.map(\.offset) == [ByteOffset(UInt64(Self.image.count + 32))])
    #expect(report.findings.first?.message.contains("\(count) bytes") == true)
    #expect(report.errors == [])
    #expect(report.verdict == .pass)
  }

  /// The length is one that files without a SHA-256 have: it can't be told that there was one. Zeros were never any.
  @Test(
    "Where one may have been altered, with more bytes behind it, that is told", arguments: [480, 4064, 1 << 20 | 480])
  func alteredAndTrailed(count: Int) throws {
    let tail = [UInt8](repeating: 0xAB, count: count)
    var altered = Self.image
    altered[Self.image.count - 1000] ^= 1
    let report = try report(on: altered + Self.digest() + tail)
    #expect(report.file.hash == .missing(computed: Self.hex(try sha256sum(altered + Self.digest() + tail))))
    #expect(report.rules == [.hashMissing])
    #expect(report.findings.map(\.offset) == [ByteOffset(UInt64(Self.image.count))])
    #expect(report.findings.first?.message.contains("32 bytes behind the database are not its SHA-256") == true)
    let none = try SnapshotVerificationTests.report(on: Self.image + [UInt8](repeating: 0, count: 32 + count))
    #expect(none.findings.map(\.offset) == [nil])
    #expect(none.findings.first?.message.contains("carries no SHA-256") == true)
  }

  @Test("A cut inside it is an error", arguments: 1...31)
  func cut(left: Int) throws {
    let report = try report(on: Self.image + Self.digest().prefix(left), Policy.rows(failOn: nil))
    #expect(report.errorCodes == ["trailer-truncated"])
    #expect(report.errors.first?.message.contains("\(left) are left") == true)
    #expect(report.rules == [.hashMissing])
    #expect(report.findings.map(\.reason) == ["trailer-truncated"])
    #expect(report.verdict == .error)
    #expect(report.live == ClassCounts(encrypted: 1))
  }

  @Test("A cut inside it is one error where one is required too")
  func cutAndRequired() throws {
    let report = try report(on: Self.image + Self.digest().prefix(9), Policy.rows(hash: .required))
    #expect(report.errorCodes == ["trailer-truncated"])
  }

  /// bbolt grows the file of a running member ahead of need.
  @Test("The file of a member has none, and the zeros it was grown by are no data", arguments: [0, 1, 16, 300])
  func rawCopy(pages: Int) throws {
    var writer = BoltWriter()
    writer.metas = .rawCopy
    writer.txid = 7
    writer.tail = [UInt8](repeating: 0, count: pages * 4096)
    let old = BoltBucket.store([EtcdWriter.Row]())
    let report = try report(on: writer.image(Self.root, previous: old).bytes)
    #expect(report.rules == [.hashMissing])
    #expect(report.errors == [])
    #expect(report.bolt?.origin == .rawCopy)
    #expect(report.bolt?.txid == 7)
    #expect(report.verdict == .pass)
  }

  @Test("One over the file of a member, zeros included, matches")
  func hashedRawCopy() throws {
    var writer = BoltWriter()
    writer.metas = .rawCopy
    writer.tail = [UInt8](repeating: 0, count: 5 * 4096)
    let report = try report(on: writer.image(Self.root, previous: Self.root))
    guard case .match = report.file.hash else {
      Issue.record("\(String(describing: report.file.hash))")
      return
    }
    #expect(report.rules == [])
  }

  @Test(
    "It is found behind pages of every size", arguments: [512, 1024, 4096, 16384, 65536], BoltWriter.ByteOrder.allCases)
  func pageSizes(pageSize: Int, byteOrder: BoltWriter.ByteOrder) throws {
    let report = try report(on: BoltWriter(pageSize: pageSize, byteOrder: byteOrder).image(Self.root))
    #expect(report.bolt?.pageSize == pageSize)
    #expect(report.rules == [])
    #expect(report.verdict == .pass)
  }
}
