import TestSupport
import Testing

@testable import SnapshotInput

@Suite("bbolt is recognised before any container, damaged or not")
struct StreamContentTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func content(_ bytes: [UInt8]) throws -> StreamContent {
    let file = try FileReader(OpenFile("a", FileDescriptor(opening: directory.file("a", bytes))))
    return StreamContent(of: ByteStream(file, depth: 0, member: nil, UnpackingMeter(UnpackingLimits())))
  }

  private static let pageSizes = [1024, 4096, 16_384, 65_536]
  /// What gzip, zip and tar begin with.
  private static let fronts: [[UInt8]] = [
    [0x1F, 0x8B, 8, 0], [0x50, 0x4B, 3, 4], [UInt8](repeating: 0, count: 257) + Array("ustar".utf8),
  ]

  private func image(_ pageSize: Int, _ byteOrder: BoltWriter.ByteOrder) -> [UInt8] {
    BoltWriter(pageSize: pageSize, byteOrder: byteOrder).image(EtcdWriter().root).bytes
  }

  @Test("Of any page size and byte order", arguments: pageSizes, BoltWriter.ByteOrder.allCases)
  func intact(pageSize: Int, byteOrder: BoltWriter.ByteOrder) throws {
    #expect(try content(image(pageSize, byteOrder)) == .snapshot)
    #expect(try content(Array(image(pageSize, byteOrder).prefix(100))) == .snapshot)
  }

  @Test("With a meta page 0 of zeros, or of noise", arguments: pageSizes, BoltWriter.ByteOrder.allCases)
  func firstMeta(pageSize: Int, byteOrder: BoltWriter.ByteOrder) throws {
    var random = SeededGenerator(seed: 5)
    for page in [[UInt8](repeating: 0, count: pageSize), random.bytes(pageSize)] {
      #expect(try content(page + image(pageSize, byteOrder).dropFirst(pageSize)) == .snapshot)
    }
  }

  @Test("With a meta page 0 that looks like a container by now", arguments: pageSizes, fronts)
  func disguised(pageSize: Int, front: [UInt8]) throws {
    var bytes = image(pageSize, .little)
    let page = front + [UInt8](repeating: 0, count: 512 - front.count)
    bytes.replaceSubrange(0..<page.count, with: page)
    #expect(try content(bytes) == .snapshot)
    // With the other meta page damaged too, the container goes first.
    bytes[pageSize + 30] ^= 1
    guard case .container = try content(bytes) else {
      Issue.record("no container")
      return
    }
  }

  @Test("With both meta pages damaged, as long as one has its magic number")
  func bothMetas() throws {
    var bytes = image(4096, .little)
    bytes.replaceSubrange(0..<80, with: [UInt8](repeating: 0, count: 80))
    bytes[4096 + 30] ^= 1
    #expect(try content(bytes) == .snapshot)
    bytes.replaceSubrange(4096..<4176, with: [UInt8](repeating: 0, count: 80))
    #expect(try content(bytes) == .other)
  }

  @Test("But not where it lies behind a page's worth of something else, as in an archive", arguments: pageSizes)
  func archive(pageSize: Int) throws {
    var header = [UInt8](repeating: 0, count: pageSize)
    header.replaceSubrange(257..<262, with: "ustar".utf8)
    #expect(try content(header + image(pageSize, .little)) == .container(.tar))
  }

  @Test("A damaged snapshot in an archive is one all the same")
  func damagedEntry() async throws {
    let packing = try Packing()
    var bytes = packing.snapshot
    bytes.replaceSubrange(0..<80, with: [UInt8](repeating: 0, count: 80))
    try packing.directory.file("damaged.db", bytes)
    let unpacked = try await Unpacked(packing.make("packed", "tar -c -f packed snapshot.db damaged.db"))
    #expect(unpacked.snapshots.map(\.member) == ["snapshot.db", "damaged.db"])
    #expect(unpacked.snapshots.last?.bytes == bytes)
  }
}
