import EncryptionConfig

/// One of the `errors`: why no API server would start with the file.
struct LintRecordError: Encodable {
  let code: String
  let message: PrintableText
  let config: LintRecordPlace

  init(_ error: ConfigurationError) {
    self.code = error.code.rawValue
    self.message = PrintableText(error.reason)
    self.config = LintRecordPlace(error.place)
  }
}
