import Testing

@Suite("Help and version")
struct HelpTests {
  @Test(arguments: [["--help"], ["-h"], ["help"]])
  func `the program's own`(arguments: [String]) async throws {
    let call = try await Call.atrest(arguments)
    #expect(call.status == 0)
    #expect(call.errors == "")
    #expect(call.lines.contains("USAGE: atrest <subcommand>"))
    #expect(
      call.sentences.contains(
        "verify Is every Secret, or whatever else must be, encrypted at rest in this etcd snapshot?"))
    #expect(call.sentences.contains("Opens its input read-only, talks to no network, and never prints a value."))
  }

  @Test(arguments: [["verify", "--help"], ["verify", "-h"], ["help", "verify"]])
  func `that of verify`(arguments: [String]) async throws {
    let call = try await Call.atrest(arguments)
    #expect(call.status == 0)
    #expect(call.errors == "")
    let passage = """
      EXAMPLES
        atrest verify backup.db
        atrest verify --format json /var/backups/etcd > report.json
        atrest verify --fail-on medium --quiet backup.db || alert
        atrest verify --resource secrets --resource widgets.example.com backup.db

      RESOURCES
        As in an EncryptionConfiguration: secrets, configmaps, deployments.apps,
        widgets.example.com; *.apps for a group, *. for the core group, *.* for all.
        'openshift' stands for what OpenShift's own encryption covers.

      DATA KEYS AND SEEDS
        --dek-seeds reads lines KEY = HEX. KEY is a key id of KMS v2, or an encrypted
        data key or seed as it is stored, in hex or base64; HEX is the decrypted data
        key or seed. Lines that begin with # are passed over.

      EXIT STATUS
        0  everything in scope was read, and nothing at or above --fail-on was found
        1  everything was read, and something was found; or nothing was in scope
        2  the call is wrong
        3  a snapshot could not be verified: unreadable, truncated, damaged, hash
           mismatch, not a snapshot; or the report could not be written

      USAGE: atrest verify [<options>] <input> ...

      """
    #expect(call.output.contains(passage))
    let options = [
      "-c, --encryption-config", "--authenticate", "--dek-seeds", "--aad-strip-prefix", "--require-provider",
      "--resource", "--allow-unknown-resource", "--etcd-prefix", "--layers", "--fail-on", "--format", "--max-findings",
      "--allow-empty", "--no-hash",
      "--require-hash", "--unpacked-size", "--unpacked-ratio", "--jobs", "--ignore-unrecognized", "--color",
      "--progress", "--stats", "-q, --quiet",
    ]
    for option in options { #expect(call.lines.contains { "\($0) ".hasPrefix("  \(option) ") }, "\(option)") }
  }

  @Test(arguments: [["--help"], ["verify", "--help"]])
  func `fits a terminal of 80 columns`(arguments: [String]) async throws {
    #expect(try await Call.atrest(arguments).lines.filter { $0.count > 80 } == [])
  }

  @Test(arguments: [["--version"], ["verify", "--version"]])
  func `the version`(arguments: [String]) async throws {
    let call = try await Call.atrest(arguments)
    #expect(call.status == 0)
    #expect(call.errors == "")
    #expect(call.output.wholeMatch(of: /atrest \d+\.\d+\.\d+\n/) != nil)
  }

  @Test func `the version is that of the reports`() async throws {
    let report = try await Call.atrest("verify", "--format", "json", Sample.clean.path).json()
    let version = try #require(report["tool"]?["version"]?.string)
    #expect(try await Call.atrest("--version").output == "atrest \(version)\n")
  }
}
