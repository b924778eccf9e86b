import SnapshotGeneration
import Testing

@Suite struct ByteSizeTests {
  @Test(arguments: [
    ("200MB", 200_000_000, "200 MB", "200M"), ("2GB", 2_000_000_000, "2 GB", "2G"), ("8gib", 8 << 30, "8 GiB", "8Gi"),
    ("1K", 1000, "1 kB", "1k"), ("4096", 4096, "4096 B", "4096"), ("0", 0, "0 B", "0"),
  ])
  func sizesAreReadAndWritten(text: String, bytes: Int, description: String, label: String) throws {
    let size = try #require(ByteSize(text))
    #expect(size.bytes == UInt64(bytes))
    #expect(size.description == description)
    #expect(size.label == label)
  }

  @Test(arguments: ["", "MB", "-1", "2 GB", "2TB", "18446744073709551616", "99999999999GB"])
  func whatIsNoSizeIsRefused(text: String) { #expect(ByteSize(text) == nil) }
}
