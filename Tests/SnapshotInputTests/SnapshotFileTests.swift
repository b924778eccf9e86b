import BoltFormat
import Foundation
import TestSupport
import Testing

@testable import SnapshotInput

@Suite("A snapshot in a file")
struct SnapshotFileTests {
  private let directory: TemporaryDirectory
  private static let bytes: [UInt8] = (0..<3000).map { UInt8(truncatingIfNeeded: $0 &* 7) }

  init() throws { directory = try TemporaryDirectory() }

  private func file(_ bytes: [UInt8] = bytes) throws -> SnapshotFile {
    try SnapshotFile(opening: directory.file("backup.db", bytes))
  }

  private func resize(_ file: SnapshotFile, to byteCount: UInt64) throws {
    let handle = try FileHandle(forWritingTo: URL(filePath: file.path))
    try handle.truncate(atOffset: byteCount)
    try handle.close()
  }

  @Test("Is read at any place", arguments: [(0, 0), (0, 1), (0, 3000), (1, 2999), (2999, 1), (1500, 700), (3000, 0)])
  func read(offset: Int, count: Int) throws {
    let file = try file()
    var buffer: [UInt8] = []
    try file.read(count, at: UInt64(offset), into: &buffer)
    #expect(file.byteCount == 3000)
    #expect(buffer.prefix(count).elementsEqual(Self.bytes[offset..<offset + count]))
  }

  @Test("Is read to the front of a buffer, which keeps what lies behind")
  func longBuffer() throws {
    var buffer = [UInt8](repeating: 0xEE, count: 100)
    try file().read(10, at: 5, into: &buffer)
    #expect(buffer == Self.bytes[5..<15] + [UInt8](repeating: 0xEE, count: 90))
  }

  @Test(
    "Reading beyond the end is an error that says how much there was",
    arguments: [(0, 3001), (2999, 2), (3000, 1), (9000, 4)])
  func beyondTheEnd(offset: Int, count: Int) throws {
    let file = try file()
    var buffer: [UInt8] = []
    let error = #expect(throws: BoltError.self) { try file.read(count, at: UInt64(offset), into: &buffer) }
    #expect(error?.code == .readFailed)
    #expect(error?.offset == ByteOffset(UInt64(offset)))
    #expect(error?.found == UInt64(max(0, 3000 - offset)))
    #expect(error?.bound == UInt64(count))
  }

  @Test("One that became shorter while it was open is an error")
  func shrinking() throws {
    let file = try file()
    var buffer: [UInt8] = []
    try file.read(3000, at: 0, into: &buffer)
    try resize(file, to: 1000)
    #expect(file.byteCount == 3000)
    let error = #expect(throws: BoltError.self) { try file.read(3000, at: 0, into: &buffer) }
    #expect(error?.code == .readFailed && error?.found == 1000)
    #expect(throws: BoltError.self) { try file.digests(ofFirst: [3000]) }
    try file.read(1000, at: 0, into: &buffer)
  }

  @Test("One that became longer is what it was when it was opened")
  func growing() throws {
    let file = try file()
    try resize(file, to: 9000)
    #expect(file.byteCount == 3000)
    #expect(try file.digests(ofFirst: [3000])[3000]?.bytes == sha256sum(Self.bytes))
  }

  @Test("One that was written to, or replaced, since it was opened is told")
  func changes() throws {
    let written = try file()
    try written.checkUnchanged()
    try resize(written, to: 3001)
    #expect(throws: InputError.self) { try written.checkUnchanged() }
    let replaced = try file()
    try FileManager.default.moveItem(atPath: replaced.path, toPath: replaced.path + ".old")
    try replaced.checkUnchanged()
    try directory.file("backup.db", Self.bytes)
    let error = #expect(throws: InputError.self) { try replaced.checkUnchanged() }
    #expect(error?.code == .fileChanged && error?.description.contains("another file") == true)
  }

  @Test("What is opened once is read once: a file that takes its place meanwhile is not")
  func replaced() throws {
    let path = try directory.file("backup.db", Self.bytes)
    let streams = try SnapshotStreams(path: path)
    try FileManager.default.removeItem(atPath: path)
    try directory.file("backup.db", [1, 2, 3])
    let file = try #require(try streams.next()?.file)
    var buffer: [UInt8] = []
    try file.read(3000, at: 0, into: &buffer)
    #expect(buffer == Self.bytes)
    #expect(throws: InputError.self) { try streams.checkUnchanged() }
  }

