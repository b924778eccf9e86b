import Foundation
import TestSupport
import Testing

/// The chapters hang together, and the toolchain makes a website of them.
@Suite("The catalog of chapters")
struct CatalogTests {
  @Test func `README has at most 200 lines`() {
    #expect(Document("README.md").lines.count <= 200)
  }

  @Test(arguments: Document.all)
  func `links lead somewhere`(document: Document) {
    let chapters = Set(Document.chapters.map(\.name))
    #expect(document.chapterLinks.filter { !chapters.contains($0) } == [])
    let directory = Program.repository.appending(path: document.path).deletingLastPathComponent()
    for link in document.fileLinks {
      let file = directory.appending(path: link).path(percentEncoded: false)
      #expect(FileManager.default.fileExists(atPath: file), "\(link)")
    }
  }

  @Test func `every chapter can be reached from the first page`() throws {
    let chapters = Dictionary(uniqueKeysWithValues: Document.chapters.map { ($0.name, $0) })
    var reached: Set = ["atrest"]
    var open = ["atrest"]
    while let name = open.popLast() {
      let links = try #require(chapters[name], "no chapter \(name)").chapterLinks
      for link in links where reached.insert(link).inserted { open.append(link) }
    }
    #expect(reached == Set(chapters.keys))
  }

  @Test func `the first page has a path for each reader, and every chapter once`() throws {
    let page = try #require(Document.chapters.first { $0.name == "atrest" })
    let topics = try #require(page.lines.firstIndex(of: "## Topics"))
    let paths = page.lines[..<topics].filter { $0.hasPrefix("| ") && $0.contains("<doc:") }
    #expect(paths.count == 5)
    let groups = page.lines[topics...].filter { $0.hasPrefix("### For ") }
    #expect(groups.count == paths.count)
    let listed = page.lines[topics...].compactMap { $0.wholeMatch(of: /- <doc:(\w+)>/).map { String($0.output.1) } }
    #expect(listed.sorted() == Document.chapters.map(\.name).filter { $0 != "atrest" })
  }

  @Test(arguments: [
    "verify", "inspect", "lint", "explain", "diff", "policy check", "case init", "case add", "case exposures",
    "case timeline", "case list", "case show", "case diff", "case keys", "case verify", "case export", "case import",
    "case backup",
  ])
  func `every option is described in a chapter`(command: String) async throws {
    let help = try await Call.atrest(command.split(separator: " ").map(String.init) + ["--help"]).output
    let text = Document.chapters.map(\.text).joined()
    let options = Set(help.matches(of: /\n  (?:-[a-z], )?(--[a-z-]+)/).map { String($0.output.1) })
    #expect(options.count > 3)
    #expect(options.filter { !text.contains($0) } == [])
  }

  @Test(.enabled(if: CatalogTests.docc != nil, "docc is not installed"))
  func `docc converts it without a warning`() async throws {
    let output = try TemporaryDirectory()
    let run = try await ChildProcess(
      [
        try #require(Self.docc), "convert", Document.catalog, "--output-path", "\(output.path)/atrest",
        "--warnings-as-errors", "--fallback-display-name", "atrest", "--fallback-bundle-identifier", "atrest",
      ], in: Program.repository.path(percentEncoded: false))
    #expect(run.status == 0, "\(run.errors)\(String(decoding: run.output, as: UTF8.self))")
  }

  /// The toolchain's `docc`, as `PATH` leads to it.
  private static let docc: String? = {
    let directories = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return directories.map { "\($0)/docc" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }()
}
