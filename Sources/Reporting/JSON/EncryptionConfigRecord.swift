import VerificationModel

/// The member `policy.encryptionConfig`.
struct EncryptionConfigRecord: Encodable {
  let path: PrintableText
  let sha256: String
  let authenticate: Bool

  init(_ check: ConfigurationCheck, of policy: Policy) {
    self.path = PrintableText(check.path)
    self.sha256 = policy.text(of: check.digest)
    self.authenticate = policy.decryption != nil
  }
}
