import Foundation

/// Where the programs that are measured lie.
public struct Programs: Hashable, Sendable {
  /// The `atrest` under measurement.
  public let atrest: String

  /// The `atrest` at a path, and of everything else what `PATH` leads to.
  public init(atrest: String) { self.atrest = atrest }

  /// The first of the programs of these names that `PATH` leads to.
  ///
  /// Throws ``CommandFailure`` when none of them is installed.
  public static func path(_ names: String...) throws -> String {
    let directories = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    for name in names {
      if let path = directories.map({ "\($0)/\(name)" }).first(where: FileManager.default.isExecutableFile(atPath:)) {
        return path
      }
    }
    throw CommandFailure("\(names.joined(separator: " or ")): not installed")
  }
}
