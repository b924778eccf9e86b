import VerificationModel

/// A finding's `waived`: that someone accepts it.
struct WaiverRecord: Encodable {
  let reason: PrintableText
  let acceptedBy: PrintableText
  let expires: PrintableText?

  init(_ waiver: Waiver) {
    self.reason = PrintableText(waiver.reason)
    self.acceptedBy = PrintableText(waiver.acceptedBy)
    self.expires = waiver.expiry.map(PrintableText.init)
  }
}
