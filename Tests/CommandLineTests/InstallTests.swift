import Foundation
import Testing

/// `scripts/install` puts everything in place, and takes exactly that away.
@Suite("scripts/install")
struct InstallTests {
  private static let script = Program.repository.appending(path: "scripts/install").path(percentEncoded: false)

  /// Runs the script with `arguments`, the program of these tests, and DESTDIR where it is told.
  private func install(_ arguments: [String], destination: String = "") async throws -> Call {
    try await Call.shell(
      "DESTDIR=\"$1\" && export DESTDIR && shift && exec \"$@\"", [destination, Self.script] + arguments)
  }

  private var program: [String] { ["--program", Program.atrest.path(percentEncoded: false)] }

  /// The files below `directory`, each with its mode.
  private func files(below directory: String) async throws -> [String] {
    try await Call.shell("cd \"$1\" && find . -type f -printf '%m %P\\n' | LC_ALL=C sort", [directory]).lines
  }

  @Test func `installs, installs again, and uninstalls what it has installed`() async throws {
    let scratch = try Scratch()
    try scratch.file("usr/bin/other", Data("other".utf8))
    try scratch.file("usr/share/man/man1/other.1", Data("other".utf8))
    let before = try await files(below: scratch.path)
    let prefix = "\(scratch.path)/usr"
    let shared = [
      "atrest/installed", "bash-completion/completions/atrest", "fish/vendor_completions.d/atrest.fish",
      "zsh/site-functions/_atrest",
    ]
    let pages = try await ManualTests.pages().map { "man/man1/\($0).1" }
    let expected = ["755 bin/atrest"] + (shared + pages).map { "644 share/\($0)" }
    for _ in 1...2 {
      let call = try await install(["--prefix", prefix] + program)
      #expect(call.status == 0, "\(call.errors)")
      #expect(call.output.contains(" is in \(prefix)\n"))
      let added = Set(try await files(below: prefix)).subtracting(before.map { $0.replacing(" usr/", with: " ") })
      #expect(added == Set(expected))
    }
    let version = try await Call.shell("\"$1/bin/atrest\" --version", [prefix])
    #expect(try await version.output == Call.atrest("--version").output)
    let page = try await Call.shell("cat \"$1/share/man/man1/atrest-verify.1\"", [prefix])
    #expect(try await page.output == Call.atrest("manual", "atrest-verify").output)
    #expect(try await install(["--prefix", prefix, "--uninstall"]).status == 0)
    #expect(try await files(below: scratch.path) == before)
    let directories = try await Call.shell("cd \"$1\" && find . -type d | LC_ALL=C sort", [prefix])
    #expect(directories.lines == [".", "./bin", "./share", "./share/man", "./share/man/man1"])
    let again = try await install(["--prefix", prefix, "--uninstall"])
    #expect(again.status == 1)
    #expect(again.errors.hasPrefix("install: nothing is installed below \(prefix)"))
  }

  @Test func `goes below DESTDIR, and there only`() async throws {
    let scratch = try Scratch()
    let prefix = "/opt/atrest-of-this-test"
    let call = try await install(["--prefix", prefix] + program, destination: "\(scratch.path)/stage")
    #expect(call.status == 0, "\(call.errors)")
    let files = try await files(below: scratch.path)
    #expect(files.contains("755 stage\(prefix)/bin/atrest"))
    #expect(!FileManager.default.fileExists(atPath: prefix))
    let list = try scratch.text("stage\(prefix)/share/atrest/installed")
    #expect(!list.contains(scratch.path))
  }

  @Test func `what an earlier version has installed beyond this one goes`() async throws {
    let scratch = try Scratch()
    #expect(try await install(["--prefix", scratch.path] + program).status == 0)
    try scratch.file("share/man/man1/atrest-old.1", Data())
    let list = try scratch.text("share/atrest/installed")
    try scratch.file("share/atrest/installed", Data((list + "file share/man/man1/atrest-old.1\n").utf8))
    #expect(try await install(["--prefix", scratch.path] + program).status == 0)
    #expect(try await !files(below: scratch.path).contains { $0.hasSuffix("atrest-old.1") })
    #expect(try scratch.text("share/atrest/installed") == list)
  }

  @Test(
    arguments: ["file ../precious", "directory ../precious", "file share//atrest"],
    [["--uninstall"], ["--program", Program.atrest.path(percentEncoded: false)]])
  func `a list that leads elsewhere removes nothing`(line: String, arguments: [String]) async throws {
    let scratch = try Scratch()
    try scratch.file("precious", Data())
    try scratch.file("usr/share/old", Data())
    try scratch.file("usr/share/atrest/installed", Data("file share/old\n\(line)\n".utf8))
    let before = try await files(below: scratch.path)
    let call = try await install(["--prefix", "\(scratch.path)/usr"] + arguments)
    #expect(call.status == 3)
    #expect(call.errors.contains("installed names a file that can't be of atrest"))
    #expect(try await files(below: scratch.path) == before)
  }

  @Test func `what is no atrest is neither installed nor replaced`() async throws {
    let scratch = try Scratch()
    let other = try await install(["--prefix", scratch.path, "--program", "/bin/true"])
    #expect(other.status == 1)
    #expect(other.errors == "install: /bin/true is not atrest, or can't be run\n")
    try scratch.file("usr/bin/atrest", Data("#!/bin/sh\necho other\n".utf8))
    let foreign = try await install(["--prefix", "\(scratch.path)/usr"] + program)
    #expect(foreign.status == 3)
    #expect(foreign.errors.contains("\(scratch.path)/usr/bin/atrest is there, and is not atrest"))
    #expect(try scratch.text("usr/bin/atrest") == "#!/bin/sh\necho other\n")
    try scratch.file("opt/bin/atrest/file", Data())
    let directory = try await install(["--prefix", "\(scratch.path)/opt"] + program)
    #expect(directory.status == 3)
    #expect(directory.errors.contains("\(scratch.path)/opt/bin/atrest is a directory"))
    #expect(try await files(below: scratch.path).count == 2)
  }

  @Test(arguments: [
    (["--frobnicate"], "unknown argument '--frobnicate'"), (["--prefix"], "--prefix needs a value"),
    (["--program", ""], "--program needs a value"),
  ])
  func `a wrong call ends in 2`(arguments: [String], sentence: String) async throws {
    let call = try await install(arguments)
    #expect(call.status == 2)
    #expect(call.errors.hasPrefix("install: \(sentence)"))
  }

  @Test func `a prefix that can't be written is told before anything is done`() async throws {
    let scratch = try Scratch()
    try scratch.file("file", Data())
    let call = try await install(["--prefix", "\(scratch.path)/file/usr"] + program)
    #expect(call.status == 3)
    #expect(call.errors.contains("\(scratch.path)/file/usr can't be written"))
    let other = try await install(["--prefix", scratch.path, "--program", "/bin/false"])
    #expect(other.status == 1)
    #expect(try await files(below: scratch.path).map { $0.split(separator: " ").last } == ["file"])
  }
}
