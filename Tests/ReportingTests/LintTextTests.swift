import ConfigurationAudit
import EncryptionConfig
import KubernetesStorage
import TestSupport
import Testing
import VerificationModel

@testable import Reporting

@Suite("The text about a configuration")
struct LintTextTests {
  private func headline(_ report: LintReport) -> String {
    String(LintSample.text(report, isQuiet: true).dropLast())
  }

  @Test func `who writes what`() throws {
    let aescbc = LintSample.aescbc()
    #expect(
      headline(try LintSample.report(("secrets", [LintSample.kms])))
        == "PASS  config.yaml  secrets are encrypted by kmsv2 vault")
    #expect(
      headline(try LintSample.report(("secrets", [aescbc])))
        == "PASS  config.yaml  secrets are encrypted by aescbc key1 (2 findings below --fail-on high)")
    #expect(
      headline(try LintSample.report(("secrets", [LintSample.identity, aescbc])))
        == "FAIL  config.yaml  secrets are written in the clear: identity comes first")
    #expect(
      headline(try LintSample.report(("configmaps", [LintSample.kms])))
        == "FAIL  config.yaml  secrets are written in the clear: no entry is for them")
    #expect(
      headline(try LintSample.report(("secrets, secret", [LintSample.kms])))
        == "FAIL  config.yaml  secrets are encrypted by kmsv2 vault, but a resource in the file does not exist")
  }

  @Test func `several resources are counted`() throws {
    let policy = LintPolicy(
      required: [.resource(.secrets), .resource(GroupResource("configmaps")), .resource(GroupResource("events"))],
      ignoresFileMode: true)
    let covered = try LintSample.report(("secrets, configmaps, events", [LintSample.kms]), policy: policy)
    #expect(headline(covered) == "PASS  config.yaml  all 3 resources are encrypted by kmsv2 vault")
    let mixed = try LintSample.report(
      ("secrets", [LintSample.kms]), ("events", [LintSample.identity]), policy: policy)
    #expect(
      headline(mixed)
        == "FAIL  config.yaml  2 of 3 resources are written in the clear: identity comes first, or no entry is for them"
    )
  }

  @Test func `what the policy tolerates`() throws {
    let policy = LintPolicy(failOn: nil, ignoresFileMode: true)
    let report = try LintSample.report(("secrets", [LintSample.identity]), policy: policy)
    #expect(
      headline(report)
        == "PASS  config.yaml  secrets are written in the clear: identity comes first (tolerated by --fail-on never)")
  }

  @Test func `what no API server starts with`() throws {
    #expect(
      headline(try LintSample.report(""))
        == "ERROR  config.yaml  no API server starts with it: the file is empty")
    let text = LintSample.text(try LintSample.report(("Secrets", ["identity: 1", "{}"])))
    #expect(
      text == """
        ERROR  config.yaml  no API server starts with it: line 4,
               resources[0].resources[0]: 'Secrets' has a capital letter: write
               'secrets', and 2 more errors

        Errors (3)
          line 4, resources[0].resources[0]: 'Secrets' has a capital letter: write
            'secrets'
          line 6, resources[0].providers[0].identity: this must be a mapping
          line 7, resources[0].providers[1]: no provider is named here; possible are
            'aescbc', 'aesgcm', 'identity', 'kms', 'secretbox'

        Next:  Fix the file: an API server rejects it, or keeps using the version it
               loaded before.

        """)
    let missing = LintReport(on: "nowhere/config.yaml", policy: LintPolicy())
    #expect(LintText(isQuiet: true).render(missing) == "ERROR  nowhere/config.yaml  no such file\n")
  }

  @Test func `the whole text`() throws {
    let report = try LintSample.report(
      ("secrets", [LintSample.identity, LintSample.aescbc()]), ("'*.*'", [LintSample.kms, LintSample.identity]))
    let digest = try #require(report.configuration?.digest.description)
    #expect(
      LintSample.text(report).replacing(digest, with: "DIGEST") == """
        FAIL  config.yaml  secrets are written in the clear: identity comes first

        Resources  written by   also read by
          secrets  identity     aescbc key1
          *.*      kmsv2 vault  identity

        File  sha256:DIGEST

        CRITICAL  config-identity-first (1)
          identity is the first provider, so new values are written in the clear
          line 6, resources[0].providers[0].identity
            'secrets': identity stands before the providers that encrypt, so new values
            are written in the clear though the entry looks encrypted

        Next:  Put the encrypting provider first and keep 'identity: {}' behind it.
               Restart every API server, and only then rewrite all objects.
               atrest explain config-identity-first

        """)
  }

  @Test func `what is left to do for a sound file is to look whether it is in force`() throws {
    let text = LintSample.text(try LintSample.report(("secrets", [LintSample.kms])))
    #expect(text.hasSuffix("       atrest lint --snapshot SNAPSHOT config.yaml\n"))
  }

  @Test func `a snapshot that can't be read`() throws {
    let report = try LintSample.report(("secrets", [LintSample.kms]), snapshot: Array("none".utf8))
    let text = LintSample.text(report)
    #expect(text.hasPrefix("ERROR  config.yaml  snapshot"))
    #expect(text.contains("\nErrors (1)\n  not-a-snapshot: ") && text.contains("\n       atrest inspect /"))
  }

  @Test func `nothing is wider than a terminal, and no name acts on it`() throws {
    let name = "\u{1B}[31m\u{202E}" + String(repeating: "name", count: 12)
    let resources = (0..<30).map { "r\($0).\(String(repeating: "long", count: 12)).io" }.joined(separator: ", ")
    let escaped = name.replacing("\u{1B}", with: "\\e").replacing("\u{202E}", with: "\\u202E")
    let report = try LintSample.report(
      (resources, [LintSample.aescbc(escaped), LintSample.kms, LintSample.identity, LintSample.aescbc("b\(escaped)")]))
    for isQuiet in [true, false] {
      let text = LintSample.text(report, isQuiet: isQuiet)
      #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
      #expect(!text.contains("\u{202E}"))
    }
    let lines = LintSample.text(report).split(separator: "\n")
    #expect(lines.filter { String($0).columns > Style.defaultWidth } == [])
    #expect(lines.contains { $0.hasPrefix("  … and 10 more") })
  }

  @Test func `color marks the verdict and the severities`() throws {
    let text = LintSample.text(
      try LintSample.report(("secrets", [LintSample.identity, LintSample.aescbc()])), color: true)
    #expect(text.hasPrefix("\u{1B}[1;31mFAIL\u{1B}[0m  "))
    #expect(text.contains("\u{1B}[31midentity\u{1B}[0m") && text.contains("\u{1B}[1;31mCRITICAL\u{1B}[0m"))
  }
}
