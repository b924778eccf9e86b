#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The files that a call names, directly or by a directory they lie in.
public struct InputList: Sendable {
  /// A file to verify, or why an argument names none.
  public struct Entry: Sendable {
    /// The path, as given or below the directory given.
    public let path: String
    /// Whether the path was found in a directory rather than given.
    public let isFromDirectory: Bool
    /// Why the argument names no file.
    public let error: InputError?
  }

  /// Files in the order of the arguments; inside a directory by path, bytewise.
  public let entries: [Entry]

  /// Looks at each argument: a directory stands for every regular file in it, recursively. Links found in a directory
  /// are not followed.
  public init(arguments: [String]) {
    entries = arguments.flatMap(Self.entries)
  }

  private static func entries(for argument: String) -> [Entry] {
    guard kind(of: argument, followingLinks: true) == .directory else {
      return [Entry(path: argument, isFromDirectory: false, error: nil)]
    }
    do throws(InputError) {
      let files = try files(below: argument)
      guard !files.isEmpty else { throw InputError(.emptyDirectory, "the directory holds no files") }
      return files.map { Entry(path: $0, isFromDirectory: true, error: nil) }
    } catch {
      return [Entry(path: argument, isFromDirectory: false, error: error)]
    }
  }

  private enum Kind {
    case file
    case directory
    case other
  }

  private static func kind(of path: String, followingLinks: Bool) -> Kind {
    let target = followingLinks ? URL(filePath: path).resolvingSymlinksInPath().path() : path
    let type = try? FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType
    switch type {
    case .typeRegular: return .file
    case .typeDirectory: return .directory
    default: return .other
    }
  }

  private static func files(below directory: String) throws(InputError) -> [String] {
    var files: [String] = []
    var waiting = [directory]
    while let next = waiting.popLast() {
      let names: [String]
      do {
        names = try FileManager.default.contentsOfDirectory(atPath: next)
      } catch {
        throw InputError(.unreadable, "the directory \(next) can't be listed")
      }
      let separator = next.hasSuffix("/") ? "" : "/"
      for path in names.map({ next + separator + $0 }) {
        switch kind(of: path, followingLinks: false) {
        case .file: files.append(path)
        case .directory: waiting.append(path)
        case .other: break
        }
      }
    }
    return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
