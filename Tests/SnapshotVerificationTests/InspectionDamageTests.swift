import BoltFormat
import SnapshotInspection
import TestSupport
import Testing
import VerificationModel

@Suite("Inspections of damaged files and of other files")
struct InspectionDamageTests {
  private static let etcd = EtcdWriter(.v36, (0..<40).map { .put("/registry/pods/default/p\(10 + $0)", "value \($0)") })

  private static let image: BoltImage = {
    var writer = BoltWriter()
    writer.packing.rowsPerLeaf = 5
    writer.packing.childrenPerBranch = 4
    return writer.image(etcd.root)
  }()

  /// What is changed, the error it makes, and whether etcd's hash can still be told.
  struct Damage: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let code: BoltError.Code
    let isHashComparable: Bool
    let apply: @Sendable (inout BoltImage) -> Void

    static let all: [Damage] = [
      Damage(testDescription: "a leaf's id", code: .pageID, isHashComparable: false) { image in
        image[image.leafPages(ofBucket: "key")[2], .id] = 77
      },
      Damage(testDescription: "a value's size", code: .elementOutOfBounds, isHashComparable: false) { image in
        image[image.leafPages(ofBucket: "key")[2], row: 4, .valueSize] = 0x7FFF_FFFF
      },
      Damage(testDescription: "the order of keys", code: .keyOrder, isHashComparable: false) { image in
        let row = image.row(2, of: image.leafPages(ofBucket: "key")[2])
        image.patch(at: row.key.lowerBound, bytes: [UInt8](repeating: 0, count: 8))
      },
      Damage(testDescription: "a bucket's root", code: .pageOutOfBounds, isHashComparable: false) { image in
        image[bucket: "key", .root] = 1 << 40
      },
      Damage(testDescription: "meta page 0", code: .metaChecksum, isHashComparable: true) { image in
        image[meta: 0, .checksum] = 1
      },
      Damage(testDescription: "the high-water mark", code: .truncated, isHashComparable: true) { image in
        image.setMetas(.highWater, to: image.highWater + 3)
      },
    ]
  }

  @Test("What is damaged is an error, and the rest is told", arguments: Damage.all)
  func damage(_ damage: Damage) throws {
    var image = Self.image
    damage.apply(&image)
    let inspection = try inspection(of: image)
    #expect(inspection.errorCodes.contains(damage.code.rawValue))
    #expect(!inspection.isComplete)
    let status = try #require(inspection.status)
    #expect(status.isHashComparable == damage.isHashComparable)
    if damage.isHashComparable { #expect(status.agrees(with: Self.etcd.status)) }
    #expect(inspection.bolt != nil && inspection.pages != nil && inspection.etcd != nil)
    #expect(inspection.buckets.count == 10)
    let errors = try report(on: image).errors
    #expect(inspection.errors == errors, "the same as those of verify")
  }

  @Test("A meta page that can't be used says why", arguments: [0, 1])
  func meta(number: Int) throws {
    var image = Self.image
    image[meta: number, .checksum] = 1
    let damaged = try inspection(of: image).metas
    #expect(damaged[number].checksumMatches == false)
    #expect(!damaged[number].isCurrent && damaged[1 - number].isCurrent)
    #expect(damaged[1 - number].checksumMatches == true)
    image[meta: number, .magic] = 0
    #expect(try inspection(of: image).metas[number].checksumMatches == nil)
    image = Self.image
    image[meta: number, .root] = 1
    image.sealMeta(number)
    let forged = try inspection(of: image).metas[number]
    #expect(forged.checksumMatches == true)
    #expect(throws: BoltError.self) { try forged.content.get() }
  }

  @Test("A database of another program is told from a damaged one")
  func foreign() throws {
    let inspection = try inspection(of: BoltBucket(["users": BoltBucket([.init("a", [1])])]))
    #expect(inspection.errorCodes == ["missing-key-bucket"])
    #expect(inspection.etcd == nil && inspection.metaBucket == nil && inspection.cluster == nil)
    #expect(inspection.status?.totalKeys == 1)
    #expect(inspection.buckets.map(\.rows) == [1])
    #expect(!inspection.isComplete && !inspection.isUnrecognized)
  }

  @Test("No cut of a snapshot is complete, but for the whole trailer")
  func cuts() throws {
    let file = try Self.image.snapshot()
    for count in Array(stride(from: 1, to: file.count - 32, by: 1021)) + [15, 16, 80, 4095, 4097, file.count - 33] {
      #expect(!(try inspection(of: Array(file.prefix(count))).isComplete), "\(count) bytes")
    }
  }

  @Test("Bytes that were changed anywhere harm nothing")
  func changedBytes() throws {
    var random = SeededGenerator(seed: 42)
    for _ in 0..<300 {
      var bytes = Self.image.bytes
      for _ in 0..<3 {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let inspection = try inspection(of: bytes, Inspector(checksHash: false))
      guard let pages = inspection.pages, let bolt = inspection.bolt else { continue }
      let counted = PageCensus.Kind.allCases.reduce(0) { $0 + pages[$1].count }
      #expect(counted == bolt.reachablePages)
      #expect(pages.unreachable == bolt.unreachablePages)
    }
  }

  @Test(
    "Other files are not recognised",
    arguments: [[0], Array("#!/bin/sh\n".utf8), [UInt8](repeating: 0, count: 100_000)])
  func unrecognized(bytes: [UInt8]) throws {
    let inspection = try inspection(of: bytes)
    #expect(inspection.errors.count == 1)
    #expect(inspection.isUnrecognized && !inspection.isComplete)
    #expect(inspection.status == nil && inspection.bolt == nil && inspection.metas.isEmpty && inspection.pages == nil)
    #expect(inspection.file.bytes == UInt64(bytes.count))
  }

  @Test("A container that is damaged is named")
  func damagedContainer() throws {
    let inspection = try inspection(of: [0x1F, 0x8B, 0x08, 0x00] + [UInt8](repeating: 0x55, count: 20_000))
    #expect(inspection.errorCodes == ["container-damaged"])
    #expect(inspection.errors.first?.message.contains("gzip") == true)
    #expect(!inspection.isUnrecognized)
  }

  @Test("Files that are not there, directories and devices", arguments: ["/nowhere/backup.db", "/", "/dev/null"])
  func noFile(path: String) {
    let inspection = Inspector().inspect(path: path)
    #expect(inspection.path == path)
    #expect(inspection.errors.count == 1)
    #expect(!inspection.isUnrecognized && !inspection.isComplete)
  }

  @Test("That no snapshot was found is an error")
  func noSnapshots() {
    let inspection = Inspection.noSnapshots(in: ["a", "b"])
    #expect(inspection.path == "a b")
    #expect(inspection.errorCodes == ["no-snapshots"])
    #expect(!inspection.isComplete)
  }
}
