import VerificationModel

/// One of the `waivers` of a policy.
struct PolicyWaiverRecord: Encodable {
  let rule: String
  let key: PrintableText?
  let resource: PrintableText?
  let layer: String?
  let reason: PrintableText
  let acceptedBy: PrintableText
  let expires: String
  let daysLeft: Int
  let expired: Bool
  let line: Int

  init(_ waiver: PolicyWaiver) {
    self.rule = waiver.rule.rawValue
    self.key = waiver.key.map(PrintableText.init)
    self.resource = waiver.resource.map(PrintableText.init)
    self.layer = waiver.layer?.rawValue
    self.reason = PrintableText(waiver.waiver.reason)
    self.acceptedBy = PrintableText(waiver.waiver.acceptedBy)
    self.expires = waiver.lastDay.description
    self.daysLeft = waiver.daysLeft
    self.expired = waiver.isExpired
    self.line = waiver.line
  }
}
