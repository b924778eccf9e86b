import Foundation

/// A folder of small inputs in which something was once wrong, in `Fixtures/trials`.
public struct Trial: Sendable, CustomStringConvertible {
  /// The folder's name.
  public let name: String

  /// The trial of this name.
  public init(_ name: String) { self.name = name }

  /// The folder's name.
  public var description: String { name }

  private var directory: URL {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/trials/\(name)")
  }

  /// The path of the folder, without a slash at its end.
  public var path: String {
    let path = directory.path(percentEncoded: false)
    return path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// The path of a file in it.
  public func path(_ file: String) -> String { "\(path)/\(file)" }

  /// The bytes of a file in it.
  public func bytes(_ file: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: URL(filePath: path(file)))) }
}
