import VerificationModel

/// The member `policy.file`: the policy file in force, and what it says of findings.
struct PolicyFileRecord: Encodable {
  let path: PrintableText
  let sha256: String?
  let severities: [String: String]?
  let waivers: [PolicyWaiverRecord]?

  init(_ source: PolicySource, of policy: Policy) {
    self.path = PrintableText(source.path)
    self.sha256 = source.digest.map(policy.text)
    self.severities =
      Dictionary(uniqueKeysWithValues: source.severities.map { ($0.key.rawValue, $0.value.rawValue) }).unlessEmpty
    self.waivers = source.waivers.map(PolicyWaiverRecord.init).unlessEmpty
  }
}
