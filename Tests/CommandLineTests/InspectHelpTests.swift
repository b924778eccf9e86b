import Testing

@Suite("Help of inspect")
struct InspectHelpTests {
  @Test(arguments: [["inspect", "--help"], ["inspect", "-h"], ["help", "inspect"]])
  func `that of inspect`(arguments: [String]) async throws {
    let call = try await Call.atrest(arguments)
    #expect(call.status == 0)
    #expect(call.errors == "")
    let passage = """
      EXAMPLES:
        atrest inspect backup.db
        atrest inspect --quiet /var/backups/etcd
        atrest inspect --format json backup.db | jq '.snapshots[].status'

      INPUTS:
      """
    let statuses = """
      EXIT STATUS:
        0  everything was read
        2  the call is wrong
        3  a file could not be read whole: unreadable, truncated, damaged, hash
           mismatch, not a snapshot; or the report could not be written

      """
    #expect(call.output.hasPrefix("USAGE: atrest inspect [<options>] <input> ...\n\nShows whether a file is"))
    #expect(call.output.contains(passage))
    #expect(call.output.hasSuffix(statuses))
    let options = [
      "--etcd-prefix", "--resource", "--format", "--no-hash", "--ignore-unrecognized", "--follow", "--unpacked-size",
      "--unpacked-ratio",
      "--jobs",
      "--color", "--progress", "--stats", "-q, --quiet",
    ]
    for option in options { #expect(call.lines.contains { "\($0) ".hasPrefix("  \(option) ") }, "\(option)") }
    #expect(call.lines.allSatisfy { $0.count <= 80 })
  }

  @Test func `the program's own names it`() async throws {
    #expect(try await Call.atrest("--help").sentences.contains("inspect Show what a file is and what is in it."))
  }

  @Test(arguments: [
    ([], "an input is missing: name a snapshot, a directory, or - for standard input"),
    ([""], "an input has no name: is a variable unset that should hold the path?"),
    (["--format", "yaml", "a.db"], "the value 'yaml' is invalid for '--format <format>'"),
    (["--fail-on", "high", "a.db"], "unknown option '--fail-on'"),
  ])
  func `calls that can't be understood end in 2`(arguments: [String], sentence: String) async throws {
    let call = try await Call.atrest(["inspect"] + arguments)
    #expect(call.status == 2)
    #expect(call.output == "")
    #expect(call.errors.hasPrefix("atrest: \(sentence)"))
    #expect(call.errors.hasSuffix("\nTry 'atrest inspect --help'.\n"))
  }
}
