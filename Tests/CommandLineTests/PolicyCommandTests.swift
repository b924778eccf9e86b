import Foundation
import TestSupport
import Testing

@Suite("Policies on the command line")
struct PolicyCommandTests {
  private static let sample = Program.repository.appending(path: "samples/policy.yaml").path(percentEncoded: false)

  private static func policy(_ text: String, in scratch: Scratch) throws -> String {
    try scratch.path("policy.yaml", Data(text.utf8))
  }

  private static func waiver(_ rule: String, _ members: String = "", expires: String = "2099-12-31") -> String {
    "  - {rule: \(rule), \(members)reason: known and rotated, acceptedBy: J. Doe, expires: \(expires)}\n"
  }

  @Test func `check says what a policy demands and waives`() async throws {
    let call = try await Call.atrest("policy", "check", Self.sample)
    #expect(call.status == 0 && call.errors == "")
    #expect(call.lines.first?.hasPrefix("PASS  \(Self.sample)  well formed; 1 demand on encryption, 2 waivers") == true)
    #expect(call.sentences.contains("secrets: by aescbc:key1"))
    #expect(call.sentences.contains("plaintext-history /registry/secrets/*/* secrets history"))
    let document = try await Call.atrest("policy", "check", "--format", "json", Self.sample).json()
    #expect(try JSONSchema.policyCheck().violations(in: document) == [])
    #expect(document["valid"] == .bool(true) && document["waivers"]?.elements?.count == 2)
  }

  @Test func `check tells of what has expired, and what is wrong`() async throws {
    let scratch = try Scratch()
    let path = try Self.policy("waivers:\n" + Self.waiver("hash-missing", expires: "2020-01-31"), in: scratch)
    let expired = try await Call.atrest("policy", "check", path)
    #expect(expired.status == 0 && expired.lines.first?.hasSuffix("1 waiver, 1 expired") == true)
    #expect(expired.output.contains("EXPIRED on 2020-01-31: hash-missing"))
    let wrong = try Self.policy("waivers:\n" + Self.waiver("hash-misin") + "\u{202E}x: 1\n", in: scratch)
    let call = try await Call.atrest("policy", "check", wrong)
    #expect(call.status == 2 && call.lines.first?.hasSuffix("can't be understood: 2 errors") == true)
    let sentence = "line 2, waivers[0].rule: there is no rule 'hash-misin': did you mean 'hash-missing'?"
    #expect(call.sentences.contains(sentence))
    #expect(!call.output.contains("\u{202E}") && call.errors == "")
    let document = try await Call.atrest("policy", "check", "--format", "json", wrong)
    #expect(document.status == 2)
    #expect(try JSONSchema.policyCheck().violations(in: document.json()) == [])
    #expect(try document.json()["errors"]?.elements?.count == 2)
  }

  @Test(arguments: [
    (["policy"], "a command is missing after 'policy': the only one is 'atrest policy check'", "policy"),
    (["policy", "chek"], "no such command 'policy chek'; the only one is 'atrest policy check'", "policy"),
    (["policy", "check"], "a policy is missing: name its file, or - for standard input", "policy check"),
  ])
  func `a wrong call`(arguments: [String], sentence: String, command: String) async throws {
    let call = try await Call.atrest(arguments)
    #expect(call.status == 2 && call.output == "")
    #expect(call.errors == "atrest: \(sentence)\nTry 'atrest \(command) --help'.\n")
  }

  @Test(arguments: [["policy", "--help"], ["policy", "check", "--help"]])
  func help(arguments: [String]) async throws {
    let call = try await Call.atrest(arguments)
    #expect(call.status == 0 && call.output.hasPrefix("USAGE: atrest policy "))
    #expect(call.lines.allSatisfy { $0.count <= 80 })
  }

