import Testing

@Suite("Help of lint")
struct LintHelpTests {
  @Test(arguments: [["lint", "--help"], ["help", "lint"]])
  func `that of lint`(arguments: [String]) async throws {
    let call = try await Call.atrest(arguments)
    #expect(call.status == 0)
    #expect(call.errors == "")
    let passage = """
      EXIT STATUS
        0  the file is sound: nothing at or above --fail-on was found
        1  something was found
        2  the file can't be understood, so that no API server starts with it; or the
           call is wrong
        3  the snapshot could not be read whole, or the report not be written

      USAGE: atrest lint [<options>] <config>

      """
    #expect(call.output.contains(passage))
    let options = [
      "--snapshot", "--resource", "--fail-on", "--kubernetes-version", "--automatic-reload", "--allow-kms-v1", "--fips",
      "--ignore-file-mode", "--etcd-prefix", "--format", "--color", "-q, --quiet",
    ]
    for option in options { #expect(call.lines.contains { "\($0) ".hasPrefix("  \(option) ") }, "\(option)") }
    #expect(call.lines.allSatisfy { $0.count <= 80 })
  }

  @Test func `the program's own names it`() async throws {
    #expect(try await Call.atrest("--help").sentences.contains("lint Is this EncryptionConfiguration sound?"))
  }

  @Test(arguments: [
    ([], "Missing expected argument '<config>'"),
    ([""], "An input has no name: is a variable unset that should hold the path?"),
    (["--snapshot", "", "a.yaml"], "An input has no name: is a variable unset that should hold the path?"),
    (["--snapshot", "-", "-"], "Standard input is named twice, and can be read only once."),
    (["--format", "ndjson", "a.yaml"], "The value 'ndjson' is invalid for '--format <format>'."),
    (["--kubernetes-version", "new", "a.yaml"], "The value 'new' is invalid for '--kubernetes-version <version>'"),
    (["--resource", "Secrets", "a.yaml"], "The value 'Secrets' is invalid for '--resource <resource>'"),
    (["--resource", "secret", "a.yaml"], "Unknown resource 'secret': it is not built into Kubernetes."),
    (["a.yaml", "b.yaml"], "Unexpected argument 'b.yaml'"),
  ])
  func `calls that can't be understood end in 2`(arguments: [String], sentence: String) async throws {
    let call = try await Call.atrest(["lint"] + arguments)
    #expect(call.status == 2)
    #expect(call.output == "")
    #expect(call.errors.hasPrefix("Error: \(sentence)"))
    #expect(call.errors.contains("\nUsage: atrest lint [<options>] <config>\n"))
  }
}
