import SnapshotInput
import VerificationModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The whole document. Records mirror `inspection.schema.json` member by member; whatever text may come from a file or
/// from the call is a ``PrintableText``, or lossless in a form of its own.
struct InspectionRecordDocument: Encodable {
  /// Raised when a member is removed or changes its meaning.
  static let currentSchemaVersion = 1
  let schemaVersion = Self.currentSchemaVersion
  let tool: ToolRecord
  let startedAt: Date
  let durationSeconds: Double
  let snapshots: [InspectionRecord]
  let passedOver: [PassedOverRecord]

  init(_ inspections: [Inspection], _ passedOver: [PassedOver], invocation: Invocation, duration: Duration) {
    self.tool = ToolRecord(invocation)
    self.startedAt = invocation.startedAt
    self.durationSeconds = duration.seconds
    self.snapshots = inspections.map(InspectionRecord.init)
    self.passedOver = passedOver.map(PassedOverRecord.init)
  }
}
