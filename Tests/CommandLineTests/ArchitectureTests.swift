import Foundation
import Testing

/// What the chapters on the architecture and on terms say is so in the sources.
@Suite("The architecture")
struct ArchitectureTests {
  static let targets = PackageManifest().targets
  /// The targets that have code of their own: the others are maps of C modules.
  static let swiftTargets = targets.filter { !SourceFile.all(of: $0.name).isEmpty }

  @Test func `every target is told of, in the order in which they depend on each other`() throws {
    let told = try Self.rows(below: "## Targets").compactMap(\.first)
    #expect(told == Self.swiftTargets.map { "`\($0.name)`" })
    #expect(told.count > 10)
  }

  @Test func `no target depends on one that comes after it`() {
    let names = Self.targets.map { Substring($0.name) }
    for (number, target) in Self.targets.enumerated() {
      #expect(Set(names[number...]).isDisjoint(with: target.dependencies), "\(target)")
    }
  }

  /// The build lets a target import whatever happens to be built before it; the manifest is what counts.
  @Test(arguments: swiftTargets)
  func `a target imports what it depends on, and nothing else`(target: PackageManifest.Target) {
    let system: Set<Substring> = [
      "Darwin", "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Musl", "Synchronization",
    ]
    let allowed = Set(target.dependencies)
    let files = SourceFile.all(of: target.name)
    for file in files { #expect(file.imports.subtracting(system).subtracting(allowed) == [], "\(file.path)") }
    let imported = files.reduce(into: Set<Substring>()) { $0.formUnion($1.imports) }
    #expect(allowed.subtracting(imported) == [])
  }

  @Test func `what prints reports knows no reader`() throws {
    let reporting = try #require(Self.targets.first { $0.name == "Reporting" })
    let readers: Set<Substring> = [
      "SnapshotReading", "ValueAuthentication", "SnapshotVerification", "SnapshotInspection", "ConfigurationAudit",
    ]
    #expect(readers.isDisjoint(with: reporting.dependencies))
    #expect(readers.isSubset(of: Self.targets.map { Substring($0.name) }))
  }

  /// Judged by the names of types: a folder needs another one where it has the name of a type that is declared there.
  @Test(arguments: swiftTargets)
  func `no two folders of a target need each other`(target: PackageManifest.Target) {
    let files = SourceFile.all(of: target.name)
    var folders: [Substring: String] = [:]
    for file in files { for type in file.types { folders[type] = file.folder } }
    var needs: [String: Set<String>] = [:]
    for file in files {
      for word in file.lines.joined() {
        if let folder = folders[word], folder != file.folder { needs[file.folder, default: []].insert(folder) }
      }
    }
    // Folders that need none that is left are taken away until nothing changes; a cycle stays.
    var left = Set(files.map(\.folder))
    while let free = left.first(where: { needs[$0, default: []].isDisjoint(with: left) }) { left.remove(free) }
    #expect(left == [], "\(needs.filter { left.contains($0.key) }.mapValues { $0.intersection(left) })")
  }

  @Test func `no two types share a name`() {
    var files: [Substring: [String]] = [:]
    for file in SourceFile.all { for type in file.types { files[type, default: []].append(file.path) } }
    #expect(files.count > 300)
    #expect(files.filter { $0.value.count > 1 } == [:])
    // A type that is named like a module hides all else that is in it from whoever spells the module's name out.
    #expect(Set(Self.targets.map { Substring($0.name) }).isDisjoint(with: files.keys))
  }

  @Test func `every fact is where the table says`() throws {
    let rows = try Self.rows(below: "## Where is …")
    #expect(rows.count > 40)
    #expect(Set(rows.map { $0[0] }).count == rows.count)
    for row in rows {
      let path = row[1].trimmingCharacters(in: ["`"])
      let file = SourceFile.all.first { $0.path == path }
      #expect(file != nil, "\(path)")
      let symbols = Set(row[2].trimmingCharacters(in: ["`"]).split(separator: "."))
      #expect(symbols.subtracting(file?.declarations ?? []) == [], "\(path)")
    }
  }

  @Test func `the chapter on terms has each word once, and names types that are there`() throws {
    let rows = try Self.chapter("Terms").lines.filter { $0.hasPrefix("| **") }
    #expect(rows.count > 30)
    let words = rows.compactMap { $0.firstMatch(of: /^\| \*\*([^*]+)\*\*/)?.1 }
    #expect(Set(words).count == rows.count)
    let declared = SourceFile.all.reduce(into: Set<Substring>()) { $0.formUnion($1.declarations) }
    for row in rows {
      let types = row.split(separator: "|").last { $0.contains("`") }?.split { !$0.isLetter && !$0.isNumber } ?? []
      #expect(!types.isEmpty && Set(types).subtracting(declared) == [], "\(row)")
    }
  }

  private static func chapter(_ name: String) throws -> Document {
    try #require(Document.chapters.first { $0.name == name })
  }

  /// The cells of the table below a heading of the chapter on the architecture, without its head.
  private static func rows(below heading: String) throws -> [[String]] {
    let chapter = try chapter("Architecture")
    let start = try #require(chapter.lines.firstIndex(of: heading))
    let rows = chapter.lines[(start + 1)...].prefix { !$0.hasPrefix("## ") }.filter { $0.hasPrefix("| ") }
    return rows.dropFirst().map { row in row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
  }
}
