import SnapshotInput
import TestSupport
import Testing

@testable import SnapshotVerification
@testable import VerificationModel

@Suite("How far the reading has come")
struct ReadingProgressTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func snapshot(_ name: String, secrets: Int = 40) throws -> String {
    let operations = (0..<secrets).map { EtcdWriter.Operation.put(secretKey("s\($0)"), StoredSecret.plaintext()) }
    return try directory.file(name, BoltWriter().image(EtcdWriter(.v36, operations).root).snapshot())
  }

  /// The state after all that `arguments` name was verified.
  private func end(_ arguments: [String], _ policy: Policy = Policy.rows()) -> ReadingProgress.State {
    let entries = InputList(arguments: arguments).entries
    let progress = ReadingProgress(of: entries)
    Verifier(policy: policy, progress: progress).verify(entries) { _, _ in }
    return progress.state
  }

  /// Bytes in the file at `path`.
  private func size(_ path: String) throws -> UInt64 {
    try #require(InputList(arguments: [path]).entries[0].byteCount)
  }

  @Test func `before anything is read, all is expected`() throws {
    let paths = [try snapshot("a.db"), try snapshot("b.db", secrets: 400)]
    let entries = InputList(arguments: paths + paths).entries
    let sizes = entries.compactMap(\.byteCount)
    #expect(sizes.count == 4 && sizes[0] < sizes[1])
    #expect(ReadingProgress(of: entries).state == .init(bytesRead: 0, expectedBytes: sizes.reduce(0, +)))
    #expect(ReadingProgress(of: []).state == .init(bytesRead: 0, expectedBytes: 0))
  }

  @Test func `at the end, all has been read, once`() throws {
    let paths = [try snapshot("a.db"), try snapshot("b.db", secrets: 400)]
    let sum = InputList(arguments: paths).entries.compactMap(\.byteCount).reduce(0, +)
    #expect(end(paths) == .init(bytesRead: sum, expectedBytes: sum))
  }

  @Test func `what is read again is not counted again`() throws {
    let operations = (0..<400).map { EtcdWriter.Operation.put(secretKey("s\($0)"), StoredSecret.plaintext()) }
    var image = BoltWriter().image(EtcdWriter(.v36, operations).root)
    image[image.leafPages(ofBucket: "key")[0], .id] = 77
    let bytes = try image.snapshot()
    let path = try directory.file("damaged.db", bytes)
    #expect(Verifier(policy: Policy.rows()).verify(path: path).verdict == .error)
    #expect(end([path]) == .init(bytesRead: UInt64(bytes.count), expectedBytes: UInt64(bytes.count)))
  }

  @Test func `what can't be read is expected no longer`() throws {
    let text = try directory.file("text.db", Array(repeating: 65, count: 100_000))
    let path = try snapshot("a.db")
    let bytes = try size(path)
    #expect(end([text, path, directory.path + "/missing.db"]) == .init(bytesRead: bytes, expectedBytes: bytes))
  }

  @Test func `of what is read without its hash the pages are expected`() throws {
    let path = try snapshot("a.db")
    let pages = try size(path) - 32
    #expect(end([path], Policy.rows(hash: .skipped)) == .init(bytesRead: pages, expectedBytes: pages))
  }

  @Test func `a pipe or standard input leaves it open how much there is`() throws {
    let path = try snapshot("a.db")
    for other in ["-", try directory.pipe("pipe")] {
      #expect(ReadingProgress(of: InputList(arguments: [path, other]).entries).state.expectedBytes == nil)
    }
  }

  @Test func `the input that was begun first is named`() throws {
    let entries = InputList(arguments: [try snapshot("a.db"), try snapshot("b.db")]).entries
    let progress = ReadingProgress(of: entries)
    #expect(progress.state.path == nil)
    let (one, other) = (progress.begin(entries[0]), progress.begin(entries[1]))
    other.add(10)
    #expect(progress.state.path == entries[0].path)
    one.end()
    #expect(progress.state.path == entries[1].path)
    #expect(progress.state.bytesRead == 10)
    other.expectAnyLength()
    #expect(progress.state.expectedBytes == nil)
    other.end()
    #expect(progress.state == .init(bytesRead: 10))
  }

  @Test func `a file that grows is read beyond what was expected`() throws {
    let entries = InputList(arguments: [try snapshot("a.db")]).entries
    let progress = ReadingProgress(of: entries)
    let size = try #require(progress.state.expectedBytes)
    let input = progress.begin(entries[0])
    input.add(Int(size) + 5)
    #expect(progress.state == .init(bytesRead: size + 5, expectedBytes: size, path: entries[0].path))
    input.end()
    #expect(progress.state == .init(bytesRead: size + 5, expectedBytes: size + 5))
  }
}
