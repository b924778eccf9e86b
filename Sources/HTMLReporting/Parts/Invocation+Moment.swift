import Reporting

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Invocation {
  /// When the call began, as in `2026-11-30T15:41:07Z`.
  var moment: String { startedAt.formatted(.iso8601) }
}
