import Foundation
import SnapshotInput
import TestSupport
import Testing

@Suite("The files that a call names")
struct InputListTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// Paths of the entries, without the directory's own.
  private func paths(_ argument: String) -> [String] {
    InputList(arguments: [argument]).entries.map { entry in
      #expect(entry.isFromDirectory && entry.error == nil)
      return String(entry.path.dropFirst(directory.path.count + 1))
    }
  }

  @Test("A directory stands for every regular file in it, in order of their paths")
  func recursion() throws {
    let names = ["b.db", "a/z.db", "a/b/c.db", "a-1", "a.db", "Z", "c/.hidden", ".d/e", "é", "a/b-0"]
    for name in names { try directory.file(name, [1]) }
    let expected = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    #expect(paths(directory.path) == expected)
  }

  @Test("A slash at the end of a directory's path changes nothing")
  func trailingSlash() throws {
    try directory.file("a", [1])
    let entries = InputList(arguments: ["\(directory.path)/"]).entries
    #expect(entries.map(\.path) == ["\(directory.path)/a"])
  }

  @Test("Directories of any name are looked into", arguments: ["my backups", "50%", "100%25", "näh", "a#b?c", "~"])
  func directoryNames(name: String) throws {
    try directory.file("\(name)/backup.db", [1])
    #expect(paths("\(directory.path)/\(name)") == ["\(name)/backup.db"])
  }

  @Test(
    "Files of any name are found", arguments: ["my backup", "50%", "100%25.db", "näh", "a#b?c", "~", "line\nbreak"])
  func fileNames(name: String) throws {
    try directory.file(name, [1])
    #expect(paths(directory.path) == [name])
  }

  @Test("Links in a directory are not followed")
  func links() throws {
    try directory.file("real/backup.db", [1])
    try directory.file("elsewhere/other.db", [1])
    try directory.link("real/link", to: "backup.db")
    try directory.link("real/directory", to: "../elsewhere")
    try directory.link("real/circle", to: ".")
    #expect(paths("\(directory.path)/real") == ["real/backup.db"])
    let passedOver = InputList(arguments: ["\(directory.path)/real"]).passedOver
    #expect(passedOver.map { $0.path.split(separator: "/").last } == ["circle", "directory", "link"])
    #expect(passedOver.allSatisfy { $0.reason == .symbolicLink })
  }

  @Test("Links in a directory are followed when asked for, each file once, and never round in circles")
  func followedLinks() throws {
    try directory.file("real/backup.db", [1])
    try directory.file("elsewhere/other.db", [1])
    try directory.file("single.db", [1])
    try directory.link("real/aaa", to: "backup.db")
    try directory.link("real/b", to: "../elsewhere")
    try directory.link("elsewhere/back", to: "../real")
    try directory.link("real/circle", to: ".")
    try directory.link("real/nowhere", to: "missing")
    try directory.link("real/one", to: "../single.db")
    let list = InputList(arguments: ["\(directory.path)/real"], followsLinks: true)
    func names(_ paths: [String]) -> [String] { paths.map { String($0.dropFirst(directory.path.count + 1)) } }
    #expect(names(list.entries.map(\.path)) == ["real/b/other.db", "real/backup.db", "real/nowhere", "real/one"])
    #expect(names(list.passedOver.map(\.path)) == ["real/aaa", "real/b/back", "real/circle"])
    #expect(list.passedOver.allSatisfy { $0.reason == .sameFile })
  }

  @Test("A directory that holds links alone says how to follow them")
  func onlyLinks() throws {
    try directory.file("backup.db", [1])
    try FileManager.default.createDirectory(atPath: "\(directory.path)/real", withIntermediateDirectories: true)
    try directory.link("real/link", to: "../backup.db")
    let error = try #require(InputList(arguments: ["\(directory.path)/real"]).entries.first?.error)
    #expect(error.code == .emptyDirectory && error.description.contains("add --follow"))
  }

  @Test("The write-ahead logs of a member are told to its database, in a directory and by itself")
  func logs() throws {
    let log: [UInt8] = [4, 0, 0, 0, 0, 0, 0, 0x84, 8, 4, 0x10, 0, 0, 0, 0, 0]
    let path = try directory.file("m/member/wal/0000000000000000-0000000000000000.wal", log)
    let database = try directory.file("m/member/snap/db", [1])
    try directory.file("m/member/wal/note.wal", Array("no log".utf8))
    try directory.file("other/db", [1])
    for argument in [directory.path, database] {
      let entries = InputList(arguments: [argument]).entries
      #expect(entries.filter { $0.path.hasSuffix("snap/db") }.map(\.logs) == [[path]])
      #expect(entries.filter { $0.path.hasSuffix("other/db") }.allSatisfy { $0.logs.isEmpty })
    }
  }

  @Test("A link that is given is followed")
  func givenLink() throws {
    try directory.file("real/backup.db", [1])
    try directory.link("latest", to: "real")
    #expect(paths("\(directory.path)/latest") == ["latest/backup.db"])
    try directory.link("file", to: "real/backup.db")
    let entries = InputList(arguments: ["\(directory.path)/file"]).entries
    #expect(entries.map(\.path) == ["\(directory.path)/file"])
    #expect(entries.allSatisfy { !$0.isFromDirectory && $0.error == nil })
  }

  @Test("Pipes and sockets in a directory are passed over", .timeLimit(.minutes(20)))
  func pipes() throws {
    try directory.file("backup.db", [1])
    try directory.pipe("pipe")
    #expect(paths(directory.path) == ["backup.db"])
    #expect(InputList(arguments: [directory.path]).passedOver.map(\.reason) == [.specialFile])
  }

  @Test("A directory without files is an error", arguments: ["", "/sub"])
  func emptyDirectory(sub: String) throws {
    try FileManager.default.createDirectory(atPath: directory.path + "/sub/deeper", withIntermediateDirectories: true)
    let entries = InputList(arguments: [directory.path + sub]).entries
    #expect(entries.map(\.path) == [directory.path + sub])
    #expect(entries.map(\.error?.code) == [.emptyDirectory])
    #expect(entries.map(\.isFromDirectory) == [false])
  }

  @Test(
    "A directory that can't be listed is an error, beside the files of the others",
    .enabled(if: geteuid() != 0, "nothing is refused to root"))
  func forbidden() throws {
    try directory.file("a/backup.db", [1])
    try directory.file("b/backup.db", [1])
    func allow(_ mode: Int) throws {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: "\(directory.path)/a")
    }
    try allow(0)
    let entries = InputList(arguments: [directory.path]).entries
    try allow(0o700)
    #expect(entries.map(\.error?.code) == [.unreadable, nil])
  }

  @Test("Arguments keep their order, and what is no directory is taken as it is")
  func order() throws {
    try directory.file("d/2", [1])
    try directory.file("d/1", [1])
    let file = try directory.file("z", [])
    let arguments = [file, "\(directory.path)/d", "/nowhere/a", file]
    let entries = InputList(arguments: arguments).entries
    #expect(entries.map(\.path) == [file, "\(directory.path)/d/1", "\(directory.path)/d/2", "/nowhere/a", file])
    #expect(entries.allSatisfy { $0.error == nil })
  }

  @Test("A file whose name is no text is not passed over in silence")
  func binaryName() throws {
    try directory.file(named: [0x61, 0xFF, 0xFE])
    let entries = InputList(arguments: [directory.path]).entries
    #expect(entries.count == 1)
    #expect(entries.first?.error?.description.hasPrefix("not read: its name is not UTF-8") == true)
  }
}
