import ConfigurationAudit
import EncryptionConfig
import TestSupport
import VerificationModel

@testable import Reporting

/// Reports about configurations.
enum LintSample {
  static let keys = ["7C5mB0SyP0cX3tdN0Qb1F4j8r9mYgqv5y3b1k2T7m2I=", "b6H1fK2q0mY8xJ5cVd9sW3eR7tZ4uP1oL0nM6aQ2gEk="]
  static let kms = "kms: {apiVersion: v2, name: vault, endpoint: 'unix:///run/kms/plugin.sock'}"
  static let identity = "identity: {}"

  static func aescbc(_ name: String = "key1") -> String {
    "aescbc: {keys: [{name: \"\(name)\", secret: '\(keys[0])'}]}"
  }

  /// The report about a file of these entries, each resources and providers, named `config.yaml`.
  static func report(
    _ entries: (resources: String, providers: [String])..., policy: LintPolicy = LintPolicy(ignoresFileMode: true),
    snapshot: [UInt8]? = nil
  ) throws -> LintReport {
    let lines = entries.flatMap { entry in
      ["- resources: [\(entry.resources)]", "  providers:"] + entry.providers.map { "  - \($0)" }
    }
    let header = ["apiVersion: apiserver.config.k8s.io/v1", "kind: EncryptionConfiguration", "resources:"]
    return try report((header + lines).joined(separator: "\n"), policy: policy, snapshot: snapshot)
  }

  /// The report about a file of this text.
  static func report(
    _ text: String, policy: LintPolicy = LintPolicy(ignoresFileMode: true), snapshot: [UInt8]? = nil
  ) throws -> LintReport {
    let directory = try TemporaryDirectory()
    let file = try directory.file("config.yaml", Array(text.utf8))
    return LintReport(on: file, policy: policy, snapshot: try snapshot.map { try directory.file("backup.db", $0) })
  }

  /// The text about `report`, its path being `config.yaml`.
  static func text(_ report: LintReport, color: Bool = false, isQuiet: Bool = false) -> String {
    var report = report
    report.path = "config.yaml"
    return LintText(color: color, isQuiet: isQuiet).render(report)
  }
}
