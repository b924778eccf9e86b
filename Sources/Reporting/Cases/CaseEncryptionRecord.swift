import VerificationModel

/// The key that an encrypted value names.
struct CaseEncryptionRecord: Encodable {
  let provider: String
  let name: PrintableText?
  let keyID: PrintableText?

  init(_ encryption: StoredRow.Encryption) {
    provider = encryption.provider.rawValue
    name = encryption.keyName.map(PrintableText.init)
    keyID = encryption.keyID.map(PrintableText.init)
  }
}
