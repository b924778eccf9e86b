import VerificationModel

/// One of the `encryption` of a policy: how the live values of some resources must be encrypted.
struct EncryptionDemandRecord: Encodable {
  let resources: [PrintableText]
  let provider: String?
  let key: PrintableText?
  let lastWriteDays: Int?
  /// The first day that is not too long ago.
  let writtenSince: String?

  init(_ demand: EncryptionDemand) {
    self.resources = demand.resources.map { PrintableText($0.description) }
    self.provider = demand.provider?.provider.rawValue
    self.key = demand.provider?.name.map(PrintableText.init)
    self.lastWriteDays = demand.lastWrite?.days
    self.writtenSince = demand.lastWrite?.since.description
  }
}
