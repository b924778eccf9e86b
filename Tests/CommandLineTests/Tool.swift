import Foundation
import Testing

/// A program of the system that tests hold this one's output against.
enum Tool: String, CaseIterable, Sendable {
  case bash, curl, fakeroot, fish, jq, man, mandoc, promtool, shellcheck, zsh
  case systemdAnalyze = "systemd-analyze"

  /// Whether `PATH` leads to it.
  var isInstalled: Bool {
    let directories = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return directories.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(rawValue)") }
  }
}

extension Trait where Self == ConditionTrait {
  /// Leaves a test out where there is no such program.
  static func needs(_ tool: Tool) -> Self {
    .enabled(if: tool.isInstalled, "\(tool.rawValue) is not installed: scripts/setup test installs it on Debian")
  }
}
