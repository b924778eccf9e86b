import EncryptionConfig
import Foundation
import Testing

/// No message may hold a secret, in whatever form.
@Suite struct SecrecyTests {
  @Test(arguments: RefusedFile.all)
  func refusalsHoldNoSecret(file: RefusedFile) throws {
    let refusal = #expect(throws: InvalidConfiguration.self) {
      try EncryptionConfiguration(file.text, for: file.server)
    }
    try Self.expectNoSecret(of: file.text, in: Self.prints(of: #require(refusal)))
  }

  @Test(arguments: LintedFile.all)
  func findingsHoldNoSecret(file: LintedFile) throws {
    for subject in [file.raising, file.silent] {
      let prints = try subject.findings().flatMap(Self.prints)
      try Self.expectNoSecret(of: subject.text, in: prints)
      let configuration = try EncryptionConfiguration(subject.text, for: subject.server)
      try Self.expectNoSecret(of: subject.text, in: Self.prints(of: configuration))
    }
  }

  /// Whatever member a secret is written into by mistake, no message quotes it.
  @Test(arguments: Self.places, [SampleKey.a, SampleKey.b, SampleKey.short, hex])
  func secretInAWrongPlaceIsNotQuoted(place: String, secret: String) throws {
    let text = RefusedFile.sound.replacing(place, with: "\(secret)", maxReplacements: 1)
    let prints: [String]
    do {
      let configuration = try EncryptionConfiguration(text)
      let findings = configuration.lint() + configuration.lint(against: SnapshotFacts(customResources: []))
      prints = findings.flatMap(Self.prints)
    } catch {
      prints = Self.prints(of: error)
    }
    try Self.expectNoSecret(of: text, in: prints)
  }

  @Test func brokenTextIsNotQuoted() throws {
    let secret = SampleKey.a
    for broken in [
      "secret: \(secret): \(secret)", "secret: \"\(secret)", "secret: '\(secret)", "secret: [\(secret)",
      "secret: *\(secret)", "secret: &\(secret)", "secret: !\(secret)", "secret: !<\(secret)> x", "secret: |\(secret)",
      "secret: %\(secret)",
      "\(secret)", "\(secret): 1\n              \(secret): 2", "? \(secret)", "- \(secret)", "secret: \"\\\(secret)\"",
      "secret: {\(secret): {\(secret): \(secret)}}", "secret: @\(secret)", "secret: \(secret)\u{0}", "<<: \(secret)",
    ] {
      let text = RefusedFile.sound.replacing("secret: \(secret)", with: broken)
      let refusal = #expect(throws: InvalidConfiguration.self, "\(broken)") { try EncryptionConfiguration(text) }
      if let refusal { try Self.expectNoSecret(of: text, in: Self.prints(of: refusal)) }
    }
  }

  private static let hex = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
  private static let places = [
    "apiserver.config.k8s.io/v1", "EncryptionConfiguration", "secrets", "configmaps", "key1", "vault", "v2", "5s",
    "unix:///run/kms/plugin.sock", "100", "identity", "{}", "kind", "keys", "aescbc", "'*.apps'", "apps",
  ]

  /// All that a value shows of itself.
  private static func prints(of value: some Any) -> [String] {
    var dump = ""
    Swift.dump(value, to: &dump)
    return [String(describing: value), String(reflecting: value), dump]
  }

  private static func expectNoSecret(of text: String, in prints: [String]) throws {
    let digits = try Regex("[A-Za-z0-9+/]{18,}={0,2}")
    for match in text.matches(of: digits) {
      let secret = String(text[match.range])
      guard secret.contains(where: \.isUppercase), secret.contains(where: { $0.isNumber || $0 == "=" }) || isHex(secret)
      else { continue }
      let decoded = Data(base64Encoded: secret).flatMap { String(data: $0, encoding: .utf8) }
      for print in prints {
        #expect(!print.contains(secret), "a secret shows")
        #expect(!print.contains(secret.prefix(12)), "the beginning of a secret shows")
        if let decoded, decoded.count > 3 { #expect(!print.contains(decoded), "a decoded secret shows") }
      }
    }
    #expect(!prints.contains { $0.contains(hex) })
  }

  private static func isHex(_ text: String) -> Bool { text.allSatisfy(\.isHexDigit) }
}