  @Test func `what is waived passes, and stands in every format with its reason`() async throws {
    let scratch = try Scratch()
    let text = "waivers:\n" + Self.waiver("plaintext-history") + Self.waiver("plaintext-residue")
    let path = try Self.policy(text, in: scratch)
    let sample = Sample.rewritten.path
    #expect(try await Call.atrest("verify", sample).status == 1)
    let call = try await Call.atrest("verify", "--policy", path, sample)
    #expect(call.status == 0, "\(call.output)")
    #expect(call.lines.first?.contains("waived by the policy") == true)
    #expect(call.output.contains("WAIVED  plaintext-history ("))
    #expect(call.sentences.contains("accepted by J. Doe until 2099-12-31: known and rotated"))
    #expect(call.output.contains("Policy  \(path)"))
    let report = try await Call.atrest("verify", "--policy", path, "--format", "json", sample).json()
    #expect(try JSONSchema.report().violations(in: report) == [])
    let snapshot = report["snapshots"]?.elements?.first
    let waived = snapshot?["waived"]?.elements ?? []
    #expect(!waived.isEmpty && waived.allSatisfy { $0["waived"]?["reason"]?.string == "known and rotated" })
    let digest = try sha256sum([UInt8](text.utf8)).map { String(format: "%02x", $0) }.joined()
    #expect(report["policy"]?["file"]?["sha256"]?.string == digest)
    #expect(report["policy"]?["policyFile"]?.string == path)
    let lines = try await Call.atrest("verify", "--policy", path, "--format", "ndjson", sample).jsonLines()
    #expect(lines.filter { $0["waived"]?["acceptedBy"]?.string == "J. Doe" }.count == waived.count)
    #expect(lines.first?["policy"]?["file"]?["sha256"]?.string == digest)
  }

  @Test func `a waiver that has expired, and one that nothing needs, are told`() async throws {
    let scratch = try Scratch()
    let path = try Self.policy(
      "waivers:\n" + Self.waiver("plaintext-history", expires: "2020-01-31") + Self.waiver("nonce-reuse"), in: scratch)
    let call = try await Call.atrest("verify", "--policy", path, Sample.rewritten.path)
    #expect(call.status == 1)
    #expect(call.sentences.contains("expired on 2020-01-31: plaintext-history (line 2, accepted by J. Doe)"))
    #expect(call.sentences.contains("Unused waivers (1): nothing that was found needs them nonce-reuse"))
    let report = try await Call.atrest("verify", "--policy", path, "--format", "json", Sample.rewritten.path).json()
    #expect(try JSONSchema.report().violations(in: report) == [])
    #expect(report["unusedWaivers"]?.elements?.compactMap { $0["rule"]?.string } == ["nonce-reuse"])
    #expect(report["policy"]?["file"]?["waivers"]?[0]?["expired"] == .bool(true))
  }

