import VerificationModel

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

  /// All of `errors`; where `omitted` more are not listed, the last one says how many.
  static func list(of errors: [VerificationError], omitted: Int) -> [ErrorRecord] {
    guard omitted > 0 else { return errors.map(ErrorRecord.init) }
    let message = "\(omitted.counted("more error")), not listed here"
    return (errors + [VerificationError(code: "errors-omitted", message: message)]).map(ErrorRecord.init)
  }
}
