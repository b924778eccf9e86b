#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What is known before the case is opened.
struct CaseStartRecord: Encodable {
  /// Raised when a member is removed or changes its meaning.
  let schemaVersion = 1
  let tool: ToolRecord
  let startedAt: Date

  init(_ invocation: Invocation) {
    tool = ToolRecord(invocation)
    startedAt = invocation.startedAt
  }

  private enum CodingKeys: CodingKey { case schemaVersion, tool, startedAt }
}
