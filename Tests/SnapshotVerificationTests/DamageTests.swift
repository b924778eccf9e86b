import BoltFormat
import SnapshotVerification
import TestSupport
import Testing
import VerificationModel

@Suite("What is damaged is an error, and the rest is still judged")
struct DamageTests {
  /// Secrets `s00` … `s39`, each a live row; every fifth is plaintext.
  private static let root: BoltBucket = {
    let operations = (0..<40).map { number in
      EtcdWriter.Operation.put(
        secretKey(number < 10 ? "s0\(number)" : "s\(number)"),
        number % 5 == 0 ? StoredSecret.plaintext() : StoredSecret.sealed(.secretbox, "key1", seed: UInt64(number)))
    }
    return EtcdWriter(.v36, operations).root
  }()

  private static func writer(_ byteOrder: BoltWriter.ByteOrder = .little) -> BoltWriter {
    var writer = BoltWriter(byteOrder: byteOrder)
    writer.packing.rowsPerLeaf = 5
    writer.packing.childrenPerBranch = 4
    return writer
  }

  /// One way to damage the third of the eight leaves, or the branch above it.
  struct Damage: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let code: BoltError.Code
    /// Rows that can't be read any more.
    let lostRows: Int
    let apply: @Sendable (inout BoltImage, BoltImage.Page, BoltImage.Page) -> Void

    static let all: [Damage] = [
      Damage(testDescription: "another id", code: .pageID, lostRows: 5) { image, leaf, _ in image[leaf, .id] = 77 },
      Damage(testDescription: "zeros", code: .pageID, lostRows: 5) { image, leaf, _ in
        image.patch(page: leaf.number, bytes: [UInt8](repeating: 0, count: 4096))
      },
      Damage(testDescription: "no flags", code: .pageFlags, lostRows: 5) { image, leaf, _ in image[leaf, .flags] = 0 },
      Damage(testDescription: "a freelist's flag", code: .pageKind, lostRows: 5) { image, leaf, _ in
        image[leaf, .flags] = 0x10
      },
      Damage(testDescription: "too many elements", code: .elementCount, lostRows: 5) { image, leaf, _ in
        image[leaf, .count] = 0xFFFF
      },
      Damage(testDescription: "more elements than fit", code: .elementTable, lostRows: 5) { image, leaf, _ in
        image[leaf, .count] = 4000
      },
      Damage(testDescription: "overflow beyond the file", code: .overflowOutOfBounds, lostRows: 5) { image, leaf, _ in
        image[leaf, .overflow] = 0xFFFF_FFFF
      },
      Damage(testDescription: "a value beyond the page", code: .elementOutOfBounds, lostRows: 1) { image, leaf, _ in
        image[leaf, row: 4, .valueSize] = 0x7FFF_FFFF
      },
      Damage(testDescription: "a child beyond the file", code: .pageOutOfBounds, lostRows: 5) { image, _, branch in
        image[branch, child: 2, .child] = 1 << 40
      },
      Damage(testDescription: "a child that has a parent", code: .pageClaimedTwice, lostRows: 5) { image, _, branch in
        image[branch, child: 2, .child] = image[branch, child: 1, .child]
      },
    ]
  }

  @Test("A page of the tree", arguments: Damage.all, BoltWriter.ByteOrder.allCases)
  func page(_ damage: Damage, byteOrder: BoltWriter.ByteOrder) throws {
    var image = Self.writer(byteOrder).image(Self.root)
    let leaf = image.leafPages(ofBucket: "key")[2]
    let branch = try #require(image.branchPages(ofBucket: "key").first { $0.height == 1 })
    damage.apply(&image, leaf, branch)
    let report = try report(on: image, Policy.rows(failOn: nil))

    #expect(report.verdict == .error)
    #expect(report.errorCodes.contains(damage.code.rawValue))
    #expect(report.live.total == 40 - damage.lostRows)
    #expect(report.etcd?.revisions == 40 - damage.lostRows)
    #expect(report.findings.filter { $0.rule == .plaintextLive }.count == report.live.plaintext)
    #expect(report.findingCounts[.damagedPage] == report.errors.count)
    #expect(report.findings.first?.rule == .damagedPage)
    #expect(report.findings.first?.severity == .critical)
    for (error, finding) in zip(report.errors, report.findings) {
      #expect(finding.message == error.message && finding.reason == error.code)
      #expect(finding.page == error.page && finding.offset == error.offset)
      let page = try #require(error.page)
      let place = error.offset.map { "(page \(page), offset \($0))" } ?? "(page \(page))"
      #expect(error.message.hasSuffix(place))
    }
  }

  @Test("Big-endian files are read as little-endian ones are")
  func bigEndian() throws {
    let little = try report(on: Self.writer(.little).image(Self.root))
    let big = try report(on: Self.writer(.big).image(Self.root))
    #expect(big.bolt == little.bolt)
    #expect(big.etcd == little.etcd)
    #expect(big.resources == little.resources)
    #expect(big.encryption == little.encryption)
    #expect(big.findings == little.findings)
    #expect(big.errors == [] && big.verdict == .fail)
  }

  @Test("One meta page that can't be used is an error, and the other is used", arguments: [0, 1])
  func meta(number: Int) throws {
    var image = Self.writer().image(Self.root)
    image[meta: number, .magic] = 0
    let report = try report(on: image, Policy.rows(failOn: nil))
    #expect(report.errorCodes == ["meta-magic"])
    #expect(report.errors.map(\.page) == [PageID(UInt64(number))])
    #expect(report.bolt?.origin == .unknown)
    #expect(report.live.total == 40)
    #expect(report.verdict == .error)
  }

  @Test("A file without a meta page that can be used is not verified")
  func bothMetas() throws {
    var image = Self.writer().image(Self.root)
    for number in 0..<2 { image[meta: number, .checksum] = 1 }
    let report = try report(on: image, Policy.rows(failOn: nil))
    #expect(report.verdict == .error)
    #expect(report.bolt == nil && report.etcd == nil)
    #expect(report.errorCodes == ["meta-checksum"])
    #expect(!report.isUnrecognized)
  }

  /// Pages in the image of ``root``.
  private static let pageCount = writer().image(root).bytes.count / 4096

  @Test("A cut at a page border is an error", arguments: 1..<pageCount, [false, true])
  func cutAtPage(pages: Int, leavesTrailer: Bool) throws {
    let file = try Self.writer().image(Self.root).snapshot()
    let report = try report(
      on: Array(file.prefix(pages * 4096)) + (leavesTrailer ? file.suffix(32) : []), Policy.rows(failOn: nil))
    #expect(report.errorCodes.contains("truncated"))
    #expect(report.findings.contains { $0.rule == .damagedPage && $0.reason == "truncated" })
    #expect(report.verdict == .error)
    #expect(report.live.total <= 40)
  }

  @Test("A cut at a page border is an error where only free pages are lost")
  func cutFreePages() throws {
    var writer = Self.writer()
    writer.freePages = [40: [], 41: []]
    let image = writer.image(Self.root)
    let report = try report(on: Array(image.bytes.dropLast(4096)), Policy.rows(failOn: nil, hash: .skipped))
    #expect(report.errorCodes == ["truncated"])
    #expect(report.live.total == 40)
    #expect(report.verdict == .error)
  }

  @Test("No cut of a snapshot passes, but for the whole trailer")
  func anyCut() throws {
    let file = try Self.writer().image(Self.root).snapshot()
    for count in Array(stride(from: 1, to: file.count - 32, by: 1021)) + [15, 16, 80, 4095, 4097, file.count - 33] {
      let report = try report(on: Array(file.prefix(count)), Policy.rows(failOn: nil))
      #expect(report.verdict == .error, "\(count) bytes")
    }
  }
}

