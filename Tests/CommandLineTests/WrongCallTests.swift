import Testing

/// Each says what is wrong and what to do, on standard error, in the program's one form.
@Suite("Calls that can't be understood end in 2")
struct WrongCallTests {
  /// The commands, as a message lists them.
  private static let list = "the commands are verify, inspect, lint, case, diff, policy, explain, completion, manual"

  @Test(arguments: [
    ([], "a command is missing: \(list)"),
    ([""], "a command is missing: is a variable unset that should hold it?"),
    (["frobnicate"], "no such command 'frobnicate'; \(list)"),
    (["backup", "--help"], "no such command 'backup'; \(list)"),
    (["backup", "-h", "verify"], "no such command 'backup'; \(list)"),
    (["help", "backup"], "no such command 'backup'; \(list)"),
    (["verfy"], "no such command 'verfy'; did you mean 'verify'?"),
    (["Verify", "a.db"], "no such command 'Verify'; did you mean 'verify'?"),
    (["help", "inpsect"], "no such command 'inpsect'; did you mean 'inspect'?"),
    (["lnt", "--help"], "no such command 'lnt'; did you mean 'lint'?"),
    (
      ["/dev/null"],
      "no such command '/dev/null', but there is a file of that name: did you mean 'atrest verify /dev/null'?"
    ),
    (["\u{1B}[31m"], "no such command '%1B[31m'; \(list)"),
    (["--frobnicate"], "unknown option '--frobnicate'; \(list)"),
    (["-x"], "unknown option '-x'; \(list)"),
    (["--verify", "a.db"], "unknown option '--verify'; did you mean 'verify'?"),
    (["--verison"], "unknown option '--verison'; did you mean '--version'?"),
    (["--hlep"], "unknown option '--hlep'; did you mean '--help'?"),
    (["version"], "no such command 'version'; did you mean '--version'?"),
    (["--help", "verfy"], "no such command 'verfy'; did you mean 'verify'?"),
    (["-h", "backup"], "no such command 'backup'; \(list)"),
    (["-"], "a command is missing before '-', which stands for standard input: did you mean 'atrest verify -'?"),
    (["--"], "a command is missing: \(list)"),
  ])
  func `no such command`(arguments: [String], sentence: String) async throws {
    let call = try await Call.atrest(arguments)
    #expect(call.status == 2)
    #expect(call.output == "")
    #expect(call.errors == "atrest: \(sentence)\nTry 'atrest --help'.\n")
  }

  @Test(arguments: [
    (
      ["--quiet", "verify", "a.db"],
      "unknown option '--quiet' before the command: options come after it, as in 'atrest verify --quiet'"
    ),
    (
      ["-q", "verify", "a.db"],
      "unknown option '-q' before the command: options come after it, as in 'atrest verify -q'"
    ),
  ])
  func `an option before the command`(arguments: [String], sentence: String) async throws {
    let call = try await Call.atrest(arguments)
    #expect(call.status == 2)
    #expect(call.output == "")
    #expect(call.errors == "atrest: \(sentence)\nTry 'atrest verify --help'.\n")
  }

  /// Hints that several messages end with.
  private static let unset = "is a variable unset that should hold the path?"
  private static let missing = "an input is missing: name a snapshot, a directory, or - for standard input"
  private static func hint(_ name: String) -> String { "; a file of that name is written './\(name)', or after '--'" }
  private static func invalid(_ value: String, _ option: String, _ why: String) -> String {
    "the value '\(value)' is invalid for '\(option)\(why.hasPrefix(";") ? "'" : "': ")\(why)"
  }
  private static let layers = "write live, history or residue, or several of them separated by commas"
  private static let sizes =
    "write bytes, or a number with KiB, MiB, GiB or TiB (powers of 1024) or KB, MB, GB or TB (powers of 1000), such as 64GiB"
  private static let severities = "; write one of 'critical', 'high', 'medium', 'low' or 'never'"

