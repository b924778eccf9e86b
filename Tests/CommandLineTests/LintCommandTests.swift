import Foundation
import TestSupport
import Testing

@Suite("atrest lint")
struct LintCommandTests {
  private static func configuration(of sample: String) -> String {
    Sample.directory.appending(path: "\(sample)/encryption-config.yaml").path(percentEncoded: false)
  }

  private static let secret = "7C5mB0SyP0cX3tdN0Qb1F4j8r9mYgqv5y3b1k2T7m2I="

  private static func text(_ providers: String, resources: String = "secrets") -> Data {
    Data(
      """
      apiVersion: apiserver.config.k8s.io/v1
      kind: EncryptionConfiguration
      resources:
      - resources: [\(resources)]
        providers:
        \(providers)
      """.utf8)
  }

  private static let aescbc = "- aescbc: {keys: [{name: key1, secret: \(secret)}]}"
  private static let identityFirst = "- identity: {}\n  \(aescbc)"

  @Test func `identity before an encrypting provider fails before all else`() async throws {
    let call = try await Call.atrest(
      "lint", "--format", "json", Self.configuration(of: "07-identity-first"))
    #expect(call.status == 1)
    #expect(call.errors == "")
    let document = try call.json()
    #expect(try JSONSchema.lint().violations(in: document) == [])
    #expect(document["verdict"] == .string("fail"))
    #expect(document["findings"]?[0]?["rule"] == .string("config-identity-first"))
    #expect(document["findings"]?[0]?["config"]?["line"] == .number(7))
    let text = try await Call.atrest("lint", "-q", Self.configuration(of: "07-identity-first"))
    #expect(text.output.hasPrefix("FAIL  ") && text.lines.count == 1)
    #expect(text.output.hasSuffix("  secrets are written in the clear: identity comes first\n"))
  }

  @Test(arguments: Sample.all)
  func `the configuration of every sample, with its snapshot and without`(sample: Sample) async throws {
    for arguments in [[], ["--snapshot", sample.path]] {
      let call = try await Call.atrest(
        ["lint", "--ignore-file-mode", "--format", "json"] + arguments + [Self.configuration(of: sample.name)])
      let document = try call.json()
      #expect(try JSONSchema.lint().violations(in: document) == [])
      #expect(document["snapshot"]?["complete"] == (arguments.isEmpty || call.status == 2 ? nil : .bool(true)))
      let rules = document["findings"]?.elements?.compactMap { $0["rule"]?.string } ?? []
      let expected: Int32 =
        switch sample.name {
        case "01-identity-plain": 2
        case "07-identity-first": 1
        default: rules.contains("config-plaintext-remains") ? 1 : 0
        }
      #expect(call.status == expected, "\(rules)")
      #expect((rules.first == "config-identity-first") == (sample.name == "07-identity-first"))
    }
  }

