import Reporting

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Invocation {
  /// The call that this process is, begun now.
  ///
  /// - Parameter isRedacted: whether the report may hold no name: then the words of the call are left out.
  static func ofThisProcess(isRedacted: Bool = false) -> Invocation {
    Invocation(
      toolVersion: Atrest.version, arguments: isRedacted ? [] : Array(CommandLine.arguments.dropFirst()),
      startedAt: Date(), sandbox: .ofThisProcess)
  }
}
