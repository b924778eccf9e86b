import Cryptography

/// The policy file in force: which it is, and what it says of findings.
public struct PolicySource: Hashable, Sendable {
  /// The path it was read from, as the caller gave it.
  public let path: String
  /// SHA-256 of the file; nil where a report may not tell it.
  public let digest: SHA256Digest?
  /// The severities that it gives to findings in place of their own.
  public let severities: [Rule: Severity]
  /// What it waives, in the order of the file, with what no longer holds.
  public let waivers: [PolicyWaiver]

  /// A policy that was read from `path`.
  public init(
    path: String, digest: SHA256Digest?, severities: [Rule: Severity] = [:], waivers: [PolicyWaiver] = []
  ) {
    self.path = path
    self.digest = digest
    self.severities = severities
    self.waivers = waivers
  }
}
