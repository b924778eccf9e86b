import Foundation
import TestSupport
import Testing

@Suite("Options of verify")
struct OptionTests {
  @Test func `--layers`() async throws {
    let live = try await Call.atrest("verify", "--layers", "live", Sample.rewritten.path)
    #expect(live.status == 0)
    #expect(
      live.sentences.contains("32 secrets encrypted (live; history and residue not examined; not searched elsewhere)"))
    #expect(live.output.contains("\n  history not examined\n  residue not examined\n"))
    #expect(!live.output.contains("plaintext-history"))
    let history = try await Call.atrest("verify", "--layers", "history", Sample.rewritten.path)
    #expect(history.status == 1)
    #expect(
      history.sentences.contains(
        "38 of 38 old revisions are plaintext (live and residue not examined; not searched elsewhere)"))
    let both = try await Call.atrest("verify", "-q", "--layers", "history,live", Sample.rewritten.path)
    let all = try await Call.atrest("verify", "-q", "--layers", "residue,history,live", Sample.rewritten.path)
    #expect(all.output == (try await Call.atrest("verify", "-q", Sample.rewritten.path).output))
    #expect(
      both.output
        == all.output.replacing("plaintext; ", with: "plaintext (residue not examined; not searched elsewhere); "))
  }

  @Test(arguments: [
    (["--policy", "a.yaml", "--policy=b.yaml"], "--policy"),
    (["-c", "a", "--encryption-config", "b"], "--encryption-config"),
    (["--require-provider", "kmsv2", "--require-provider", "aescbc"], "--require-provider"),
    (["--cluster", "a", "--cluster", "a"], "--cluster"),
  ])
  func `what must not be lost is given once`(options: [String], name: String) async throws {
    let call = try await Call.atrest(["verify"] + options + [Sample.clean.path])
    #expect(call.status == 2)
    #expect(call.output == "")
    #expect(call.errors.hasPrefix("atrest: \(name) is given twice, and only one can hold\n"), "\(call.errors)")
    // Behind -- is no option.
    let input = try await Call.atrest(["verify", "-q", Sample.clean.path, "--"] + [Sample.clean.path])
    #expect(input.status == 0)
  }

  @Test func `--cluster`() async throws {
    let call = try await Call.atrest("verify", "--format", "json", "--cluster", "prod", Sample.clean.path)
    #expect(try call.json()["policy"]?["cluster"] == .string("prod"))
    let other = try await Call.atrest("verify", "--cluster", "a/b", Sample.clean.path)
    #expect(other.status == 2)
    #expect(other.errors.contains("'a/b' can't be the name of a cluster"), "\(other.errors)")
  }

  @Test func `an empty layer of a store with Secrets passes, and is called empty`() async throws {
    for (layers, words) in [("history", "no old revisions"), ("residue", "nothing readable in free pages")] {
      let call = try await Call.atrest("verify", "-q", "--layers", layers, Sample.clean.path)
      #expect(call.status == 0)
      #expect(call.output.hasPrefix("PASS  \(Sample.clean.path)  \(words) (\(layers); "))
      #expect(!call.output.contains("--allow-empty"))
    }
  }

  @Test func `--etcd-prefix finds only what lies there`() async throws {
    let scratch = try Scratch()
    let path = try scratch.snapshot(
      "two.db",
      [
        .sealedSecret("/registry/secrets/default/a"), .sealedSecret("/registry/secrets/default/b"),
        .plainSecret("/deep/custom/secrets/default/a"), .put("/deep/custom/namespaces/default", "x"),
      ])
    let custom = try await Call.atrest("verify", "-q", "--etcd-prefix", "/deep/custom", path)
    #expect(custom.status == 1)
    #expect(custom.output.contains("the only secret is plaintext"))
    for form in ["/registry", "registry", "/registry/"] {
      let registry = try await Call.atrest("verify", "-q", "--etcd-prefix", form, path)
      #expect(registry.status == 0)
      #expect(registry.output.contains("2 secrets encrypted"))
    }
  }

  @Test func `nothing in scope fails at every --fail-on but with --allow-empty`() async throws {
    for severity in ["high", "never"] {
      let call = try await Call.atrest(
        "verify", "--etcd-prefix", "/elsewhere", "--fail-on", severity, Sample.clean.path)
      #expect(call.status == 1)
      #expect(call.sentences.contains("no secrets found: nothing was verified (367 other live keys)"))
      #expect(call.output.contains("HIGH  nothing-in-scope (1)\n"))
    }
    let allowed = try await Call.atrest("verify", "--etcd-prefix", "/elsewhere", "--allow-empty", Sample.clean.path)
    #expect(allowed.status == 0)
    #expect(allowed.sentences.contains("allowed by --allow-empty"))
    #expect(!allowed.output.contains("nothing-in-scope"))
  }

  @Test func `--allow-empty excuses nothing else`() async throws {
    #expect(try await Call.atrest("verify", "-q", "--allow-empty", Sample.mixed.path).status == 1)
    #expect(try await Call.atrest("verify", "-q", "--allow-empty", "missing.db").status == 3)
  }

  @Test func `--no-hash leaves the SHA-256 out, and says so`() async throws {
    let scratch = try Scratch()
    var bytes = try Sample.clean.bytes
    bytes[bytes.count - 1] ^= 1
    let altered = try scratch.path("altered.db", bytes)
    #expect(try await Call.atrest("verify", "-q", altered).status == 3)
    let call = try await Call.atrest("verify", "--no-hash", altered)
    #expect(call.status == 0)
    #expect(call.sentences.contains("(live, history, residue; SHA-256 not examined)"))
    #expect(call.output.contains("SHA-256 not checked"))
    let report = try await Call.atrest("verify", "--no-hash", "--format", "json", altered).json()
    #expect(report["snapshots"]?[0]?["file"]?["sha256"] == .object(["status": .string("skipped")]))
  }

  @Test func `--require-hash makes of a missing SHA-256 an error`() async throws {
    let scratch = try Scratch()
    let bare = try scratch.path("bare.db", Sample.clean.bytes.dropLast(32))
    let tolerant = try await Call.atrest("verify", bare)
    #expect(tolerant.status == 0)
    #expect(tolerant.output.contains("LOW  hash-missing (1)\n"))
    let strict = try await Call.atrest("verify", "--require-hash", bare)
    #expect(strict.status == 3)
    #expect(strict.sentences.contains("the file carries no SHA-256, and one is required; still read: 32 secrets"))
    #expect(try await Call.atrest("verify", "-q", "--require-hash", Sample.clean.path).status == 0)
  }

  @Test func `a copy of a member's database needs no SHA-256`() async throws {
    let scratch = try Scratch()
    var writer = BoltWriter()
    writer.metas = .rawCopy
    let before = EtcdWriter(.v36, [.sealedSecret("/registry/secrets/default/a")])
    var after = before
    after.apply(.sealedSecret("/registry/secrets/default/b"))
    let path = try scratch.path("db", Data(writer.image(after.root, previous: before.root).bytes))
    let call = try await Call.atrest("verify", path)
    #expect(call.status == 0)
    #expect(call.sentences.contains("copied from a member's data directory"))
    #expect(call.output.contains("LOW  hash-missing (1)\n"))
  }

  @Test(arguments: [1, 2, 5, 38])
  func `--max-findings cuts the list, not the counts`(limit: Int) async throws {
    let call = try await Call.atrest("verify", "--format", "json", "--max-findings", "\(limit)", Sample.mixed.path)
    #expect(call.status == 1)
    let snapshot = try #require(try call.json()["snapshots"]?[0])
    #expect(snapshot["findings"]?.elements?.count == limit)
    #expect(snapshot["findingsOmitted"] == .number(Double(39 - limit)))
    #expect(snapshot["findingCounts"]?["plaintext-live"] == .number(10))
    #expect(snapshot["findingCounts"]?["plaintext-history"] == .number(28))
    let text = try await Call.atrest("verify", "--max-findings", "\(limit)", Sample.mixed.path)
    #expect(text.output.contains("CRITICAL  plaintext-live (10)\n"))
    #expect(text.lines.first == (try await Call.atrest("verify", Sample.mixed.path).lines.first))
  }

  @Test func `--max-findings may be as large as a number gets`() async throws {
    let call = try await Call.atrest(
      "verify", "--format", "json", "--max-findings", "\(Int.max)", Sample.mixed.path)
    #expect(call.status == 1)
    #expect(try call.json()["snapshots"]?[0]?["findings"]?.elements?.count == 39)
  }

  @Test(arguments: ["-q", "--quiet"])
  func `--quiet prints the first line alone`(option: String) async throws {
    let call = try await Call.atrest("verify", option, Sample.tampered.path, Sample.clean.path)
    #expect(call.lines.count == 2)
    #expect(call.status == 1)
  }

  @Test func `--ignore-unrecognized passes over what a directory holds besides`() async throws {
    let scratch = try Scratch()
    try scratch.file("backups/notes.txt", Data("taken by hand".utf8))
    try scratch.file("backups/picture.png", Data([0x89, 0x50, 0x4E, 0x47]))
    try scratch.file("backups/snapshot.db", Sample.clean.bytes)
    let directory = scratch.path + "/backups"
    let all = try await Call.atrest("verify", "-q", directory)
    #expect(all.status == 3)
    #expect(all.lines.count == 3)
    let some = try await Call.atrest("verify", "-q", "--ignore-unrecognized", directory)
    #expect(some.status == 0)
    #expect(some.lines.count == 4)
    #expect(some.lines[1] == "2 files were passed over, not verified:")
    #expect(some.lines[2...] == ["  \(directory)/notes.txt: text", "  \(directory)/picture.png: not recognized"])
    let named = try await Call.atrest("verify", "-q", "--ignore-unrecognized", directory + "/notes.txt")
    #expect(named.status == 3)
    try scratch.file("backups/damaged.db", Sample.clean.bytes.prefix(100_000))
    let damaged = try await Call.atrest("verify", "-q", "--ignore-unrecognized", directory)
    #expect(damaged.status == 3)
    #expect(damaged.lines.count { $0.hasPrefix("ERROR") } == 1)
  }

  @Test func `--ignore-unrecognized never makes a pass of nothing`() async throws {
    let scratch = try Scratch()
    try scratch.file("backups/notes.txt", Data("taken by hand".utf8))
    let call = try await Call.atrest("verify", "--ignore-unrecognized", scratch.path + "/backups")
    #expect(call.status == 3)
    #expect(call.sentences.contains("no snapshot among the files found; nothing was read"))
  }
}
