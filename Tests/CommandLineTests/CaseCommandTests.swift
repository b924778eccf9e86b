import Foundation
import TestSupport
import Testing

@Suite("Cases")
struct CaseCommandTests {
  @Test func `every answer is as the schema says, and in every format`() async throws {
    let desk = try await CaseDesk.series()
    let schema = try JSONSchema.ofCases()
    let list = try await desk.call("list", ["--format", "json"]).json()
    let object = try #require(
      try await desk.call("exposures", ["--format", "json"]).json()["exposures"]?[0]?["object"]?["key"]?.string)
    let queries: [(command: String, arguments: [String], definition: String)] = [
      ("list", [], "list"), ("show", ["3"], "show"), ("exposures", [], "exposures"),
      ("timeline", ["--key", object], "timeline"), ("keys", [], "keys"), ("diff", ["1", "4"], "diff"),
      ("verify", [], "verify"), ("add", CaseDesk.keys + CaseDesk.series, "add"),
    ]
    for (command, arguments, definition) in queries {
      let document = try await desk.call(command, arguments + ["--format", "json"])
      #expect(schema.violations(in: try document.json(), definition: definition) == [], "\(command)")
      let lines = try await desk.call(command, arguments + ["--format", "ndjson"])
      #expect(lines.status == document.status)
      let types = try lines.jsonLines().compactMap { $0["type"]?.string }
      #expect(types.first == "start" && types.last == "end")
      let text = try await desk.call(command, arguments)
      #expect(text.status == document.status && text.errors == "" && !text.output.contains("\u{1B}"))
      #expect(try await desk.call(command, arguments + ["--quiet"]).lines.count == 1, "\(command)")
    }
    #expect(list["snapshots"]?.elements?.count == 8)
  }

  @Test func `what is to be rotated and destroyed`() async throws {
    let call = try await CaseDesk.series().call("exposures", ["--format", "json"])
    #expect(call.status == 1)
    let document = try call.json()
    // The last two backups, and the one after defragmentation, hold no plaintext.
    let leaks = document["leaks"]?.elements?.compactMap { $0["snapshot"]?["number"]?.number }
    #expect(leaks == [1, 2, 3, 4, 5])
    #expect(document["destroy"] == .number(5))
    let hidden = document["exposures"]?.elements?.filter { $0["standing"] == .string("re-encrypted") } ?? []
    #expect(!hidden.isEmpty)
    #expect(document["reencryptedNeverRotated"] == .number(Double(hidden.count)))
    #expect(hidden.allSatisfy { $0["rotate"] == .bool(true) })
  }

  @Test func `without keys nobody can say that a value is the same`() async throws {
    let document = try await CaseDesk.desk(with: CaseDesk.series).call("exposures", ["--format", "json"]).json()
    #expect(document["reencryptedNeverRotated"] == .number(0))
    #expect(document["exposures"]?.elements?.contains { $0["standing"] == .string("unknown") } == true)
  }

  @Test func `nothing to be done`() async throws {
    let desk = try await CaseDesk.desk(with: [CaseDesk.series[7]])
    let call = try await desk.call("exposures")
    #expect(call.status == 0)
    #expect(call.output.hasPrefix("CLEAR  "))
  }

  @Test func `an empty case, which nobody takes for a clear one`() async throws {
    let desk = try CaseDesk()
    let made = try await desk.call("init")
    #expect(made.status == 0 && made.output.hasPrefix("CREATED  "))
    #expect(try await desk.call("list").status == 0)
    let call = try await desk.call("exposures")
    #expect(call.status == 1 && call.output.hasPrefix("EMPTY  "))
    let again = try await desk.call("init")
    #expect(again.status == 2 && again.errors.contains("there is a case here already"))
  }

  @Test func `the order of adding, and adding twice, tell nothing`() async throws {
    let whole = try await CaseDesk.series()
    let parts = try CaseDesk()
    #expect(try await parts.call("init").status == 0)
    for path in CaseDesk.series.reversed() {
      #expect(try await parts.call("add", CaseDesk.keys + [path]).status == 0)
    }
    let again = try await parts.call("add", CaseDesk.keys + ["--jobs", "1"] + CaseDesk.series)
    #expect(again.status == 0 && again.output.hasPrefix("KNOWN  "))
    for format in ["ndjson", "csv"] {
      let exports = [
        try await whole.call("export", ["--format", format]), try await parts.call("export", ["--format", format]),
      ]
      #expect(exports[0].status == 0 && !exports[0].output.isEmpty)
      #expect(exports[0].output == exports[1].output, "\(format)")
    }
    #expect(try await whole.call("verify").status == 0)
    #expect(try await parts.call("verify").status == 0)
  }

  @Test func `exports are as the schema says`() async throws {
    let desk = try await CaseDesk.series()
    let schema = try JSONSchema.ofCases()
    let lines = try await desk.call("export").jsonLines()
    #expect(lines.count > 100)
    for line in lines {
      let type = line["type"]?.string ?? ""
      #expect(
        schema.violations(in: line, definition: "exported\(type.prefix(1).uppercased())\(type.dropFirst())") == [])
    }
    let log = try await desk.call("export", ["--log"]).jsonLines()
    #expect(log.count == 9)
    for line in log { #expect(schema.violations(in: line, definition: "act") == []) }
    let digest = try sha256sum([UInt8](Data(contentsOf: URL(filePath: CaseDesk.series[0]))))
    #expect(log[1]["sha256"]?.string == digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
  }

  @Test func `the head of the log is printed by whatever changes it`() async throws {
    let desk = try CaseDesk()
    #expect(try await desk.call("init").status == 0)
    let added = try await desk.call("add", ["--format", "json", CaseDesk.series[0]]).json()
    let listed = try await desk.call("list", ["--format", "json"]).json()
    #expect(added["head"] == listed["head"])
    #expect(try await desk.call("list").output.contains(listed["head"]?.string ?? "no head"))
    #expect(added["acts"] == .number(2))
  }

  @Test func `a copy is a case`() async throws {
    let desk = try await CaseDesk.desk(with: Array(CaseDesk.series.prefix(2)))
    let copy = desk.scratch.path + "/copy"
    #expect(try await desk.call("backup", [copy]).status == 0)
    let exports = [try await desk.call("export"), try await Call.atrest("case", "export", copy)]
    #expect(exports[0].output == exports[1].output)
    #expect(try await desk.call("backup", [copy]).status == 2)
  }

  @Test func `an import of the records is the same case`() async throws {
    let desk = try await CaseDesk.series()
    let records = try desk.scratch.file(
      "records", Data(try await desk.call("export", ["--format", "records"]).output.utf8))
    let copy = desk.scratch.path + "/copy"
    let arguments = ["--digest-key", desk.path + "/digest.key", copy, records.path(percentEncoded: false)]
    let made = try await Call.atrest(["case", "import"] + arguments)
    #expect(made.status == 0 && made.output.hasPrefix("IMPORTED  ") && made.errors == "", "\(made)")
    for format in ["ndjson", "csv"] {
      let one = try await desk.call("export", ["--format", format])
      #expect(try await Call.atrest("case", "export", "--format", format, copy).output == one.output)
    }
    let log = try await desk.call("export", ["--log"])
    #expect(try await Call.atrest("case", "export", "--log", copy).output.hasPrefix(log.output))
    #expect(try await Call.atrest("case", "verify", copy).status == 0)
    let again = try await Call.atrest(["case", "add", copy] + CaseDesk.keys + CaseDesk.series)
    #expect(again.status == 0 && again.output.hasPrefix("KNOWN  "))
    let twice = try await Call.atrest(["case", "import"] + arguments)
    #expect(twice.status == 2)
  }

  @Test func `what is no export is not imported`() async throws {
    let desk = try await CaseDesk.desk(with: [CaseDesk.series[0]])
    let export = try await desk.call("export").output
    let records = try await desk.call("export", ["--format", "records"]).output
    for (number, text) in [export, "", String(records.dropLast(40)), records + "\n"].enumerated() {
      let file = try desk.scratch.file("file\(number)", Data(text.utf8)).path(percentEncoded: false)
      let call = try await Call.atrest("case", "import", desk.scratch.path + "/copy\(number)", file)
      #expect(call.status == 3 && call.output == "" && call.errors.contains("can't be imported"), "\(call)")
      #expect(try await Call.atrest("case", "list", desk.scratch.path + "/copy\(number)").status == 2)
    }
    let call = try await Call.atrest("case", "import", desk.scratch.path + "/copy", desk.scratch.path + "/none")
    #expect(call.status == 2 && call.errors.contains("no such file"))
  }

  /// Whoever holds the writer's lock writes.
  @Test func `a second writer waits, and says so`() async throws {
    let desk = try await CaseDesk.desk(with: [CaseDesk.series[0]])
    let script = """
      cd "$1" && exec 9<incident/writer.lock && flock 9 || exit
      "$0" case add incident "$2" 9<&- >one 2>one.errors &
      "$0" case add incident "$3" 9<&- >two 2>two.errors &
      tries=0
      until [ -s one.errors ] && [ -s two.errors ] || [ $tries = 1200 ]; do sleep 0.05; tries=$((tries + 1)); done
      flock -u 9
      wait
      cat one.errors two.errors >&2
      """
    let call = try await Call.shell(script, [desk.scratch.path, CaseDesk.series[1], CaseDesk.series[2]])
    let sentence = "another program writes to the case: waiting until it is done"
    #expect(call.errors.components(separatedBy: sentence).count == 3, "\(call)")
    let list = try await desk.call("list", ["--format", "json"]).json()
    #expect(list["snapshots"]?.elements?.count == 3)
    #expect(try await desk.call("verify").status == 0)
  }

  @Test func `files at hand`() async throws {
    let desk = try await CaseDesk.desk(with: Array(CaseDesk.series.prefix(2)))
    #expect(try await desk.call("verify", ["--evidence", CaseDesk.series[0]]).status == 0)
    let other = try await desk.call("verify", ["--evidence", CaseDesk.series[3]])
    #expect(other.status == 1 && other.output.hasPrefix("DIFFERENT  "))
    #expect(try await desk.call("verify", ["--evidence", desk.scratch.path + "/none.db"]).status == 3)
  }

  @Test func `what can't be verified is noted, and ends in 3`() async throws {
    let desk = try CaseDesk()
    #expect(try await desk.call("init").status == 0)
    let bytes = try Data(contentsOf: URL(filePath: CaseDesk.series[0]))
    var altered = bytes
    altered[bytes.count - 1] ^= 1
    let files = [
      try desk.scratch.path("altered.db", altered), try desk.scratch.path("text.db", Data("no snapshot".utf8)),
    ]
    let call = try await desk.call("add", files)
    #expect(call.status == 3, "\(call.output)")
    #expect(try await desk.call("list", ["--format", "json"]).json()["snapshots"]?.elements?.count == 1)
    #expect(try await desk.call("exposures").status == 3)
    let log = try await desk.call("export", ["--log"]).jsonLines()
    #expect(log.compactMap { $0["outcome"]?.string } == ["added", "failed"])
  }

  @Test func `where evidence failed, nobody is told that nothing was exposed`() async throws {
    let desk = try await CaseDesk.desk(with: [CaseDesk.series[7]])
    #expect(try await desk.call("exposures").output.hasPrefix("CLEAR  "))
    let bytes = try Data(contentsOf: URL(filePath: CaseDesk.series[0]))
    let path = try desk.scratch.file("cut.db", bytes.prefix(100_000)).path(percentEncoded: false)
    #expect(try await desk.call("add", [path]).status != 0)
    let call = try await desk.call("exposures")
    #expect(call.status == 3 && call.output.hasPrefix("INCOMPLETE  "), "\(call)")
    let list = try await desk.call("list")
    #expect(list.sentences.contains("1 file could not be taken in") && list.output.contains("cut.db: "), "\(list)")
    try bytes.write(to: URL(filePath: path))
    #expect(try await desk.call("add", [path]).status == 0)
    #expect(try await desk.call("list").sentences.contains("could not be taken in") == false)
  }

  /// What comes through a pipe has no name by which it could be tried again.
  @Test func `a good pipe does not stand for a damaged one`() async throws {
    let desk = try await CaseDesk.desk(with: [CaseDesk.series[7]])
    let script = """
      head -c 100000 "$2" | "$0" case add "$1" -
      "$0" case add "$1" - < "$3"
      "$0" case exposures "$1"
      """
    let call = try await Call.shell(script, [desk.path, CaseDesk.series[0], CaseDesk.series[6]])
    #expect(call.status == 3 && call.output.contains("INCOMPLETE  "), "\(call)")
  }

  /// The image is known, and the file is not what was taken in.
  @Test func `a file with more behind a known image is not taken for the known one`() async throws {
    let desk = try await CaseDesk.desk(with: [CaseDesk.series[7]])
    let bytes = try Data(contentsOf: URL(filePath: CaseDesk.series[7]))
    let other = try Data(contentsOf: URL(filePath: CaseDesk.series[0]))
    for (number, file) in [bytes + other, bytes.dropLast(32) + Data(repeating: 7, count: 32)].enumerated() {
      let path = try desk.scratch.file("altered\(number).db", file).path(percentEncoded: false)
      #expect(try await desk.call("verify", ["--evidence", path]).status == 3)
      #expect(try await desk.call("add", [path]).status == 3)
      #expect(try await desk.call("exposures").status == 3)
    }
  }

  @Test func `a snapshot in which nothing was in scope clears nothing`() async throws {
    let desk = try CaseDesk()
    #expect(try await desk.call("init").status == 0)
    let options = ["--resource", "nosuch", "--allow-unknown-resource"]
    _ = try await desk.call("add", options + [CaseDesk.series[0]])
    let call = try await desk.call("exposures")
    #expect(call.status == 1 && call.output.hasPrefix("EMPTY  "), "\(call)")
  }

  /// Whatever byte of the store is overwritten: a sentence, and no death by a signal.
  @Test func `a damaged store kills no query`() async throws {
    let desk = try await CaseDesk.desk(with: Array(CaseDesk.series.prefix(3)))
    let file = URL(filePath: desk.path + "/data.mdb")
    let whole = try Data(contentsOf: file)
    for page in stride(from: 2, to: whole.count / 4096, by: 5) {
      var bytes = whole
      bytes.replaceSubrange(page * 4096..<(page + 1) * 4096, with: Data(repeating: 0, count: 4096))
      try bytes.write(to: file)
      for command in ["list", "exposures", "keys", "export"] {
        let call = try await desk.call(command)
        #expect(call.status <= 3, "page \(page), \(command): \(call.status)")
        if call.status == 3 { #expect(!call.errors.isEmpty || command == "exposures", "page \(page), \(command)") }
      }
    }
  }

  @Test func `a time that is told is kept with what told it`() async throws {
    let desk = try CaseDesk()
    #expect(try await desk.call("init").status == 0)
    #expect(try await desk.call("add", ["--taken-at", "2026-11-01T00:00:00Z", CaseDesk.series[7]]).status == 0)
    #expect(try await desk.call("add", [CaseDesk.series[0]]).status == 0)
    let snapshots = try await desk.call("list", ["--format", "json"]).json()["snapshots"]
    #expect(snapshots?[0]?["takenAt"]?["source"] == .string("option"))
    #expect(snapshots?[1]?["takenAt"]?["source"] == .string("name"))
    #expect(snapshots?[1]?["takenAt"]?["time"] == .string("2026-11-23T02:00:00Z"))
  }

  @Test func `no value is in any answer, nor in the files of the case`() async throws {
    let desk = try await CaseDesk.series()
    for command in ["list", "exposures", "keys", "export"] {
      #expect(!(try await desk.call(command).output.contains("CANARY")))
    }
    for name in try FileManager.default.contentsOfDirectory(atPath: desk.path) {
      let data = try Data(contentsOf: URL(filePath: "\(desk.path)/\(name)"))
      #expect(data.firstRange(of: Data("CANARY".utf8)) == nil, "\(name)")
    }
  }

  @Test func `two snapshots without a case`() async throws {
    let call = try await Call.atrest(
      ["diff", "--format", "json", CaseDesk.series[0], CaseDesk.series[3]] + CaseDesk.keys)
    #expect(call.status == 1)
    let document = try call.json()
    #expect(try JSONSchema.ofCases().violations(in: document, definition: "diff") == [])
    #expect(document["counts"]?["changed-class"]?.number ?? 0 > 0)
    #expect(document["mayBeOneCluster"] == .bool(true))
    #expect(document["changes"]?.elements?.contains { $0["sameContents"] == .bool(true) } == true)
    let same = try await Call.atrest("diff", CaseDesk.series[0], CaseDesk.series[0])
    #expect(same.status == 0 && same.output.hasPrefix("SAME  "))
    let desk = try await CaseDesk.desk(with: [CaseDesk.series[0], CaseDesk.series[3]], CaseDesk.keys)
    let kept = try await desk.call("diff", ["1", "2", "--format", "json"]).json()
    #expect(kept["counts"] == document["counts"])
  }
}
