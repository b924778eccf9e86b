import Foundation
import TestSupport
import Testing

@Suite("Verifying against a configuration and with keys")
struct ConfigurationOptionTests {
  private static func sample(_ name: String) -> (snapshot: String, configuration: String) {
    let folder = Program.repository.appending(path: "samples/\(name)").path(percentEncoded: false)
    return ("\(folder)/snapshot.db", "\(folder)/encryption-config.yaml")
  }

  /// Base64 of the keys in a configuration.
  private static func secrets(in configuration: String) throws -> [String] {
    try String(contentsOfFile: configuration, encoding: .utf8).split(separator: "\n").compactMap { line in
      let parts = line.split(separator: ":", maxSplits: 1)
      return parts[0].hasSuffix("secret") ? parts[1].trimmingCharacters(in: .whitespaces) : nil
    }
  }

  @Test(arguments: ["09-secretbox", "10-aesgcm", "13-multi-resource", "17-tampered"])
  func `the report says what was held against what`(name: String) async throws {
    let (snapshot, configuration) = Self.sample(name)
    let call = try await Call.atrest("verify", "-c", configuration, "--authenticate", "--format", "json", snapshot)
    #expect(call.status == (name == "17-tampered" ? 1 : 0))
    let report = try call.json()
    #expect(try JSONSchema.report().violations(in: report) == [])
    let check = report["policy"]?["encryptionConfig"]
    #expect(check?["path"]?.string == configuration)
    let bytes = try [UInt8](Data(contentsOf: URL(filePath: configuration)))
    let digest = try sha256sum(bytes).map { String(format: "%02x", $0) }.joined()
    #expect(check?["sha256"]?.string == digest)
    #expect(check?["authenticate"] == .bool(true))
    let keys = report["snapshots"]?.elements?.first?["encryption"]?.elements ?? []
    #expect(!keys.isEmpty)
    #expect(keys.allSatisfy { $0["inConfig"] != nil && $0["isWriteKey"] != nil && $0["authenticated"] != nil })
    for secret in try Self.secrets(in: configuration) { #expect(!call.output.contains(secret)) }
    #expect(!call.output.contains("CANARY"))
  }

  @Test func `text tells of the file, and of what does not decrypt`() async throws {
    let (snapshot, configuration) = Self.sample("17-tampered")
    let call = try await Call.atrest("verify", "-c", configuration, "--authenticate", snapshot)
    #expect(call.lines.first?.contains("do not decrypt, ") == true)
    #expect(call.lines.first?.contains(" were moved here from other objects") == true)
    #expect(call.lines.first?.contains(" encrypted values authenticated") == true)
    #expect(call.sentences.contains("written by aescbc:key1"))
    #expect(call.output.contains("moved from /registry/secrets/"))
    #expect(!call.output.contains("CANARY"))
  }

  @Test func `from a pipe the same is found`() async throws {
    let (snapshot, configuration) = Self.sample("17-tampered")
    let call = try await Call.shell(
      #""$0" verify -c "$2" --authenticate --format json - < "$1" | cat"#, [snapshot, configuration])
    let piped = try call.json()["snapshots"]?.elements?.first
    let file = try await Call.atrest("verify", "-c", configuration, "--authenticate", "--format", "json", snapshot)
      .json()["snapshots"]?.elements?.first
    #expect(piped?["findingCounts"] == file?["findingCounts"])
    #expect(piped?["encryption"] == file?["encryption"])
  }

  @Test func `a configuration that writes plaintext fails what is encrypted still, and nothing is to be rewritten`()
    async throws
  {
    let trial = Trial("identity-first")
    let call = try await Call.atrest(
      "verify", "-c", trial.path("encryption-config.json"), trial.path("snapshot.db"))
    #expect(call.status == 1)
    #expect(call.lines[0].hasPrefix("FAIL  "))
    #expect(call.lines[0].contains("6 secrets encrypted, but the configuration writes new values in plaintext"))
    #expect(call.output.contains("\nCRITICAL  config-identity-first (1)\n"))
    let advice = try #require(call.sentences.split(separator: " Next: ").last)
    #expect(advice.contains("put an encrypting provider first for secrets"))
    #expect(!advice.contains("replace") && !advice.lowercased().contains("rewrite"))
  }

  @Test func `without --authenticate nothing is decrypted`() async throws {
    let (snapshot, configuration) = Self.sample("17-tampered")
    let call = try await Call.atrest("verify", "-c", configuration, "--format", "json", snapshot)
    let counts = try call.json()["snapshots"]?.elements?.first?["findingCounts"]
    #expect(counts?["key-not-in-config"] != nil)
    #expect(counts?["authentication-failed"] == nil)
  }

  @Test(arguments: [
    ("aescbc:\n      keys:\n      - name: key1\n        secret: c0ffeeSECRET", "secret"),
    ("kms:\n      name: x", "kms"), ("nothing: {}", "providers"),
  ])
  func `a configuration that no API server would take ends in 2`(provider: String, place: String) async throws {
    let scratch = try Scratch()
    let text = """
      apiVersion: apiserver.config.k8s.io/v1
      kind: EncryptionConfiguration
      resources:
      - resources: [secrets]
        providers:
        - \(provider)
      """
    let path = try scratch.path("config.yaml", Data(text.utf8))
    let call = try await Call.atrest("verify", "-c", path, Self.sample("10-aesgcm").snapshot)
    #expect(call.status == 2)
    #expect(call.output == "")
    #expect(call.errors.hasPrefix("atrest: \(path): line "))
    #expect(call.errors.contains(place))
    #expect(!call.errors.contains("c0ffee"))
  }

  @Test func `a configuration inside a Secret is read, and one of several different ones is not guessed`() async throws
  {
    let (snapshot, configuration) = Self.sample("10-aesgcm")
    let scratch = try Scratch()
    let bytes = try Data(contentsOf: URL(filePath: configuration))
    let secret = "apiVersion: v1\nkind: Secret\ndata:\n  encryption-config: \(bytes.base64EncodedString())\n"
    let path = try scratch.path("secret.yaml", Data(secret.utf8))
    let call = try await Call.atrest("verify", "-c", path, "--authenticate", snapshot)
    #expect(call.status == 0)
    #expect(call.sentences.contains("the configuration is in a Secret: data.encryption-config, line 4"))
    let other = Data(String(decoding: bytes, as: UTF8.self).replacing("- secrets", with: "- configmaps").utf8)
    let two = try scratch.path("two.yaml", Data((secret + "  other: \(other.base64EncodedString())\n").utf8))
    let refused = try await Call.atrest("verify", "-c", two, snapshot)
    #expect(refused.status == 2 && refused.errors.contains("several configurations"))
  }

  @Test func `a configuration that is not there ends in 2`() async throws {
    let call = try await Call.atrest("verify", "-c", "missing.yaml", Self.sample("10-aesgcm").snapshot)
    #expect(call.status == 2)
    #expect(call.errors.hasPrefix("atrest: missing.yaml: "))
  }

  @Test(arguments: [
    (["--authenticate"], "--authenticate needs keys: add --encryption-config or --dek-seeds"),
    (["--dek-seeds", "x"], "--dek-seeds and --aad-strip-prefix need --authenticate"),
    (["--aad-strip-prefix", "/x"], "--dek-seeds and --aad-strip-prefix need --authenticate"),
    (["-c", ""], "--encryption-config names no file: is a variable unset that should hold the path?"),
    (["--require-provider", "kms"], "the value 'kms' is invalid for '--require-provider <provider[:name]>'"),
  ])
  func `options that need others`(arguments: [String], sentence: String) async throws {
    let call = try await Call.atrest(["verify"] + arguments + ["a.db"])
    #expect(call.status == 2)
    #expect(call.errors.hasPrefix("atrest: \(sentence)"))
  }

  @Test func `seeds are read from a pipe, and named by line where they are wrong`() async throws {
    let (snapshot, configuration) = Self.sample("11-kms-v2")
    let good = try await Call.shell(
      #"printf '# nothing\n' | "$0" verify -c "$2" --authenticate --dek-seeds /dev/stdin --fail-on high -q "$1""#,
      [snapshot, configuration])
    #expect(good.status == 1)
    #expect(good.output.contains("but nothing could be decrypted with the keys given (0 of "))
    let bad = try await Call.shell(
      #"printf '\nkek = c0ffee\n' | "$0" verify -c "$2" --authenticate --dek-seeds /dev/stdin "$1""#,
      [snapshot, configuration])
    #expect(bad.status == 2)
    #expect(bad.errors == "atrest: /dev/stdin: line 2: the secret must have 16, 24, or 32 to 1024 bytes\n")
  }

  @Test func `a provider that is required fails what another one encrypts`() async throws {
    let (snapshot, _) = Self.sample("10-aesgcm")
    #expect(try await Call.atrest("verify", "--require-provider", "aesgcm", snapshot).status == 0)
    #expect(try await Call.atrest("verify", "--require-provider", "aesgcm:gcm-key-1", snapshot).status == 0)
    #expect(try await Call.atrest("verify", "--require-provider", "aesgcm:other", snapshot).status == 1)
    #expect(try await Call.atrest("verify", "--require-provider", "kmsv2", snapshot).status == 1)
  }
}
