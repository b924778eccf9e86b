#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The files that a call names, directly or by a directory they lie in, and standard input.
public struct InputList: Sendable {
  /// The argument that stands for standard input.
  public static let standardInput = "-"

  /// A file to verify, or why an argument names none.
  public struct Entry: Sendable {
    /// The path, as given or below the directory given.
    public let path: String
    /// Whether this is not a file but standard input, whose path is ``InputList/standardInput``.
    public let isStandardInput: Bool
    /// Whether the path was found in a directory rather than given.
    public let isFromDirectory: Bool
    /// Why the argument names no file.
    public let error: InputError?

    init(_ path: String, isStandardInput: Bool = false, isFromDirectory: Bool = false, error: InputError? = nil) {
      self.path = path
      self.isStandardInput = isStandardInput
      self.isFromDirectory = isFromDirectory
      self.error = error
    }
  }

  /// Files in the order of the arguments; inside a directory by path, bytewise.
  public let entries: [Entry]

  /// Looks at each argument: a directory stands for every regular file in it, recursively. Links found in a directory
  /// are not followed. Standard input can be read once only: named again, it is an error.
  public init(arguments: [String]) {
    var entries: [Entry] = []
    for argument in arguments {
      if argument == Self.standardInput {
        entries.append(Self.standardInput(isFirst: !entries.contains(where: \.isStandardInput)))
      } else {
        entries += Self.entries(for: argument)
      }
    }
    self.entries = entries
  }

  private static func standardInput(isFirst: Bool) -> Entry {
    let error = InputError(.repeatedStandardInput, "standard input is named twice, and can be read only once")
    return Entry(standardInput, isStandardInput: true, error: isFirst ? nil : error)
  }

  private static func entries(for argument: String) -> [Entry] {
    guard FileKind(of: argument, followingLinks: true) == .directory else {
      return [Entry(argument)]
    }
    let entries = entries(below: argument)
    guard !entries.isEmpty else {
      let error = InputError(.emptyDirectory, "the directory holds no files")
      return [Entry(argument, error: error)]
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
        entries.append(Entry(next, error: error))
        continue
      }
      let separator = next.hasSuffix("/") ? "" : "/"
      for path in names.map({ next + separator + $0 }) {
        switch FileKind(of: path, followingLinks: false) {
        // A name that is not UTF-8 can't be looked at: opening it fails, and so it is told.
        case .regular, nil: entries.append(Entry(path, isFromDirectory: true))
        case .directory: waiting.append(path)
        case .pipe, .other: break
        }
      }
    }
    return entries
  }
}
