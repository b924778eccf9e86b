import FileAccess

/// What lies in a directory, and in those below it.
struct DirectoryListing {
  /// The files, and the directories that can't be listed: what may hide a snapshot is told. By path, bytewise.
  private(set) var entries: [InputList.Entry] = []
  /// What is not to be read, by path, bytewise.
  private(set) var passedOver: [PassedOver] = []

  private let followsLinks: Bool
  private var waiting: [String]
  /// Links found so far. They are followed when all else was found.
  private var links: [String] = []
  /// The files and directories that are known, where links are followed.
  private var known: Set<FileState.Identity> = []

  /// Looks through the directory at `path`.
  init(_ path: String, followsLinks: Bool) {
    self.followsLinks = followsLinks
    waiting = [path]
    if followsLinks, let state = FileState(of: path) { known.insert(state.identity) }
    listWaiting()
    while let link = links.popLast() {
      follow(link)
      listWaiting()
    }
    entries.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    passedOver.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private mutating func listWaiting() {
    while let directory = waiting.popLast() {
      guard let listed = try? DirectoryNames(of: directory) else {
        entries.append(InputList.Entry(directory, error: FileDescriptor.fault(listing: directory)))
        continue
      }
      let separator = directory.hasSuffix("/") ? "" : "/"
      for name in listed.names.sorted() { take(directory + separator + name) }
      for name in listed.repairedNames { refuse(directory + separator + name) }
    }
  }

  private mutating func take(_ path: String) {
    switch FileKind(of: path, followingLinks: false) {
    case .regular, nil: takeFile(path)
    case .directory: takeDirectory(path)
    case .link:
      if followsLinks { links.append(path) } else { pass(path, .symbolicLink) }
    case .pipe, .other: pass(path, .specialFile)
    }
  }

  /// Tells of what has a name that is not UTF-8. Paths are text here: by the repaired one, another file would be read.
  private mutating func refuse(_ path: String) {
    entries.append(
      InputList.Entry(
        path,
        error: InputError(
          .unreadable,
          "not read: its name is not UTF-8; rename it, or hand it over on standard input, with 'atrest verify - < FILE'"
        )))
  }

  private mutating func follow(_ link: String) {
    switch FileKind(of: link, followingLinks: true) {
    // One that leads nowhere fails when it is opened, and so it is told.
    case .regular, .link, nil: takeFile(link)
    case .directory: takeDirectory(link)
    case .pipe, .other: pass(link, .specialFile)
    }
  }

  private mutating func takeFile(_ path: String) {
    if isNew(path) { entries.append(InputList.Entry(path, isFromDirectory: true)) } else { pass(path, .sameFile) }
  }

  private mutating func takeDirectory(_ path: String) {
    if isNew(path) { waiting.append(path) } else { pass(path, .sameFile) }
  }

  private mutating func isNew(_ path: String) -> Bool {
    guard followsLinks, let state = FileState(of: path) else { return true }
    return known.insert(state.identity).inserted
  }

  private mutating func pass(_ path: String, _ reason: PassedOver.Reason) {
    passedOver.append(PassedOver(path: path, reason: reason))
  }

  /// Tells each file of a listing of the write-ahead logs that belong to it.
  static func noteLogs(_ entries: inout ArraySlice<InputList.Entry>) {
    let logs = entries.map(\.path).filter { $0.hasSuffix(".wal") && isLog($0) }
    guard !logs.isEmpty else { return }
    let members = MemberDirectories(logs: logs)
    for index in entries.indices { entries[index].logs = members.logs(of: entries[index].path) }
  }

  /// Where the write-ahead logs of the member lie whose database is at `path`, if it lies in its place, `member/snap`.
  static func logDirectory(besideDatabase path: String) -> String? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count > 1, parts[parts.count - 2] == "snap" else { return nil }
    return (parts.dropLast(2) + ["wal"]).joined(separator: "/")
  }

  /// The write-ahead logs of that member.
  static func logs(besideDatabase path: String) -> [String] {
    guard let directory = logDirectory(besideDatabase: path) else { return [] }
    let names = (try? DirectoryNames(of: directory))?.names ?? []
    return names.filter { $0.hasSuffix(".wal") }.map { "\(directory)/\($0)" }.filter(isLog).sorted()
  }

  private static func isLog(_ path: String) -> Bool {
    guard let file = try? SnapshotFile(opening: path) else { return false }
    return file.content() == .writeAheadLog
  }
}
