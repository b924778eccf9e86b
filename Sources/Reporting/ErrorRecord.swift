import SnapshotVerification

/// One of a snapshot's `errors`.
struct ErrorRecord: Encodable {
  let code: PrintableText
  let message: PrintableText
  let page: UInt64?
  let offset: UInt64?

  init(_ error: VerificationError) {
    self.code = PrintableText(error.code)
    self.message = PrintableText(error.message)
    self.page = error.page?.rawValue
    self.offset = error.offset?.rawValue
  }

  /// All errors of `snapshot`; where some are not listed, the last one says how many.
  static func list(of snapshot: SnapshotReport) -> [ErrorRecord] {
    var errors = snapshot.errors
    if snapshot.errorsOmitted > 0 {
      let message = "\(snapshot.errorsOmitted.counted("more error")), not listed here"
      errors.append(VerificationError(code: "errors-omitted", message: message))
    }
    return errors.map(ErrorRecord.init)
  }
}
