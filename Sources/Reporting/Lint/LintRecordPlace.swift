import EncryptionConfig

/// Where in a configuration something stands: `config` of errors and findings.
struct LintRecordPlace: Encodable {
  let line: Int
  /// Of a configuration that is escaped or base64 in one line of the file.
  let decodedLine: Int?
  /// Empty for the document as a whole.
  let path: PrintableText

  init(_ place: ConfigurationPlace) {
    self.line = place.line
    self.decodedLine = place.decodedLine
    self.path = PrintableText(place.path)
  }
}
