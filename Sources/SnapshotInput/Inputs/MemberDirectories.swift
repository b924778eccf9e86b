/// The directories of etcd's members, by the write-ahead logs in them.
///
/// etcd keeps `member/snap/db` and `member/wal/*.wal` (server/storage/datadir). What was written last stands in the log
/// alone until the database is written.
public struct MemberDirectories: Sendable {
  private var logs: [String: [String]] = [:]

  /// The directories in which `logs` lie, which are paths of files.
  public init(logs: [String]) {
    for log in logs {
      let directory = Self.parent(of: log)
      let isLogDirectory = directory == "wal" || directory.hasSuffix("/wal")
      self.logs[isLogDirectory ? Self.parent(of: directory) : directory, default: []].append(log)
    }
  }

  /// The logs of the member in whose directory the file at `path` lies, itself left out.
  public func logs(of path: String) -> [String] {
    var directory = Self.parent(of: path)
    while true {
      if let logs = logs[directory] { return logs.filter { $0 != path } }
      guard !directory.isEmpty, directory != "/" else { return [] }
      directory = Self.parent(of: directory)
    }
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return slash == path.startIndex && path.count > 1 ? "/" : String(path[..<slash])
  }
}
