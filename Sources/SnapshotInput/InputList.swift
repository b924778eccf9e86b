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
    entries = arguments.flatMap { Self.entries(for: $0) }
  }

  private static func entries(for argument: String) -> [Entry] {
    guard FileKind(of: argument, followingLinks: true) == .directory else {
      return [Entry(path: argument, isFromDirectory: false, error: nil)]
    }
    let entries = entries(below: argument)
    guard !entries.isEmpty else {
      let error = InputError(.emptyDirectory, "the directory holds no files")
      return [Entry(path: argument, isFromDirectory: false, error: error)]
    }
    return entries.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// The files below a directory, and the directories that can't be listed: what may hide a snapshot is told.
  private static func entries(below directory: String) -> [Entry] {
    var entries: [Entry] = []
    var waiting = [directory]
    while let next = waiting.popLast() {
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: next) else {
        let error = InputError(.unreadable, "the directory can't be listed")
        entries.append(Entry(path: next, isFromDirectory: false, error: error))
        continue
      }
      let separator = next.hasSuffix("/") ? "" : "/"
      for path in names.map({ next + separator + $0 }) {
        switch FileKind(of: path, followingLinks: false) {
        // A name that is not UTF-8 can't be looked at: opening it fails, and so it is told.
        case .regular, nil: entries.append(Entry(path: path, isFromDirectory: true, error: nil))
        case .directory: waiting.append(path)
        case .other: break
        }
      }
    }
    return entries
  }
}
