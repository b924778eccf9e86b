import RuleCatalog

/// What rules stand for as one JSON document, as `explain.schema.json` describes it.
public enum ExplanationJSON {
  /// The document, indented, its members in alphabetical order, with a newline at the end.
  ///
  /// - Throws: `EncodingError`.
  public static func render(_ rules: [RuleDescription], invocation: Invocation) throws -> String {
    try JSONText.document(of: ExplanationRecordDocument(rules, invocation: invocation)) + "\n"
  }
}
