import Foundation

/// Where the programs that are measured lie.
public struct Programs: Hashable, Sendable {
  /// The `atrest` under measurement.
  public let atrest: String
  /// The program that does nothing but take the SHA-256 of a file.
  public let bareHash: String

  /// The `atrest` and the bare hash at these paths, and of everything else what `PATH` leads to.
  public init(atrest: String, bareHash: String) {
    self.atrest = atrest
    self.bareHash = bareHash
  }

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
