#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The call of `atrest` that a report is about.
public struct Invocation: Sendable {
  /// The version of `atrest`.
  public let toolVersion: String
  /// What the command line said after the program's name.
  public let arguments: [String]
  /// When the call began.
  public let startedAt: Date

  /// What the process gave up; nil where nobody asked it to.
  public let sandbox: SandboxState?

  /// A call that began at `startedAt`.
  public init(toolVersion: String, arguments: [String], startedAt: Date, sandbox: SandboxState? = nil) {
    self.toolVersion = toolVersion
    self.arguments = arguments
    self.startedAt = startedAt
    self.sandbox = sandbox
  }
}
