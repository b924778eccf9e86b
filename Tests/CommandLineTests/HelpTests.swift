import Testing

@Suite("Help and version")
struct HelpTests {
  @Test(arguments: [["--help"], ["-h"], ["help"], ["--help", "--quiet"]])
  func `the program's own`(arguments: [String]) async throws {
    let call = try await Call.atrest(arguments)
    #expect(call.status == 0)
    #expect(call.errors == "")
    #expect(call.lines.first == "USAGE: atrest <command> [<options>] <argument> ...")
    #expect(
      call.sentences.contains(
        "verify Check that every Secret (or chosen resource) is encrypted at rest."))
    #expect(call.sentences.contains("It opens its input read-only, uses no network, and never prints a value."))
  }

  @Test(arguments: [
    ["verify", "--help"], ["verify", "-h"], ["help", "verify"], ["--help", "verify"],
    ["verify", "backup.db", "--help"],
    ["verify", "--nonsense", "-h", "backup.db"],
  ])
  func `that of verify`(arguments: [String]) async throws {
    let call = try await Call.atrest(arguments)
    #expect(call.status == 0)
    #expect(call.errors == "")
    let examples = """
      USAGE: atrest verify [<options>] <input> ...

      Checks that every Secret (or chosen resource) in etcd snapshots is encrypted at
      rest, and lists what is not. It looks at three layers:

        live     the newest value of each key
        history  older and deleted values, until a compaction removes them
        residue  free pages and other unused bytes, which a hex editor shows

      EXAMPLES:
        atrest verify backup.db
        atrest verify --format json /var/backups/etcd > report.json
        atrest verify --fail-on medium --quiet backup.db || alert
        atrest verify --policy policy.yaml --redact backup.db
        atrest verify --resource secrets --resource widgets.example.com backup.db
        atrest verify --report sarif=etcd.sarif --report csv=etcd.csv backup.db
        ssh cp-1 cat /var/backups/etcd.db.gz | atrest verify -

      INPUTS:
      """
    #expect(call.output.hasPrefix(examples))
    let topics = """
      RESOURCES:
        As in an EncryptionConfiguration: secrets, configmaps, deployments.apps,
        widgets.example.com; *.apps for a group, *. for the core group, *.* for all.
        'openshift' stands for what OpenShift's own encryption covers.

      DATA KEYS AND SEEDS:
        --dek-seeds reads lines KEY = HEX. KEY is a key id of KMS v2, or an encrypted
        data key or seed as it is stored, in hex or base64; HEX is the decrypted data
        key or seed. Lines that begin with # are skipped.

      REPORTS:
        --report FORMAT=FILE, for instance --report sarif=backup.sarif. The file is
        there when the call ends, whole or not at all; what it replaces stays until
        then. Only its owner may read it, but for prometheus.

          json, ndjson  as --format prints them
          csv           a table of the findings, for spreadsheets
          sarif         SARIF 2.1.0, for code scanning
          junit         JUnit XML, for continuous integration
          prometheus    metrics, for the node exporter's textfile collector
          html          a page to read, to keep and to print
          intoto        in-toto statements, unsigned, one on each line

      EXIT STATUS:
        0  everything in scope was read, and nothing at or above --fail-on was found
        1  everything was read, and something was found; or nothing was in scope
        2  the call is wrong; or --report names what can't be written, and the verdict
           is on standard output all the same
        3  a snapshot could not be verified: unreadable, truncated, damaged, hash
           mismatch, not a snapshot; or the report could not be written

      """
    #expect(call.output.hasSuffix(topics))
    let groups = ["INPUTS:", "WHAT MUST BE ENCRYPTED:", "KEYS:", "VERDICT:", "OUTPUT:", "SANDBOX:", "OPTIONS:"]
    #expect(call.lines.filter(groups.contains) == groups)
    let options = [
      "-c, --encryption-config", "--authenticate", "--dek-seeds", "--aad-strip-prefix", "--require-provider",
      "--resource", "--allow-unknown-resource", "--etcd-prefix", "--layers", "--fail-on", "--format", "--max-findings",
      "--allow-empty", "--no-hash",
      "--require-hash", "--unpacked-size", "--unpacked-ratio", "--jobs", "--ignore-unrecognized", "--follow", "--color",
      "--progress", "--report", "--stats", "-q, --quiet", "--policy", "--redact[=names]", "--redact-key", "--sandbox",
    ]
    for option in options { #expect(call.lines.contains { "\($0) ".hasPrefix("  \(option) ") }, "\(option)") }
  }

  @Test(arguments: [
    ["--help"], ["verify", "--help"], ["inspect", "-h"], ["lint", "-h"], ["explain", "-h"], ["policy", "check", "-h"],
    ["completion", "-h"], ["manual", "-h"],
  ])
  func `fits a terminal of 80 columns`(arguments: [String]) async throws {
    #expect(try await Call.atrest(arguments).lines.filter { $0.count > 80 } == [])
  }

  @Test(arguments: [["--version"], ["-V"], ["verify", "--version"]])
  func `the version`(arguments: [String]) async throws {
    let call = try await Call.atrest(arguments)
    #expect(call.status == 0)
    #expect(call.errors == "")
    #expect(call.lines.first?.wholeMatch(of: /atrest \d+\.\d+\.\d+/) != nil)
  }

  /// The commit is known to what `scripts/package` and `scripts/install` build, and the tests are built by neither.
  @Test func `the version tells the commit, its day, and the libraries in use`() async throws {
    let rows = try await Call.atrest("--version").lines.dropFirst().map { $0.split(separator: " ", maxSplits: 1) }
    #expect(
      rows.map(\.first) == [
        "commit", "built", "OpenSSL", "libsodium", "libarchive", "bzip2", "LZ4", "zstd", "liblzma", "zlib", "LMDB",
      ])
    let values = try rows.map { try #require($0.last).trimmingPrefix(while: \.isWhitespace) }
    #expect(values[0].wholeMatch(of: /unknown|[0-9a-f]{40}/) != nil)
    #expect(values[1].wholeMatch(of: /unknown|\d{4}-\d\d-\d\d/) != nil)
    for value in values[2...] { #expect(value.wholeMatch(of: /\d+(\.\d+)+\S*/) != nil, "\(value)") }
  }

  @Test func `the version is that of the reports`() async throws {
    let report = try await Call.atrest("verify", "--format", "json", Sample.clean.path).json()
    let version = try #require(report["tool"]?["version"]?.string)
    #expect(try await Call.atrest("--version").lines.first == "atrest \(version)")
  }
}
