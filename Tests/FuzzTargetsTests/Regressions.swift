import Foundation

/// Inputs that failed once, in a folder for each target; the name of each says what was wrong.
enum Regressions {
  private static let directory = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Regressions")

  /// The names of the folders.
  static func folders() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory.path(percentEncoded: false)).filter {
      !$0.contains(".")
    }
  }

  /// Those of a target; none where it has no folder.
  static func files(of target: String) throws -> [URL] {
    let folder = directory.appending(path: target)
    guard FileManager.default.fileExists(atPath: folder.path(percentEncoded: false)) else { return [] }
    return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil).sorted {
      $0.path < $1.path
    }
  }
}
