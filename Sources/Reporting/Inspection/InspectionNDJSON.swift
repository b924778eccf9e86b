public import SnapshotInput
import VerificationModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Inspections as one JSON object per line, so that they can be written and read while the call still runs.
///
/// Each line has a `type`: one `start`; for each snapshot a `snapshot`; one `end`. Members have the names and meanings of
/// `inspection.schema.json`.
public enum InspectionNDJSON {
  /// The first line, to be written before anything is read.
  ///
  /// - Throws: `EncodingError`.
  public static func start(invocation: Invocation) throws -> String {
    try line("start", Start(tool: ToolRecord(invocation), startedAt: invocation.startedAt))
  }

  /// The line about `inspection`.
  ///
  /// - Throws: `EncodingError`.
  public static func snapshot(_ inspection: Inspection) throws -> String {
    try line("snapshot", InspectionRecord(inspection))
  }

  /// The last line.
  ///
  /// - Parameters:
  ///   - passedOver: the files that were found and not inspected.
  ///   - duration: how long the call took.
  /// - Throws: `EncodingError`.
  public static func end(_ inspections: [Inspection], passedOver: [PassedOver] = [], duration: Duration) throws
    -> String
  {
    try line(
      "end",
      End(
        complete: inspections.allSatisfy(\.isComplete), durationSeconds: duration.seconds,
        passedOver: passedOver.map(PassedOverRecord.init)))
  }

  private static func line(_ type: String, _ record: some Encodable) throws -> String {
    try JSONText.line(of: TypedRecord(type: type, record: record)) + "\n"
  }

  private struct Start: Encodable {
    let schemaVersion = InspectionRecordDocument.currentSchemaVersion
    let tool: ToolRecord
    let startedAt: Date

    private enum CodingKeys: CodingKey { case schemaVersion, tool, startedAt }
  }

  private struct End: Encodable {
    let complete: Bool
    let durationSeconds: Double
    let passedOver: [PassedOverRecord]
  }
}