  /// Calls of `verify`.
  private static let calls: [([String], String)] = [
    ([], missing),
    (["--"], missing),
    (["--quiet"], missing),
    ([""], "an input has no name: \(unset)"),
    (["a.db", ""], "an input has no name: \(unset)"),
    // Options that there are not.
    (["--frobnicate", "a.db"], "unknown option '--frobnicate'"),
    (["--formt", "json", "a.db"], "unknown option '--formt'; did you mean '--format'?"),
    (["--fail_on", "high", "a.db"], "unknown option '--fail_on'; did you mean '--fail-on'?"),
    (["-q", "-hash.db"], "unknown option '-hash.db'\(hint("-hash.db"))"),
    (["-qh", "a.db"], "unknown option '-qh'\(hint("-qh"))"),
    (["-backup.db"], "unknown option '-backup.db'\(hint("-backup.db"))"),
    (["-x", "a.db"], "unknown option '-x'\(hint("-x"))"),
    (["-5"], "unknown option '-5'\(hint("-5"))"),
    (["-v"], "unknown option '-v'\(hint("-v"))"),
    // Values that are missing or wrong.
    (["--format", "yaml", "a.db"], invalid("yaml", "--format <format>", "; write one of 'text', 'json' or 'ndjson'")),
    (["--format", "JSON", "a.db"], invalid("JSON", "--format <format>", "; write one of 'text', 'json' or 'ndjson'")),
    (["--fail-on", "severe", "a.db"], invalid("severe", "--fail-on <severity>", severities)),
    (["--fail-on", "hi", "a.db"], invalid("hi", "--fail-on <severity>", severities)),
    (["--fail-on", "a.db"], invalid("a.db", "--fail-on <severity>", severities)),
    (["--fail-on", "", "a.db"], invalid("", "--fail-on <severity>", severities)),
    (["--fail-on"], "missing value for '--fail-on <severity>'"),
    (["--fail-on", "--quiet", "a.db"], "missing value for '--fail-on <severity>'"),
    (["--quiet=yes", "a.db"], "the option '--quiet' does not take any value, but 'yes' was specified"),
    (["--color", "blue", "a.db"], invalid("blue", "--color <when>", "; write one of 'auto', 'always' or 'never'")),
    (
      ["--progress", "yes", "a.db"], invalid("yes", "--progress <when>", "; write one of 'auto', 'always' or 'never'")
    ),
    (["--layers", "tail", "a.db"], invalid("tail", "--layers <layers>", "'tail' is no layer: \(layers)")),
    (["--layers", "", "a.db"], invalid("", "--layers <layers>", "a layer has no name: \(layers)")),
    (["--layers", "live,", "a.db"], invalid("live,", "--layers <layers>", "a layer has no name: \(layers)")),
    (["--layers", "live,live", "a.db"], invalid("live,live", "--layers <layers>", "'live' is named twice")),
    (
      ["--layers", "all", "a.db"],
      invalid("all", "--layers <layers>", "'all' is no layer: without --layers all three are examined")
    ),
    (["--jobs", "-1", "a.db"], invalid("-1", "--jobs <n>", "it must be a whole number from 1 to 256")),
    (["--jobs", "0", "a.db"], invalid("0", "--jobs <n>", "it must be a whole number from 1 to 256")),
    (["--jobs", "100000", "a.db"], invalid("100000", "--jobs <n>", "it must be a whole number from 1 to 256")),
    (["--jobs", "1.5", "a.db"], invalid("1.5", "--jobs <n>", "it must be a whole number from 1 to 256")),
    (["--jobs", "--quiet", "a.db"], invalid("--quiet", "--jobs <n>", "it must be a whole number from 1 to 256")),
    (["--jobs"], "missing value for '--jobs <n>'"),
    (
      ["--max-findings", "many", "a.db"], invalid("many", "--max-findings <n>", "it must be a whole number, 0 or more")
    ),
    (["--max-findings", "-1", "a.db"], invalid("-1", "--max-findings <n>", "it must be a whole number, 0 or more")),
    (["--max-findings=-1", "a.db"], invalid("-1", "--max-findings <n>", "it must be a whole number, 0 or more")),
    (["--max-findings", "1e6", "a.db"], invalid("1e6", "--max-findings <n>", "it must be a whole number, 0 or more")),
    (["--unpacked-size", "much", "a.db"], invalid("much", "--unpacked-size <size>", sizes)),
    (["--unpacked-size", "1,5G", "a.db"], invalid("1,5G", "--unpacked-size <size>", sizes)),
    (["--unpacked-size", "1GBit", "a.db"], invalid("1GBit", "--unpacked-size <size>", sizes)),
    (["--unpacked-size", "1.2.3", "a.db"], invalid("1.2.3", "--unpacked-size <size>", sizes)),
    (["--unpacked-size", "-1", "a.db"], invalid("-1", "--unpacked-size <size>", sizes)),
    (["--unpacked-size", "", "a.db"], invalid("", "--unpacked-size <size>", sizes)),
    (["--unpacked-size", "0", "a.db"], invalid("0", "--unpacked-size <size>", "it must be at least one byte")),
    (
      ["--unpacked-size", "99999999999TiB", "a.db"],
      invalid("99999999999TiB", "--unpacked-size <size>", "it is more than 16 EiB, which no file has")
    ),
    (
      ["--unpacked-size", "99999999999999999999999", "a.db"],
      invalid("99999999999999999999999", "--unpacked-size <size>", "it is more than 16 EiB, which no file has")
    ),
    (
      ["--unpacked-ratio", "0", "a.db"],
      invalid("0", "--unpacked-ratio <n>", "it must be a whole number from 1 to 1000000")
    ),
    (
      ["--etcd-prefix", "", "a.db"],
      invalid(
        "", "--etcd-prefix <prefix>", "it is empty: is a variable unset that should hold it? The root is written '/'")
    ),
    (
      ["--require-provider", "rot13", "a.db"],
      "the value 'rot13' is invalid for '--require-provider <provider[:name]>': "
    ),
    (["--resource", "", "a.db"], "the value '' is invalid for '--resource <resource>': "),
    (["--resource", "Secrets", "a.db"], "the value 'Secrets' is invalid for '--resource <resource>': "),
    (
      ["--resource", "secret", "a.db"],
      "unknown resource 'secret': it is not built into Kubernetes; did you mean 'secrets'?"
    ),
    (
      ["--resource", "cm", "a.db"], "unknown resource 'cm': it is not built into Kubernetes; did you mean 'configmaps'?"
    ),
    (
      ["--resource", "deploy", "a.db"],
      "unknown resource 'deploy': it is not built into Kubernetes; did you mean 'deployments.apps'?"
    ),
    // Files and options that don't go together.
    (["-c", "", "a.db"], "--encryption-config names no file: \(unset)"),
    (["-c"], "missing value for '-c <file>'"),
    (["--authenticate", "a.db"], "--authenticate needs keys: add --encryption-config or --dek-seeds"),
    (["--dek-seeds", "seeds", "a.db"], "--dek-seeds and --aad-strip-prefix need --authenticate"),
    (["--dek-seeds", "", "a.db"], "--dek-seeds names no file: \(unset)"),
    (["--no-hash", "--require-hash", "a.db"], "--no-hash and --require-hash exclude each other"),
  ]