  @Test func `statuses`() async throws {
    let scratch = try Scratch()
    let snapshot = try scratch.path("backup.db", Data("no snapshot".utf8))
    let sound = try scratch.path("sound.yaml", Self.text("- kms: {apiVersion: v2, name: a, endpoint: 'unix:///run/a'}"))
    let weak = try scratch.path("weak.yaml", Self.text(Self.aescbc))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: weak)
    let bad = try scratch.path("bad.yaml", Data("kind: EncryptionConfiguration\n".utf8))
    let calls: [([String], Int32)] = [
      ([sound], 0), ([weak], 0), (["--fail-on", "medium", weak], 1), (["--fail-on", "never", weak], 0),
      (["--resource", "configmaps", weak], 1), (["--resource", "*.*", "--fail-on", "critical", weak], 1),
      ([bad], 2), ([scratch.path], 2), ([scratch.path + "/missing.yaml"], 2), (["--snapshot", snapshot, bad], 2),
      (["--snapshot", snapshot, sound], 3), (["--snapshot", scratch.path + "/missing.db", sound], 3),
      (
        [
          "--fips", try scratch.path("box.yaml", Self.text("- secretbox: {keys: [{name: a, secret: \(Self.secret)}]}")),
        ], 1
      ),
    ]
    for (arguments, status) in calls {
      let call = try await Call.atrest(["lint", "-q"] + arguments)
      #expect(call.status == status, "\(arguments)")
      #expect(call.errors == "" && call.lines.count == 1, "\(arguments)")
      #expect(!call.output.contains(Self.secret.prefix(12)))
    }
  }

  @Test func `the release, and what the API servers are started with`() async throws {
    let scratch = try Scratch()
    let v1 = try scratch.path("v1.yaml", Self.text("- kms: {name: a, endpoint: 'unix:///run/a'}"))
    let wide = try scratch.path(
      "wide.yaml", Self.text("- kms: {apiVersion: v2, name: a, endpoint: 'unix:///run/a'}", resources: "'*.*'"))
    let twice = try scratch.path(
      "twice.yaml", Self.text("- kms: {name: a, endpoint: 'unix:///a'}\n  - kms: {name: a, endpoint: 'unix:///b'}"))
    let calls: [([String], Int32)] = [
      ([v1], 2), (["--allow-kms-v1", v1], 0), (["--kubernetes-version", "1.29", v1], 2),
      (["--kubernetes-version", "v1.28.3+k3s1", v1], 0),
      (["--kubernetes-version", "1.31", "--allow-kms-v1", v1], 0), ([wide], 0),
      (["--kubernetes-version", "1.26", wide], 1), (["--allow-kms-v1", twice], 0),
      (["--allow-kms-v1", "--automatic-reload", twice], 2),
    ]
    for (arguments, status) in calls {
      #expect(try await Call.atrest(["lint", "-q"] + arguments).status == status, "\(arguments)")
    }
  }

  @Test func `the mode of the file`() async throws {
    let scratch = try Scratch()
    let path = try scratch.path("config.yaml", Self.text(Self.aescbc))
    for (mode, status) in [(0o644, 1), (0o640, 0)] as [(Int, Int32)] {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
      #expect(try await Call.atrest("lint", "-q", path).status == status)
      #expect(try await Call.atrest("lint", "-q", "--ignore-file-mode", path).status == 0)
    }
  }

  @Test func `standard input and pipes`() async throws {
    let scratch = try Scratch()
    let path = try scratch.path("config.yaml", Self.text(Self.identityFirst))
    let piped = try await Call.shell("cat \"$1\" | \"$0\" lint -q -", [path])
    #expect(piped.status == 1)
    #expect(piped.output == "FAIL  -  secrets are written in the clear: identity comes first\n")
    let snapshot = try await Call.shell("\"$0\" lint -q --snapshot - \"$1\" < \"$2\"", [path, Sample.mixed.path])
    #expect(snapshot.status == 1)
  }

  @Test(arguments: ["text", "json"])
  func `no byte of a secret is printed of files that are wrong`(format: String) async throws {
    let scratch = try Scratch()
    for (number, text) in [
      "- aescbc: {keys: [{name: key1, secret: \(Self.secret.dropLast())}]}", "- aescbc: \(Self.secret)",
      "- aescbc: {keys: [{name: \(Self.secret), secret: [\(Self.secret)]}]}", "- \(Self.secret): \(Self.secret)",
      "- aescbc: {keys: [{name: a, secret: *\(Self.secret.prefix(20))}]}", "\t\(Self.secret)",
      "- aescbc: {keys: [{name: a, secret: \"\(Self.secret)}]}",
    ].enumerated() {
      let path = try scratch.path("\(number).yaml", Self.text(text))
      let call = try await Call.atrest("lint", "--format", format, path)
      #expect(call.status == 2)
      #expect(!call.output.contains(Self.secret.prefix(10)) && !call.errors.contains(Self.secret.prefix(10)))
    }
  }

  @Test func `bad text is refused quickly`() async throws {
    let scratch = try Scratch()
    let aliases = "a: &a [x]\n" + (0..<30).map { "b\($0): &b\($0) [*a, *a]\n" }.joined()
    for (name, text) in [("deep", String(repeating: "[", count: 100_000)), ("aliases", aliases)] {
      let path = try scratch.path("\(name).yaml", Data(text.utf8))
      // Whoever computes for more than three seconds is killed.
      let call = try await Call.shell("ulimit -t 3; exec \"$0\" lint -q \"$1\"", [path])
      #expect(call.status == 2, "\(name)")
    }
    let large = try scratch.path("large.yaml", Data(repeating: 0x20, count: 50 << 20))
    #expect(try await Call.atrest("lint", "-q", large).output.contains("larger than 1 MiB"))
  }

  @Test func `a resource that Kubernetes does not know is accepted where that is asked for`() async throws {
    let scratch = try Scratch()
    let path = try scratch.path(
      "config.yaml", Self.text("- kms: {apiVersion: v2, name: a, endpoint: 'unix:///run/a'}", resources: "ignored"))
    let refused = try await Call.atrest("lint", "-q", "--resource", "ignored", path)
    #expect(refused.status == 2 && refused.errors.contains("add --allow-unknown-resource"))
    let accepted = try await Call.atrest("lint", "-q", "--resource", "ignored", "--allow-unknown-resource", path)
    #expect(accepted.status == 0)
    #expect(accepted.output.hasSuffix("  ignored are encrypted by kmsv2 a\n"))
    #expect(try await Call.atrest("lint", "-q", path).output.contains("no entry is for them"))
  }

  @Test func `what no program writes into, and what has no end`() async throws {
    let scratch = try Scratch()
    let pipe = scratch.directory.appending(path: "pipe").path(percentEncoded: false)
    // Whoever takes longer than thirty seconds is killed.
    let silent = try await Call.shell("mkfifo \"$1\"; timeout -s KILL 30 \"$0\" lint -q \"$1\"", [pipe])
    #expect(silent.status == 2 && silent.output.contains("no program opened it for writing within 10 seconds"))
    let seeds = try await Call.shell(
      "timeout -s KILL 30 \"$0\" verify --authenticate --dek-seeds \"$1\" \"$2\"", [pipe, Sample.mixed.path])
    #expect(seeds.status == 2 && seeds.errors.contains("no program opened it for writing within 10 seconds"))
    let late = try await Call.shell(
      "(sleep 2; cat \"$2\" > \"$1\") & timeout -s KILL 30 \"$0\" lint -q \"$1\"",
      [pipe, Self.configuration(of: "09-secretbox")])
    #expect(late.status == 0 && late.output.contains("encrypted by secretbox"))
    let endless = try await Call.shell("timeout -s KILL 30 \"$0\" lint -q /dev/zero", [])
    #expect(endless.status == 2 && endless.output.contains("larger than 1 MiB"))
    let endlessSeeds = try await Call.shell(
      "timeout -s KILL 30 \"$0\" verify --authenticate --dek-seeds /dev/zero \"$1\"", [Sample.mixed.path])
    #expect(endlessSeeds.status == 2 && endlessSeeds.errors.contains("/dev/zero: the file is larger than 64 MiB"))
  }
}
