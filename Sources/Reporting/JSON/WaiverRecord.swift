import VerificationModel

/// A waived finding's `waived`.
struct WaiverRecord {
  let reason: PrintableText
  let acceptedBy: PrintableText
  let expiry: PrintableText?

  init(_ waiver: Waiver) {
    reason = PrintableText(waiver.reason)
    acceptedBy = PrintableText(waiver.acceptedBy)
    expiry = waiver.expiry.map(PrintableText.init)
  }

  /// Writes the member.
  func write(to json: inout JSONBuffer) {
    json.object("waived") { json in
      json.member("acceptedBy", acceptedBy)
      json.member("expires", expiry)
      json.member("reason", reason)
    }
  }
}
