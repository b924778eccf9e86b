import VerificationModel

/// The report as one JSON document, as `report.schema.json` describes it.
public struct JSONReport: Sendable {
  /// The format.
  public init() {}

  /// The document, indented, its members in alphabetical order, with a newline at the end.
  ///
  /// - Parameter duration: how long the call took.
  /// - Throws: `EncodingError`.
  public static func render(_ report: Report, invocation: Invocation, duration: Duration) throws -> String {
    try JSONText.document(of: ReportRecord(report, invocation: invocation, duration: duration)) + "\n"
  }
}