@Suite("Files that are no snapshots")
struct UnreadableFileTests {
  /// What stands at the start of files of other formats, and what it is called.
  private static let packed: [(String, [UInt8])] = [
    ("gzip", [0x1F, 0x8B, 0x08, 0x00]), ("zstd", [0x28, 0xB5, 0x2F, 0xFD]), ("zip", [0x50, 0x4B, 0x03, 0x04]),
  ]

  @Test("What only begins like a compressed file is told to be damaged", arguments: packed, [20, 20_000])
  func compressed(_ format: (name: String, start: [UInt8]), count: Int) throws {
    let report = try report(on: format.start + [UInt8](repeating: 0x55, count: count))
    #expect(["container-damaged", "container-truncated"].contains(report.errorCodes.first))
    #expect(report.errors.first?.message.contains(format.name) == true)
    #expect(report.verdict == .error)
    #expect(!report.isUnrecognized)
  }

  @Test(
    "Others are not recognised", arguments: [[0], Array("#!/bin/sh\n".utf8), [UInt8](repeating: 0, count: 100_000)])
  func unrecognized(bytes: [UInt8]) throws {
    let report = try report(on: bytes)
    #expect(report.errors.count == 1)
    #expect(report.verdict == .error)
    #expect(report.isUnrecognized)
    #expect(report.findings == [] && report.bolt == nil && report.etcd == nil && report.file.hash == nil)
    #expect(report.file.bytes == UInt64(bytes.count))
  }

  @Test("An empty file is none that may be passed over: a backup that failed leaves it")
  func empty() throws {
    let report = try report(on: [] as [UInt8])
    #expect(report.errorCodes == ["empty-file"])
    #expect(report.verdict == .error && !report.isUnrecognized)
  }

  @Test(
    "Files that are not there, directories and devices are errors", arguments: ["/nowhere/backup.db", "/", "/dev/null"])
  func noFile(path: String) {
    let report = Verifier(policy: Policy.rows(failOn: nil)).verify(path: path)
    #expect(report.path == path)
    #expect(report.errors.count == 1)
    #expect(report.verdict == .error)
    #expect(!report.isUnrecognized)
  }

  @Test("That no snapshot was found is an error")
  func noSnapshots() {
    let report = SnapshotReport.noSnapshots(in: ["a", "b"])
    #expect(report.errorCodes == ["no-snapshots"])
    #expect(report.verdict == .error)
  }
}
