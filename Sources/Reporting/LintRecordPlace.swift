import EncryptionConfig

/// Where in a configuration something stands: `config` of errors and findings.
struct LintRecordPlace: Encodable {
  let line: Int
  /// Empty for the document as a whole.
  let path: PrintableText

  init(_ place: ConfigurationPlace) {
    self.line = place.line
    self.path = PrintableText(place.path)
  }
}
