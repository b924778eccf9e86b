import Foundation
import TestSupport
import Testing

@testable import SnapshotInput

@Suite("Inputs that are opened before any is read")
struct PreparedInputTests {
  @Test func `what was opened is read though its path is gone`() throws {
    let directory = try TemporaryDirectory()
    let image = try BoltWriter().image(EtcdWriter().root).snapshot()
    let path = try directory.file("backup.db", image)
    var list = InputList(arguments: [path])
    list.openFiles()
    try FileManager.default.removeItem(atPath: path)
    let streams = try list.entries[0].open(UnpackingLimits())
    #expect(Unpacked(streams).bytes == image)
    #expect(throws: Never.self) { try streams.checkUnchanged() }
    let again = #expect(throws: InputError.self) { _ = try list.entries[0].open(UnpackingLimits()) }
    #expect(again?.code == .notFound, "it is handed out once")
  }

  @Test func `what can't be opened says so when it is read`() throws {
    let directory = try TemporaryDirectory()
    var list = InputList(arguments: ["\(directory.path)/missing.db", "-"])
    list.openFiles()
    let error = #expect(throws: InputError.self) { _ = try list.entries[0].open(UnpackingLimits()) }
    #expect(error?.code == .notFound)
  }

  @Test func `so many are opened, and the others when they are read`() throws {
    let directory = try TemporaryDirectory()
    let image = try BoltWriter().image(EtcdWriter().root).snapshot()
    let paths = try (0..<3).map { try directory.file("\($0).db", image) }
    var list = InputList(arguments: paths)
    list.openFiles(limit: 2)
    for path in paths.dropFirst(2) { try FileManager.default.removeItem(atPath: path) }
    for entry in list.entries.prefix(2) { #expect(try Unpacked(entry.open(UnpackingLimits())).bytes == image) }
    #expect(throws: InputError.self) { _ = try list.entries[2].open(UnpackingLimits()) }
  }

  @Test func `a pipe is not waited for`() throws {
    let directory = try TemporaryDirectory()
    var list = InputList(arguments: [try directory.pipe("pipe")])
    list.openFiles()
    #expect(list.entries.count == 1)
  }
}