  @Test(arguments: calls)
  func `of verify`(arguments: [String], sentence: String) async throws {
    let call = try await Call.atrest(["verify"] + arguments)
    #expect(call.status == 2)
    #expect(call.output == "")
    #expect(call.errors.hasPrefix("atrest: \(sentence)"))
    #expect(call.errors.hasSuffix("\nTry 'atrest verify --help'.\n"))
    #expect(call.errors.split(separator: "\n").dropLast().allSatisfy { $0.hasPrefix("atrest: ") })
  }

  /// Calls of the other commands, each with its command.
  private static let otherCalls: [([String], String)] = [
    (["inspect"], missing),
    (["inspect", "-q"], missing),
    (["inspect", ""], "an input has no name: \(unset)"),
    (["inspect", "-a.db"], "unknown option '-a.db'\(hint("-a.db"))"),
    (["inspect", "-hash.db"], "unknown option '-hash.db'\(hint("-hash.db"))"),
    (["inspect", "-c", "x", "a.db"], "unknown option '-c'\(hint("-c"))"),
    (["inspect", "--quite", "a.db"], "unknown option '--quite'; did you mean '--quiet'?"),
    (["inspect", "--layers", "live", "a.db"], "unknown option '--layers'"),
    (["inspect", "--fail-on", "high", "a.db"], "unknown option '--fail-on'"),
    (
      ["inspect", "--format=jsno", "a.db"],
      invalid("jsno", "--format <format>", "; write one of 'text', 'json' or 'ndjson'")
    ),
    (["inspect", "--etcd-prefix"], "missing value for '--etcd-prefix <prefix>'"),
    (["inspect", "--etcd-prefix", "", "a.db"], "the value '' is invalid for '--etcd-prefix <prefix>': it is empty"),
    (["inspect", "--jobs", "-2", "a.db"], invalid("-2", "--jobs <n>", "it must be a whole number from 1 to 256")),
    (["inspect", "--no-hash=1", "a.db"], "the option '--no-hash' does not take any value, but '1' was specified"),
    (["inspect", "--unpacked-size", "1 potato", "a.db"], invalid("1 potato", "--unpacked-size <size>", sizes)),
    (["lint"], "an EncryptionConfiguration is missing: name its file, or - for standard input"),
    (["lint", "--fips"], "an EncryptionConfiguration is missing: name its file, or - for standard input"),
    (["lint", ""], "an input has no name: \(unset)"),
    (["lint", "--snapshot", "", "a.yaml"], "an input has no name: \(unset)"),
    (["lint", "--snapshot", "-", "-"], "standard input is named twice, and can be read only once"),
    (["lint", "-config.yaml"], "unknown option '-config.yaml'\(hint("-config.yaml"))"),
    (["lint", "-hub.yaml"], "unknown option '-hub.yaml'\(hint("-hub.yaml"))"),
    (["lint", "a.yaml", "b.yaml"], "unexpected argument 'b.yaml'"),
    (["lint", "--jobs", "2", "a.yaml"], "unknown option '--jobs'\n"),
    (["lint", "--snapshto", "a.db", "a.yaml"], "unknown option '--snapshto'; did you mean '--snapshot'?"),
    (
      ["lint", "--format", "ndjson", "a.yaml"],
      invalid("ndjson", "--format <format>", "; write one of 'text' and 'json'")
    ),
    (
      ["lint", "--resource", "cm", "a.yaml"],
      "unknown resource 'cm': it is not built into Kubernetes; did you mean 'configmaps'?\n"
    ),
    (
      ["lint", "--resource", "sa", "a.yaml"],
      "unknown resource 'sa': it is not built into Kubernetes; did you mean 'serviceaccounts'?\n"
    ),
    (
      ["lint", "--kubernetes-version", "1", "a.yaml"],
      invalid("1", "--kubernetes-version <version>", "it is no release of Kubernetes, such as 1.31 or v1.31.2")
    ),
    (["lint", "--fail-on", "HIGH", "a.yaml"], invalid("HIGH", "--fail-on <severity>", severities)),
    (["explain", ""], "the rule has no name: is a variable unset that should hold it?"),
    (["explain", "a", "b"], "unexpected argument 'b'"),
    (["explain", "plaintext_live"], "there is no rule 'plaintext_live'; did you mean 'plaintext-live'?"),
    (["explain", "PLAINTEXT-LIVE"], "there is no rule 'PLAINTEXT-LIVE'; did you mean 'plaintext-live'?"),
    (["explain", "plaintext-"], "there is no rule 'plaintext-'; did you mean 'plaintext-"),
    (["explain", "-x"], "unknown option '-x'\(hint("-x"))"),
    (["explain", "--all"], "unknown option '--all'\n"),
    (["explain", "--format", "ndjson"], invalid("ndjson", "--format <format>", "; write one of 'text' and 'json'")),
    (["explain", "--color", "blue"], invalid("blue", "--color <when>", "; write one of 'auto', 'always' or 'never'")),
  ]

