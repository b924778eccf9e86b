import FileAccess
import Synchronization

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
    /// The write-ahead logs of etcd that lie in the directory of the same member.
    public internal(set) var logs: [String] = []
    /// The file, if it was opened already.
    fileprivate var prepared: PreparedFile?

    init(_ path: String, isStandardInput: Bool = false, isFromDirectory: Bool = false, error: InputError? = nil) {
      self.path = path
      self.isStandardInput = isStandardInput
      self.isFromDirectory = isFromDirectory
      self.error = error
    }
  }

  /// Files in the order of the arguments; inside a directory by path, bytewise.
  public private(set) var entries: [Entry] = []
  /// What was found in directories and is not to be verified, in the same order.
  public private(set) var passedOver: [PassedOver] = []

  /// The entries that each directory argument stands for. Logs are looked for among those of one.
  private var listings: [Range<Int>] = []

  /// Looks at each argument: a directory stands for every regular file in it, recursively. Standard input can be read
  /// once only: named again, it is an error. The heads of write-ahead logs are read: see ``noteLogs()``.
  ///
  /// - Parameters:
  ///   - arguments: paths; `-` stands for standard input.
  ///   - followsLinks: whether symbolic links found in directories are followed. Then each file in a directory is listed
  ///     once, under its own path rather than a link's where both lie there, and no directory is entered twice.
  public init(arguments: [String], followsLinks: Bool = false) {
    self.init(listing: arguments, followsLinks: followsLinks)
    noteLogs()
  }

  /// Looks at each argument as above, and reads no byte of any file.
  public init(listing arguments: [String], followsLinks: Bool = false) {
    for argument in arguments {
      if argument == Self.standardInput {
        entries.append(Self.standardInput(isFirst: !entries.contains(where: \.isStandardInput)))
      } else if FileKind(of: argument, followingLinks: true) == .directory {
        let start = entries.endIndex
        take(DirectoryListing(argument, followsLinks: followsLinks), of: argument)
        listings.append(start..<entries.endIndex)
      } else {
        entries.append(Entry(argument))
      }
    }
  }

  /// Tells each entry of the write-ahead logs that belong to it, which their first bytes show to be such.
  public mutating func noteLogs() {
    var rest = entries.startIndex
    for listing in listings + [entries.endIndex..<entries.endIndex] {
      for index in rest..<listing.lowerBound {
        entries[index].logs = DirectoryListing.logs(besideDatabase: entries[index].path)
      }
      DirectoryListing.noteLogs(&entries[listing])
      rest = listing.upperBound
    }
  }

  /// Opens the regular files that are named, so that they can be read when their paths can't be opened any more. One that
  /// can't be opened says why when it is read.
  ///
  /// - Parameter limit: how many are opened at most: a process may have so many open files only.
  public mutating func openFiles(limit: Int = 64) {
    for index in entries.indices.prefix(limit) where entries[index].error == nil && !entries[index].isStandardInput {
      guard FileKind(of: entries[index].path, followingLinks: true) == .regular else { continue }
      do throws(InputError) {
        entries[index].prepared = PreparedFile(try FileDescriptor(opening: entries[index].path))
      } catch {
        continue
      }
    }
  }

  private mutating func take(_ listing: DirectoryListing, of argument: String) {
    passedOver += listing.passedOver
    guard listing.entries.isEmpty else {
      entries += listing.entries
      return
    }
    let links = listing.passedOver.count { $0.reason == .symbolicLink }
    let error = InputError(
      .emptyDirectory,
      links == 0
        ? "the directory holds no files"
        : "the directory holds no files but \(links) symbolic \(links == 1 ? "link" : "links"): add --follow to follow them"
    )
    entries.append(Entry(argument, error: error))
  }

  private static func standardInput(isFirst: Bool) -> Entry {
    let error = InputError(.repeatedStandardInput, "standard input is named twice, and can be read only once")
    return Entry(standardInput, isStandardInput: true, error: isFirst ? nil : error)
  }
}

extension InputList.Entry {
  /// Where write-ahead logs are looked for that belong to a file which an argument names; nil for any other.
  public var logDirectory: String? {
    isFromDirectory || isStandardInput ? nil : DirectoryListing.logDirectory(besideDatabase: path)
  }

  /// Opens what the entry names, unless it was opened already; then it can be read once only.
  ///
  /// Throws why it names no file, or why that can't be opened.
  ///
  /// - Parameters:
  ///   - limits: how far it may unfold.
  ///   - acceptsCompanions: whether it may be a file that belongs beside a snapshot.
  package func open(
    _ limits: UnpackingLimits, acceptsCompanions: Bool = false
  ) throws(InputError) -> SnapshotStreams {
    if let error { throw error }
    if isStandardInput { return try .standardInput(limits: limits) }
    if let file = prepared?.take() {
      return SnapshotStreams(path, file, limits, acceptsCompanions: acceptsCompanions)
    }
    return try SnapshotStreams(path: path, limits: limits, acceptsCompanions: acceptsCompanions)
  }
}

/// A file that was opened before its turn, for the one who reads it.
private final class PreparedFile: Sendable {
  private let file: Mutex<FileDescriptor?>

  init(_ file: consuming FileDescriptor) { self.file = Mutex(.some(file)) }

  /// Hands it out, once.
  func take() -> FileDescriptor? { file.withLock { $0.take() } }
}
