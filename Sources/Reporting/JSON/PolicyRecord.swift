import VerificationModel

/// The member `policy`.
struct PolicyRecord: Encodable {
  let failOn: String
  let layers: [String]
  let resources: [PrintableText]
  let encryptionConfig: EncryptionConfigRecord?

  init(_ policy: Policy) {
    self.failOn = policy.failOnOption
    self.layers = Layer.allCases.filter(policy.layers.contains).map(\.rawValue)
    self.resources = policy.resources.map { PrintableText($0.description) }
    self.encryptionConfig = policy.configuration.map {
      EncryptionConfigRecord($0, authenticate: policy.decryption != nil)
    }
  }
}