  @Test func `what a demand names is examined, unless the call names other resources`() async throws {
    let scratch = try Scratch()
    let path = try Self.policy("encryption: [{resources: [configmaps], provider: aescbc}]\n", in: scratch)
    let call = try await Call.atrest("verify", "--policy", path, "--format", "json", Sample.clean.path)
    #expect(call.status == 1 && call.errors == "")
    let report = try call.json()
    #expect(report["policy"]?["resources"] == .array([.string("secrets"), .string("configmaps")]))
    let findings = report["snapshots"]?[0]?["findings"]?.elements ?? []
    #expect(findings.contains { $0["resource"] == .string("configmaps") && $0["rule"] == .string("plaintext-live") })
    let other = try await Call.atrest(
      "verify", "--policy", path, "--resource", "secrets", "--format", "json", Sample.clean.path)
    #expect(other.status == 0)
    #expect(
      other.errors == "atrest: what the policy demands of configmaps was not examined: the call names other resources\n"
    )
    #expect(try other.json()["policy"]?["encryptionNotExamined"] == .array([.string("configmaps")]))
    #expect(try JSONSchema.report().violations(in: other.json()) == [])
    let configuration = Sample.directory.appending(path: "\(Sample.clean.name)/encryption-config.yaml")
    let configured = try await Call.atrest(
      "verify", "--policy", path, "-c", configuration.path(percentEncoded: false), Sample.clean.path)
    #expect(configured.status == 1 && configured.errors == "")
    let check = try await Call.atrest("policy", "check", path)
    #expect(check.sentences.contains("Resources secrets, configmaps, unless the call names others"))
    let checked = try await Call.atrest("policy", "check", "--format", "json", path).json()
    #expect(checked["scope"] == .array([.string("secrets"), .string("configmaps")]))
    #expect(try JSONSchema.policyCheck().violations(in: checked) == [])
  }

  @Test func `options of the call win`() async throws {
    let scratch = try Scratch()
    let path = try Self.policy("failOn: never\nlayers: [live]\nresources: [configmaps]\n", in: scratch)
    let file = try await Call.atrest("verify", "--policy", path, "--format", "json", Sample.mixed.path).json()
    #expect(file["policy"]?["failOn"]?.string == "never")
    #expect(file["policy"]?["resources"] == .array([.string("configmaps")]))
    let call = try await Call.atrest(
      "verify", "--policy", path, "--fail-on", "high", "--layers", "live,history", "--resource", "secrets",
      "--format", "json", Sample.mixed.path)
    #expect(call.status == 1)
    let policy = try call.json()["policy"]
    #expect(policy?["failOn"]?.string == "high" && policy?["resources"] == .array([.string("secrets")]))
    #expect(policy?["layers"] == .array([.string("live"), .string("history")]))
  }

  @Test func `errors and an empty scope can't be waived, and a wrong policy is no call`() async throws {
    let scratch = try Scratch()
    for rule in ["nothing-in-scope", "nothing-authenticated", "damaged-page", "hash-mismatch"] {
      let path = try Self.policy("waivers:\n" + Self.waiver(rule), in: scratch)
      let call = try await Call.atrest("verify", "--policy", path, Sample.clean.path)
      #expect(call.status == 2 && call.output == "")
      #expect(call.errors.hasPrefix("atrest: \(path): line 2, waivers[0].rule: \(rule) can't be waived"))
    }
    let missing = try await Call.atrest("verify", "--policy", "\(scratch.path)/none", Sample.clean.path)
    #expect(missing.status == 2 && missing.errors == "atrest: \(scratch.path)/none: no such file\n")
  }

  // MARK: Redaction

  @Test(arguments: ["text", "json", "ndjson"])
  func `a redacted report has no name and no path in it`(format: String) async throws {
    let arguments = ["verify", "--redact", "--list-exposed", "--format", format, Sample.plain.path]
    let call = try await Call.atrest(arguments)
    #expect(call.status == 1 && call.errors == "")
    let plain = try await Call.atrest("verify", "--format", "json", Sample.plain.path).json()
    let findings = plain["snapshots"]?.elements?.first?["findings"]?.elements ?? []
    let names = Set(findings.flatMap { [$0["name"]?.string, $0["key"]?.string] }.compactMap(\.self))
    #expect(names.count > 10)
    for name in names where name.count > 6 { #expect(!call.output.contains(name), "\(name)") }
    #expect(!call.output.contains("samples/") && call.output.contains("r:"))
    if format == "json" { #expect(try JSONSchema.report().violations(in: call.json()) == []) }
  }

  @Test func `one key gives one digest, and namespaces may stay`() async throws {
    let scratch = try Scratch()
    let key = try scratch.path("key", Data("0123456789abcdef0123456789abcdef\n".utf8))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
    func findings(_ options: String...) async throws -> [JSONValue] {
      let call = try await Call.atrest(["verify", "--format", "json"] + options + [Sample.plain.path])
      return try call.json()["snapshots"]?.elements?.first?["findings"]?.elements ?? []
    }
    let first = try await findings("--redact", "--redact-key", key)
    #expect(try await findings("--redact-key", key, "--redact") == first)
    #expect(try await findings("--redact") != first)
    let named = try await findings("--redact=names", "--redact-key", key)
    #expect(named.map { $0["name"] } == first.map { $0["name"] })
    #expect(named.allSatisfy { $0["namespace"]?.string?.hasPrefix("r:") != true })
  }

  @Test(arguments: [
    (["--redact=all-of-it"], "write --redact, or --redact=names, which keeps namespaces"),
    (["--redact-key", "k"], "--redact-key needs --redact"),
    (["--redact", "--redact-key", "none"], "none: no such file"),
  ])
  func `a wrong call of it`(options: [String], words: String) async throws {
    let call = try await Call.atrest(["verify"] + options + [Sample.clean.path])
    #expect(call.status == 2 && call.output == "" && call.errors.contains(words), "\(call.errors)")
  }
}
