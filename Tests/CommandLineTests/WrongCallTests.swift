import Testing

@Suite("Calls that can't be understood end in 2")
struct WrongCallTests {
  @Test(arguments: [
    ([], "a command is missing, such as 'verify'"),
    (["frobnicate"], "Unexpected argument 'frobnicate'"),
    (["--frobnicate"], "Unknown option '--frobnicate'"),
  ])
  func `no such command`(arguments: [String], sentence: String) async throws {
    let call = try await Call.atrest(arguments)
    #expect(call.status == 2)
    #expect(call.output == "")
    #expect(call.errors.hasPrefix("Error: \(sentence)\nUsage: atrest <subcommand>\n"))
  }

  @Test(arguments: [
    ([], "Missing expected argument '<input> ...'"),
    (["--"], "Missing expected argument '<input> ...'"),
    ([""], "An input has no name: is a variable unset that should hold the path?"),
    (["a.db", ""], "An input has no name: is a variable unset that should hold the path?"),
    (["--frobnicate", "a.db"], "Unknown option '--frobnicate'"),
    (["--format", "yaml", "a.db"], "The value 'yaml' is invalid for '--format <format>'."),
    (["--fail-on", "severe", "a.db"], "The value 'severe' is invalid for '--fail-on <severity>'."),
    (["--fail-on", "a.db"], "The value 'a.db' is invalid for '--fail-on <severity>'."),
    (["--fail-on"], "Missing value for '--fail-on <severity>'"),
    (["--color", "blue", "a.db"], "The value 'blue' is invalid for '--color <when>'."),
    (["--layers", "tail", "a.db"], "The value 'tail' is invalid for '--layers <layers>'"),
    (["--layers", "", "a.db"], "The value '' is invalid for '--layers <layers>'"),
    (["--layers", "live,", "a.db"], "The value 'live,' is invalid for '--layers <layers>'"),
    (["--max-findings", "many", "a.db"], "The value 'many' is invalid for '--max-findings <n>'"),
    (["--max-findings=-1", "a.db"], "--max-findings must not be negative."),
    (["--no-hash", "--require-hash", "a.db"], "--no-hash and --require-hash exclude each other."),
  ])
  func `of verify`(arguments: [String], sentence: String) async throws {
    let call = try await Call.atrest(["verify"] + arguments)
    #expect(call.status == 2)
    #expect(call.output == "")
    #expect(call.errors.hasPrefix("Error: \(sentence)"))
    #expect(call.errors.contains("\nUsage: atrest verify [<options>] <input> ...\n"))
  }

  @Test func `before any input is read`() async throws {
    let call = try await Call.atrest("verify", "--format", "ndjson", "--max-findings=-1", Sample.clean.path)
    #expect(call.status == 2)
    #expect(call.output == "")
  }
}
