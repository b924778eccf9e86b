import VerificationModel

/// The member `policy.encryptionConfig`.
struct EncryptionConfigRecord: Encodable {
  let path: PrintableText
  let sha256: String
  let authenticate: Bool

  init(_ check: ConfigurationCheck, authenticate: Bool) {
    self.path = PrintableText(check.path)
    self.sha256 = check.digest.description
    self.authenticate = authenticate
  }
}
