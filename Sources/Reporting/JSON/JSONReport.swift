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
    var document = ""
    try write(report, invocation: invocation, duration: duration) { document += $0 }
    return document
  }

  /// As ``render(_:invocation:duration:)``, piece by piece.
  static func write(
    _ report: Report, invocation: Invocation, duration: Duration, to write: (String) throws -> Void
  ) throws {
    var lists = LongLists()
    let record = ReportRecord(report, invocation: invocation, duration: duration, &lists)
    try JSONText.write(record, lists, .indented, to: write)
  }
}
