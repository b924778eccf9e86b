import Foundation
import TestSupport
import Testing

@Suite("Forged values end in status 1, and are never printed")
struct ForgedValueTests {
  /// A snapshot among the fixtures, and what is right about it.
  struct Trial: Sendable, CustomTestStringConvertible {
    let file: String
    let rule: String
    let reason: String?
    var testDescription: String { file }

    init(_ file: String, _ rule: String, _ reason: String?) {
      self.file = file
      self.rule = rule
      self.reason = reason
    }
  }

  private static let trials = [
    Trial("forged-deep/forge-rand192.db", "plaintext-live", "forged-envelope"),
    Trial("forged-deep/forge-sandwich-aesgcm.db", "plaintext-live", "forged-envelope"),
    Trial("short-body/fx-47.db", "malformed-envelope", "not-ciphertext"),
    Trial("kms-headers/kms1-dek-json-deep.db", "plaintext-live", "forged-envelope"),
    Trial("kms-headers/kms2-annot-plain.db", "plaintext-live", "forged-envelope"),
    Trial("kms2-keyid-value/kms2-kid-plain.db", "plaintext-live", "forged-envelope"),
    Trial("misplaced-forged/misplaced-bom.db", "misplaced-object", "behind-other-bytes"),
    Trial("misplaced-forged/misplaced-forged.db", "misplaced-object", "forged-envelope"),
  ]

  private static func path(_ file: String) -> String {
    Program.repository.appending(path: "Tests/TestSupport/Fixtures/trials/\(file)").path(percentEncoded: false)
  }

  /// What the forged Secrets hold, as it stands in them, in hexadecimal and in base64 of any alignment.
  private static let canaries: [String] = {
    let canary = Array("CANARYp4ssw0rdZZ".utf8)
    let base64 = (0..<3).map { shift in
      let text = Data([UInt8](repeating: 0, count: shift) + canary).base64EncodedString()
      return String(text.dropFirst(4).prefix(12))
    }
    return ["CANARY", canary.map { String(format: "%02x", $0) }.joined()] + base64
  }()

  @Test(arguments: trials)
  func `verify fails, with the right reason`(trial: Trial) async throws {
    let call = try await Call.atrest("verify", "--format", "json", Self.path(trial.file))
    #expect(call.status == 1)
    let report = try call.json()
    #expect(try JSONSchema.report().violations(in: report) == [])
    let findings = report["snapshots"]?.elements?.first?["findings"]?.elements ?? []
    let finding = try #require(findings.first { $0["rule"]?.string == trial.rule })
    #expect(finding["reason"]?.string == trial.reason)
  }

  @Test(arguments: trials)
  func `no output holds the value`(trial: Trial) async throws {
    let path = Self.path(trial.file)
    let calls =
      [["verify", path]] + ["json", "ndjson"].map { ["verify", "--format", $0, path] }
      + [["inspect", path], ["inspect", "--format", "json", path]]
    for arguments in calls {
      let call = try await Call.atrest(arguments)
      for canary in Self.canaries { #expect(!call.output.contains(canary), "\(arguments)") }
      #expect(!call.output.contains("apiVersion"), "\(arguments)")
    }
  }

  @Test func `a key that is the name of a key is not printed`() async throws {
    let configuration = Self.path("config-key-as-name/config.yaml")
    let key = "Q09ORklHS0VZQllURVMwMTIzNDU2Nzg5YWJjZGVmZ2g="
    #expect(try String(contentsOfFile: configuration, encoding: .utf8).contains(key))
    for format in ["text", "json", "ndjson"] {
      let call = try await Call.atrest(
        "verify", "-c", configuration, "--format", format, Self.path("config-key-as-name/snapshot.db"))
      #expect(call.status == 1)
      #expect(!call.output.contains("Q09ORkl"))
      #expect(!call.output.contains("ZmdoPQ"))
      #expect(call.output.contains("sha256:"))
    }
    #expect(try await !Call.atrest("lint", configuration).output.contains("Q09ORkl"))
  }

  @Test func `keys that name a cluster are those of Secrets`() async throws {
    let call = try await Call.atrest("verify", Self.path("kcp/snapshot.db"))
    #expect(call.status == 1)
    #expect(call.lines.first?.contains("3 of 6 secrets are plaintext") == true)
    #expect(call.output.contains("/registry/core"))
  }
}
