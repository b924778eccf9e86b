import FileAccess
import Foundation
import TestSupport
import Testing

@Suite("A file that others read is there whole or not at all")
struct AtomicFileTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private var path: String { directory.path + "/report.json" }

  /// The names in the directory, hidden ones among them.
  private var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() }
  }

  private func failure(at path: String) -> OpenFailure? {
    do throws(OpenFailure) {
      _ = try AtomicFile(path: path, mode: 0o600)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [0o600, 0o644])
  func `it appears when it is complete, with its mode whatever the umask`(mode: Int) throws {
    let file = try AtomicFile(path: path, mode: mode_t(mode))
    try file.write("{")
    #expect(!FileManager.default.fileExists(atPath: path))
    try file.write("}\n")
    try file.complete()
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "{}\n")
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == mode)
    #expect(try names == ["report.json"])
  }

  @Test func `what is given up leaves what was there`() throws {
    try directory.file("report.json", Array("old".utf8))
    do {
      let file = try AtomicFile(path: path, mode: 0o600)
      try file.write("new")
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
    #expect(try names == ["report.json"])
  }

  @Test func `it replaces what was there, and tells what that is`() throws {
    try directory.file("report.json", Array("old".utf8))
    let file = try AtomicFile(path: path, mode: 0o600)
    #expect(file.replaced == FileState(of: path))
    try file.write("new")
    try file.complete()
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
  }

  @Test func `what is no regular file is neither followed nor replaced`() throws {
    let victim = try directory.file("victim", Array("kept".utf8))
    #expect(failure(at: try directory.link("link", to: victim)) == .kind(.link))
    #expect(failure(at: try directory.link("dangling", to: directory.path + "/gone")) == .kind(.link))
    #expect(failure(at: try directory.pipe("pipe")) == .kind(.pipe))
    for path in [directory.path, directory.path + "/", ".", "..", "/", "/dev/"] {
      #expect(failure(at: path) == .kind(.directory))
    }
    #expect(failure(at: "/dev/null") == .kind(.other))
    #expect(try String(contentsOfFile: victim, encoding: .utf8) == "kept")
    #expect(try names == ["dangling", "link", "pipe", "victim"])
  }

  @Test func `where nothing can be written, the system says why`() {
    #expect(failure(at: "/nowhere/report.json") == .system(ENOENT))
    #expect(failure(at: "/dev/null/report.json") == .system(ENOTDIR))
    #expect(failure(at: directory.path + "/" + String(repeating: "x", count: 300)) == .system(ENAMETOOLONG))
    #expect(failure(at: directory.path + "/a\u{0}b") == .system(EINVAL))
  }

  @Test func `one place has many spellings`() throws {
    let place = try AtomicFile(path: path, mode: 0o600).place
    for spelling in [
      "/./report.json", "//report.json", "/../\(URL(filePath: directory.path).lastPathComponent)/report.json",
    ] {
      #expect(try AtomicFile(path: directory.path + spelling, mode: 0o600).place == place)
    }
    #expect(try AtomicFile(path: directory.path + "/other.json", mode: 0o600).place != place)
  }
}
