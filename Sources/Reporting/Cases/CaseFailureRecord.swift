import VerificationModel

/// A file that could not be taken in.
struct CaseFailureRecord: Encodable {
  let path: PrintableText
  let member: PrintableText?
  let reason: PrintableText

  init(_ failure: CaseList.Failure) {
    path = PrintableText(failure.path)
    member = failure.member.map(PrintableText.init)
    reason = PrintableText(failure.reason)
  }
}
