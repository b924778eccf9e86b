import Testing

@Suite("Help of inspect")
struct InspectHelpTests {
  @Test(arguments: [["inspect", "--help"], ["inspect", "-h"], ["help", "inspect"]])
  func `that of inspect`(arguments: [String]) async throws {
    let call = try await Call.atrest(arguments)
    #expect(call.status == 0)
    #expect(call.errors == "")
    let passage = """
      EXAMPLES
        atrest inspect backup.db
        atrest inspect --quiet /var/backups/etcd
        atrest inspect --format json backup.db | jq '.snapshots[].status'

      EXIT STATUS
        0  everything was read
        2  the call is wrong
        3  a file could not be read, or not whole: truncated, damaged, hash mismatch,
           not a snapshot; or the report could not be written

      USAGE: atrest inspect [<options>] <input> ...

      """
    #expect(call.output.contains(passage))
    let options = ["--etcd-prefix", "--format", "--no-hash", "--ignore-unrecognized", "--color", "-q, --quiet"]
    for option in options { #expect(call.lines.contains { $0.hasPrefix("  \(option) ") }, "\(option)") }
    #expect(call.lines.allSatisfy { $0.count <= 80 })
  }

  @Test func `the program's own names it`() async throws {
    #expect(try await Call.atrest("--help").sentences.contains("inspect What is this file, and what is in it?"))
  }

  @Test(arguments: [
    ([], "Missing expected argument '<input> ...'"),
    (["-"], "Standard input can't be inspected: save the snapshot to a file and name it."),
    ([""], "An input has no name: is a variable unset that should hold the path?"),
    (["--format", "ndjson", "a.db"], "The value 'ndjson' is invalid for '--format <format>'."),
    (["--fail-on", "high", "a.db"], "Unknown option '--fail-on'"),
  ])
  func `calls that can't be understood end in 2`(arguments: [String], sentence: String) async throws {
    let call = try await Call.atrest(["inspect"] + arguments)
    #expect(call.status == 2)
    #expect(call.output == "")
    #expect(call.errors.hasPrefix("Error: \(sentence)"))
    #expect(call.errors.contains("\nUsage: atrest inspect [<options>] <input> ...\n"))
  }
}
