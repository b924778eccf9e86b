import Testing

@Suite("Help of lint")
struct LintHelpTests {
  @Test(arguments: [["lint", "--help"], ["help", "lint"]])
  func `that of lint`(arguments: [String]) async throws {
    let call = try await Call.atrest(arguments)
    #expect(call.status == 0)
    #expect(call.errors == "")
    let passage = """
      EXIT STATUS:
        0  the file is sound: nothing at or above --fail-on was found
        1  something was found
        2  the file can't be understood, so that no API server starts with it; or the
           call is wrong
        3  the snapshot could not be read whole, or the report could not be written

      'atrest explain' lists the rules.

      """
    #expect(call.output.hasPrefix("USAGE: atrest lint [<options>] <config>\n"))
    #expect(call.output.hasSuffix(passage))
    let options = [
      "--snapshot", "--resource", "--allow-unknown-resource", "--fail-on", "--kubernetes-version", "--automatic-reload",
      "--allow-kms-v1", "--fips",
      "--ignore-file-mode", "--etcd-prefix", "--format", "--color", "-q, --quiet",
    ]
    for option in options { #expect(call.lines.contains { "\($0) ".hasPrefix("  \(option) ") }, "\(option)") }
    #expect(call.lines.allSatisfy { $0.count <= 80 })
  }

  @Test func `the program's own names it`() async throws {
    #expect(try await Call.atrest("--help").sentences.contains("lint Check an EncryptionConfiguration."))
  }

  @Test(arguments: [
    ([], "an EncryptionConfiguration is missing: name its file, or - for standard input"),
    ([""], "an input has no name: is a variable unset that should hold the path?"),
    (["--snapshot", "", "a.yaml"], "an input has no name: is a variable unset that should hold the path?"),
    (["--snapshot", "-", "-"], "standard input is named twice, and can be read only once"),
    (
      ["--format", "ndjson", "a.yaml"],
      "the value 'ndjson' is invalid for '--format <format>'; write one of 'text' and 'json'"
    ),
    (["--kubernetes-version", "new", "a.yaml"], "the value 'new' is invalid for '--kubernetes-version <version>'"),
    (["--resource", "Secrets", "a.yaml"], "the value 'Secrets' is invalid for '--resource <resource>'"),
    (
      ["--resource", "secret", "a.yaml"],
      "unknown resource 'secret': it is not built into Kubernetes; did you mean 'secrets'?"
    ),
    (["a.yaml", "b.yaml"], "unexpected argument 'b.yaml'"),
  ])
  func `calls that can't be understood end in 2`(arguments: [String], sentence: String) async throws {
    let call = try await Call.atrest(["lint"] + arguments)
    #expect(call.status == 2)
    #expect(call.output == "")
    #expect(call.errors.hasPrefix("atrest: \(sentence)"))
    #expect(call.errors.hasSuffix("\nTry 'atrest lint --help'.\n"))
  }
}
