import Foundation

/// A directory for the files of one test; it goes away with the value.
public final class TemporaryDirectory: Sendable {
  /// Where it is, without a slash at the end.
  public let path: String

  /// An empty directory.
  public init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "atrest-\(UUID().uuidString)")
      .path(percentEncoded: false)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, and the directories it lies in, and answers its path.
  @discardableResult
  public func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let url = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    return "\(path)/\(name)"
  }

  /// Writes an empty file whose name may be any bytes.
  public func file(named name: [UInt8]) throws {
    let number = (Array("\(path)/".utf8CString.dropLast()) + name.map { CChar(bitPattern: $0) } + [0])
      .withUnsafeBufferPointer { $0.baseAddress.map { creat($0, 0o600) } ?? -1 }
    guard number >= 0, close(number) == 0 else { throw FixtureError("a file can't be made in \(path)") }
  }

  /// Makes a symbolic link, and answers its path.
  @discardableResult
  public func link(_ name: String, to target: String) throws -> String {
    try FileManager.default.createSymbolicLink(atPath: "\(path)/\(name)", withDestinationPath: target)
    return "\(path)/\(name)"
  }

  /// Makes a named pipe, and answers its path.
  @discardableResult
  public func pipe(_ name: String) throws -> String {
    guard mkfifo("\(path)/\(name)", 0o600) == 0 else { throw FixtureError("\(name) can't be made in \(path)") }
    return "\(path)/\(name)"
  }
}