  @Test(arguments: otherCalls)
  func `of the other commands`(arguments: [String], sentence: String) async throws {
    let call = try await Call.atrest(arguments)
    #expect(call.status == 2)
    #expect(call.output == "")
    #expect(call.errors.hasPrefix("atrest: \(sentence)"))
    #expect(call.errors.hasSuffix("\nTry 'atrest \(arguments[0]) --help'.\n"))
  }

  @Test func `before any input is read`() async throws {
    let call = try await Call.atrest("verify", "--format", "ndjson", "--max-findings=-1", Sample.clean.path)
    #expect(call.status == 2)
    #expect(call.output == "")
  }

  @Test func `a file whose name looks like an option is read where it is written so`() async throws {
    let scratch = try Scratch()
    try scratch.file("-hash.db", Sample.clean.bytes)
    try scratch.file("--help", Sample.clean.bytes)
    for arguments in [["./-hash.db"], ["--", "-hash.db"], ["--", "--help"]] {
      let script = "cd \(scratch.path) && exec \"$0\" verify -q \"$@\""
      let call = try await Call.shell(script, arguments)
      #expect(call.status == 0)
      #expect(call.output.hasPrefix("PASS  "))
    }
  }

  @Test(arguments: ["1", "64k", "64K", "1GiB", "1.5GiB", "1.5 GB", "10mb", "2TiB", "18446744073709551615", "100B"])
  func `sizes as people write them`(size: String) async throws {
    let call = try await Call.atrest("verify", "-q", "--unpacked-size", size, Sample.clean.path)
    #expect(call.status == 0)
    #expect(call.errors == "")
  }

  @Test(arguments: [
    ("568k", 3), ("569KiB", 0), ("0.55 MiB", 3), ("0.56MiB", 0), ("581664", 0), ("581663", 3), ("581KB", 3),
    ("0.6MB", 0),
  ])
  func `sizes mean what they say`(size: String, status: Int32) async throws {
    let scratch = try Scratch()
    let packed = try scratch.path("a.db.gz", Sample.clean.bytes)
    let script = "gzip -c \(packed) > \(packed).gz && exec \"$0\" verify -q --unpacked-size \"$1\" \(packed).gz"
    #expect(try await Call.shell(script, [size]).status == status)
  }
}
