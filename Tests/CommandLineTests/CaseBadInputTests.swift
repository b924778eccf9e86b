import Foundation
import TestSupport
import Testing

@Suite("Wrong calls of commands on cases")
struct CaseBadInputTests {
  @Test(arguments: [
    (["case"], "a command is missing after 'case': the commands are init, add, exposures"),
    (["case", "exposure"], "no such command 'case exposure'; did you mean 'case exposures'?"),
    (["case", "list"], "the directory of the case is missing"),
    (["case", "list", ""], "the directory of the case has no name: is a variable unset"),
    (["case", "add", "x"], "an input is missing"),
    (["case", "add", "x", "a.db", "--taken-at", "yesterday"], "'yesterday' is no time that can be read"),
    (["case", "add", "x", "a.db", "b.db", "--taken-at", "2026-11-30"], "--taken-at tells of one snapshot"),
    (["case", "add", "x", "a.db", "--authenticate"], "--authenticate needs keys"),
    (["case", "show", "x"], "a snapshot is missing: 'atrest case list' has their numbers"),
    (["case", "timeline", "x"], "an object is missing"),
    (["case", "timeline", "x", "a/b", "--key", "/a"], "an object and --key exclude each other"),
    (["case", "diff", "x", "1"], "two snapshots are needed"),
    (["case", "backup", "x"], "the directory of the copy is missing"),
    (["case", "export", "x", "--format", "text"], "the value 'text' is invalid for '--format <format>'"),
    (["diff", "a.db"], "two snapshots are needed, the older one first"),
  ])
  func `say what is wrong, and end in 2`(arguments: [String], sentence: String) async throws {
    let call = try await Call.atrest(arguments)
    #expect(call.status == 2)
    #expect(call.output == "")
    #expect(call.errors.contains(sentence), "\(call.errors)")
    #expect(call.errors.contains("\nTry 'atrest "))
  }

  @Test(arguments: ["list", "exposures", "keys", "export", "verify"])
  func `a directory that is no case, and a missing one`(command: String) async throws {
    let scratch = try Scratch()
    for path in [scratch.path, scratch.path + "/none", try scratch.path("file", Data("text".utf8))] {
      let call = try await Call.atrest("case", command, path)
      #expect(call.status == 2, "\(call.errors)")
      #expect(call.output == "" && call.errors.hasPrefix("atrest: \(path): "), "\(call.errors)")
      #expect(call.errors.contains("atrest case init"), "\(call.errors)")
    }
  }

  @Test func `unknown objects and snapshots, with what may be meant`() async throws {
    let desk = try await CaseDesk.desk(with: [CaseDesk.series[0]])
    let exposed = try await desk.call("exposures", ["--format", "json"]).json()["exposures"]?[0]?["object"]
    let namespace = try #require(exposed?["namespace"]?.string)
    let name = try #require(exposed?["name"]?.string)
    #expect(try await desk.call("timeline", ["\(namespace)/\(name)"]).status == 0)
    let call = try await desk.call("timeline", ["\(namespace)/\(name)x"])
    #expect(call.status == 2 && call.errors.contains("did you mean") && call.errors.contains(name), "\(call.errors)")
    let snapshot = try await desk.call("show", ["7"])
    #expect(snapshot.status == 2 && snapshot.errors.contains("it has no snapshot '7'"), "\(snapshot.errors)")
  }

  @Test func `a snapshot of another cluster needs a name`() async throws {
    let desk = try await CaseDesk.desk(with: [CaseDesk.series[0]])
    let writer = EtcdWriter(.v35, [.put("/registry/secrets/default/a", "k8s\u{0}")])
    let other = try desk.scratch.path("other.db", Data(BoltWriter().image(writer.root).snapshot()))
    let call = try await desk.call("add", [other])
    #expect(call.status == 2 || call.status == 3, "\(call.output)")
    #expect(call.sentences.contains("--cluster"), "\(call.output)")
    #expect(try await desk.call("add", [other, "--cluster", "second"]).sentences.contains("second/1"))
  }

  @Test func `help of each command`() async throws {
    let names = [
      "init", "add", "exposures", "timeline", "list", "show", "diff", "keys", "verify", "export", "import",
      "backup",
    ]
    let group = try await Call.atrest("case", "--help")
    #expect(group.status == 0)
    #expect(try await Call.atrest("help", "case").output == group.output)
    for name in names {
      #expect(group.lines.contains { $0.hasPrefix("  \(name) ") }, "\(name)")
      let help = try await Call.atrest("case", name, "--help")
      #expect(help.status == 0 && help.output.hasPrefix("USAGE: atrest case \(name) "))
      #expect(try await Call.atrest("help", "case", name).output == help.output)
      #expect(help.output.contains("\nEXIT STATUS:\n") && help.output.contains("\nEXAMPLES:\n"))
      #expect(help.lines.allSatisfy { $0.count <= 80 }, "\(name)")
    }
  }
}
