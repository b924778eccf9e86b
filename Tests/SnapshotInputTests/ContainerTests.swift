import SnapshotInput
import TestSupport
import Testing

@Suite("Containers are recognised by their first bytes")
struct ContainerTests {
  /// The first bytes of what the usual programs make of the text `hello`.
  private static let written: [(Container, String, String)] = [
    (.gzip, "gzip", "1f8b0800000000000003cb48cdc9c907"),
    (.zlib, "zlib, level 1", "7801cb48cdc9c90700062c0215"),
    (.zlib, "zlib, level 5", "785ecb48cdc9c90700062c0215"),
    (.zlib, "zlib, level 6", "789ccb48cdc9c90700062c0215"),
    (.zlib, "zlib, level 9", "78dacb48cdc9c90700062c0215"),
    (.zstd, "zstd", "28b52ffd240529000068656c6c6fa36d"),
    (.xz, "xz", "fd377a585a000004e6d6b44602002101"),
    (.lz4, "lz4", "04224d186440a70500008068656c6c6f"),
    (.bzip2, "bzip2", "425a68393141592653591931653d0000"),
    (.zip, "zip", "504b03040a00000000001910785d86a6"),
    (.zip, "zip, from standard input", "504b03042d000800"),
  ]

  @Test("Compressed files", arguments: written)
  func compressed(_ format: Container, program: String, hex: String) throws {
    #expect(Container(recognizing: [UInt8](hex: hex)) == format)
    let directory = try TemporaryDirectory()
    let file = try SnapshotFile(opening: directory.file("a", [UInt8](hex: hex)))
    #expect(try file.container() == format)
  }

  /// The magic of GNU tar's own format, and of POSIX ustar and pax.
  @Test("Archives of tar", arguments: ["75 73 74 61 72 20 20 00", "75 73 74 61 72 00 30 30"])
  func tar(magic: String) throws {
    var header = [UInt8](repeating: 0, count: 512)
    header.replaceSubrange(0..<9, with: "backup.db".utf8)
    header.replaceSubrange(100..<107, with: "0000600".utf8)
    header.replaceSubrange(257..<265, with: [UInt8](hex: magic))
    #expect(Container(recognizing: header) == .tar)
    #expect(Container(recognizing: Array(header.prefix(262))) == nil)
    let directory = try TemporaryDirectory()
    let file = try SnapshotFile(opening: directory.file("a", header + header))
    #expect(try file.container() == .tar)
  }

  @Test("Nothing else is one", arguments: ["", "1f", "1f8c", "28b52f", "7800", "7802", "425a", "504b0506", "ff"])
  func others(hex: String) {
    #expect(Container(recognizing: [UInt8](hex: hex)) == nil)
  }

  @Test("No database is one", arguments: BoltWriter.ByteOrder.allCases)
  func database(byteOrder: BoltWriter.ByteOrder) throws {
    let directory = try TemporaryDirectory()
    let image = BoltWriter(byteOrder: byteOrder).image(EtcdWriter().root)
    #expect(try SnapshotFile(opening: directory.file("a", image.bytes)).container() == nil)
  }
}
