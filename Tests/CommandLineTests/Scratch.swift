import Foundation

/// A directory that is deleted when nobody refers to it any more.
final class Scratch: Sendable {
  /// The directory.
  let directory: URL

  /// Makes a directory of its own.
  init() throws {
    let directory = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "atrest-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
    self.directory = directory
  }

  deinit {
    try? FileManager.default.removeItem(at: directory)
  }

  /// The directory's path, without a slash at its end.
  var path: String {
    let path = directory.path(percentEncoded: false)
    return path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// Writes a file at `name`, which may have directories in it that don't exist yet.
  @discardableResult
  func file(_ name: String, _ content: Data) throws -> URL {
    let file = directory.appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try content.write(to: file)
    return file
  }

  /// Writes a file at `name`; answers its path.
  func path(_ name: String, _ content: Data) throws -> String {
    try file(name, content).path(percentEncoded: false)
  }

  /// The text of the file at `name`.
  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: directory.appending(path: name)), as: UTF8.self)
  }
}
