/// What is common to the names of the snapshots that one job writes: the name of a file, with `#` for each number in it,
/// and without what tells that it is packed or not complete.
struct SnapshotName: Hashable {
  private let directory: String
  private let stem: String

  /// A directory, and the extension of a snapshot in it.
  struct Extension: Hashable {
    let directory: String
    let text: String
  }

  /// The name of the file, in its archive or else in its directory, that `report` is about.
  init(of report: SnapshotReport) {
    let path = Self.withoutAdditions((report.path + (report.file.member.map { "/" + $0 } ?? "")).lowercased())
    let slash = path.lastIndex(of: "/")
    directory = Self.pattern(of: slash.map { path[..<$0] } ?? "")
    stem = Self.pattern(of: slash.map { path[path.index(after: $0)...] } ?? path)
  }

  /// The extension with the directory in which it counts; nil of a name that has none, or a number instead.
  var ending: Extension? { word.map { Extension(directory: directory, text: $0) } }

  /// Whether a file of this name is a snapshot by all appearances.
  var isOfSnapshot: Bool {
    if let word { return Self.extensions.contains(word) }
    return ["snapshot", "etcd", "backup"].contains { stem.contains($0) }
  }

  private var word: String? {
    guard let dot = stem.lastIndex(of: "."), dot > stem.startIndex else { return nil }
    let word = stem[stem.index(after: dot)...]
    return !word.isEmpty && word.allSatisfy(\.isLetter) ? String(word) : nil
  }

  /// `text`, in small letters, without what tells that it is packed or not complete.
  private static func withoutAdditions(_ text: String) -> Substring {
    var text = text[...]
    while let ending = Self.additions.first(where: { text.hasSuffix($0) }) { text = text.dropLast(ending.count) }
    return text
  }

  /// The extensions that snapshots have.
  static let extensions: Set<String> = ["db", "snapshot", "snap", "etcd", "backup", "bak"]
  /// What is added to the name of a file that is packed or not complete.
  static let additions = [
    ".gz", ".tgz", ".zst", ".xz", ".bz2", ".lz4", ".zip", ".tar", ".lzw", ".zlib", ".z", ".part", ".partial", ".tmp",
    ".crdownload", ".filepart", ".download",
  ]

  /// `text` with `#` for each number.
  private static func pattern(of text: Substring) -> String {
    var pattern = ""
    for character in text {
      if !character.isASCII || !character.isNumber {
        pattern.append(character)
      } else if pattern.last != "#" {
        pattern.append("#")
      }
    }
    return pattern
  }
}
