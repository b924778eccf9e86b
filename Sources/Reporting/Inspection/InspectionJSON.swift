public import SnapshotInput
import VerificationModel

/// Inspections as one JSON document, as `inspection.schema.json` describes it.
public enum InspectionJSON {
  /// The document, indented, its members in alphabetical order, with a newline at the end.
  ///
  /// - Parameters:
  ///   - passedOver: the files that were found and not inspected.
  ///   - duration: how long the call took.
  /// - Throws: `EncodingError`.
  public static func render(
    _ inspections: [Inspection], passedOver: [PassedOver] = [], invocation: Invocation, duration: Duration
  ) throws -> String {
    let document = InspectionRecordDocument(inspections, passedOver, invocation: invocation, duration: duration)
    return try JSONText.document(of: document) + "\n"
  }
}