  @Test("One that was removed can still be read")
  func removed() throws {
    let file = try file()
    try FileManager.default.removeItem(atPath: file.path)
    var buffer: [UInt8] = []
    try file.read(3000, at: 0, into: &buffer)
    #expect(buffer == Self.bytes)
  }

  @Test(
    "Digests of several lengths come of one pass",
    arguments: [[0, 1, 3000], [3000, 1500, 1500], [], [2999]] as [[UInt64]])
  func digests(lengths: [UInt64]) throws {
    let digests = try file().digests(ofFirst: lengths)
    #expect(Set(digests.keys) == Set(lengths))
    for (length, digest) in digests { #expect(digest.bytes == (try sha256sum(Array(Self.bytes.prefix(Int(length)))))) }
  }

  @Test("Digests go over the borders of blocks", arguments: [-1, 0, 1])
  func blocks(beyond: Int) throws {
    var random = SeededGenerator(seed: 1)
    let bytes = random.bytes(2 << 20 + 10)
    let length = 1 << 20 + beyond
    let digests = try file(bytes).digests(ofFirst: [UInt64(length), UInt64(bytes.count)])
    #expect(digests[UInt64(length)]?.bytes == (try sha256sum(Array(bytes.prefix(length)))))
    #expect(digests[UInt64(bytes.count)]?.bytes == (try sha256sum(bytes)))
  }

  @Test("Is not changed by reading, its access time either")
  func untouched() throws {
    let path = try directory.file("backup.db", Self.bytes)
    var before = stat()
    var after = stat()
    // Sound: both outlive the calls, which fill them.
    try #require(unsafe stat(path, &before) == 0)
    let file = try SnapshotFile(opening: path)
    _ = try file.digests(ofFirst: [3000])
    try #require(unsafe stat(path, &after) == 0)
    #expect(before.st_mtim.tv_sec == after.st_mtim.tv_sec && before.st_mtim.tv_nsec == after.st_mtim.tv_nsec)
    #expect(before.st_atim.tv_sec == after.st_atim.tv_sec && before.st_atim.tv_nsec == after.st_atim.tv_nsec)
  }

  // MARK: What is none

  private func code(_ path: String) -> InputError.Code? {
    let error = #expect(throws: InputError.self) { try SnapshotFile(opening: path) }
    return error?.code
  }

  @Test("An empty file is none")
  func empty() throws {
    #expect(code(try directory.file("empty", [])) == .empty)
  }

  @Test("A path that leads nowhere is none")
  func nowhere() throws {
    let file = try directory.file("a", [1])
    #expect(code("\(directory.path)/b") == .notFound)
    #expect(code("\(file)/b") == .notFound)
    #expect(code("") == .notFound)
    try directory.link("dangling", to: "b")
    #expect(code("\(directory.path)/dangling") == .notFound)
  }

  @Test("Links that go round in circles are an error")
  func circle() throws {
    try directory.link("circle", to: "circle")
    #expect(code("\(directory.path)/circle") == .unreadable)
  }

  @Test("A link leads to the file it names")
  func link() throws {
    try directory.file("backup.db", Self.bytes)
    try directory.link("latest", to: "backup.db")
    #expect(try SnapshotFile(opening: "\(directory.path)/latest").byteCount == 3000)
  }

  @Test("A directory or a device is refused", arguments: ["", "/dev/null", "/dev/zero"])
  func notRegular(path: String) {
    #expect(code(path.isEmpty ? directory.path : path) == .notRegular)
  }

  @Test("A pipe nobody writes to is refused without waiting", .timeLimit(.minutes(20)))
  func pipe() throws {
    #expect(code(try directory.pipe("pipe")) == .notRegular)
  }

  @Test("A file that may not be read is refused", .enabled(if: geteuid() != 0, "nothing is refused to root"))
  func forbidden() throws {
    let path = try directory.file("secret", [1])
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
    #expect(code(path) == .permissionDenied)
  }

  // MARK: The descriptor

  @Test(
    "The descriptor answers how many bytes there were",
    arguments: [(0, 10, 10), (2995, 10, 5), (3000, 10, 0), (0, 0, 0)])
  func shortReads(offset: Int, count: Int, done: Int) throws {
    let descriptor = try FileDescriptor(opening: directory.file("backup.db", Self.bytes))
    var buffer: [UInt8] = []
    #expect(try descriptor.read(count, at: UInt64(offset), into: &buffer) == done)
    #expect(buffer.prefix(done).elementsEqual(Self.bytes[offset..<offset + done]))
    #expect(descriptor.byteCount == 3000)
  }
}
