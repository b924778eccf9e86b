import VerificationModel

/// A report about an EncryptionConfiguration as one JSON document, as `lint.schema.json` describes it.
public enum LintJSON {
  /// The document, indented, its members in alphabetical order, with a newline at the end.
  ///
  /// - Parameter duration: how long the call took.
  /// - Throws: `EncodingError`.
  public static func render(_ report: LintReport, invocation: Invocation, duration: Duration) throws -> String {
    try JSONText.document(of: LintRecordDocument(report, invocation: invocation, duration: duration)) + "\n"
  }
}
