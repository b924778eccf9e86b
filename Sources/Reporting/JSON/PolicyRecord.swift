import VerificationModel

/// The member `policy`.
struct PolicyRecord: Encodable {
  let failOn: String
  let layers: [String]
  let resources: [PrintableText]
  let encryptionConfig: EncryptionConfigRecord?
  /// The path of the policy file in force.
  let policyFile: PrintableText?
  let file: PolicyFileRecord?
  let encryption: [EncryptionDemandRecord]?
  /// Resources that `encryption` names and that were not examined, because the call names others.
  let encryptionNotExamined: [PrintableText]?
  /// What the call demands of all live values, as `--require-provider` has it.
  let requireProvider: PrintableText?
  /// What the caller calls the cluster.
  let cluster: String?
  /// What the report replaces by keyed digests.
  let redact: String?

  init(_ policy: Policy) {
    self.failOn = policy.failOnOption
    self.layers = Layer.allCases.filter(policy.layers.contains).map(\.rawValue)
    self.resources = policy.resources.map { PrintableText($0.description) }
    self.encryptionConfig = policy.configuration.map { EncryptionConfigRecord($0, of: policy) }
    self.policyFile = policy.file.map { PrintableText($0.path) }
    self.file = policy.file.map { PolicyFileRecord($0, of: policy) }
    self.encryption = policy.demands.map(EncryptionDemandRecord.init).unlessEmpty
    self.encryptionNotExamined = policy.unexaminedDemands.map { PrintableText($0.description) }.unlessEmpty
    self.requireProvider = policy.requiredProvider.map { PrintableText($0.description) }
    self.cluster = policy.cluster
    self.redact = policy.redaction?.rawValue
  }
}
