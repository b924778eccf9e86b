import SnapshotInput

/// The files that were found and not verified: how many, and which.
struct PassedOverList {
  let files: [PassedOver]
  /// What was not done with them.
  var verb = "verified"

  /// Such as `3 files were passed over, not verified`; nil when there are none.
  var count: String? {
    files.isEmpty
      ? nil : "\(files.count.counted("file")) \(files.count == 1 ? "was" : "were") passed over, not \(verb)"
  }

  /// A line for each file, on a terminal up to the limit of lists, and how many more there are.
  func lines(_ style: Style) -> [String] {
    let listed = files.prefix(style.limit()).map { "  \(PrintableText($0.name)): \(Self.description(of: $0))" }
    let rest = files.count - listed.count
    return rest == 0 ? listed : listed + [style.cut("\(rest) more")]
  }

  static func description(of file: PassedOver) -> String {
    let content = file.content?.noun
    return switch file.reason {
    case .unrecognized: content ?? "not recognized"
    case .companion where file.content == .writeAheadLog: "a write-ahead log of etcd, not examined"
    case .companion: content ?? "not a snapshot"
    case .symbolicLink: "a symbolic link, not followed"
    case .hardLink: "a hard link to another file in the archive"
    case .sameFile: "the same file as another one"
    case .specialFile: "neither a regular file nor a directory"
    }
  }
}
