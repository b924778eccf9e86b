/// The files that a confined process may still open, by their paths. What it has open already stays open.
///
/// A path stands for the file or directory that it leads to when the process is confined, links followed; a directory stands
/// for all that lies in it. What is not there then stays out of reach.
public struct FileGrants: Sendable {
  /// A path, and what may be done to what lies there.
  struct Grant: Sendable {
    let path: String
    let rights: FileAccessRights
  }

  private(set) var grants: [Grant] = []

  /// None at all.
  public init() {}

  /// Lets the file at `path` be read, or the directory and all in it.
  ///
  /// A terminal or another device that is named may be asked what it is (ioctl(2)).
  public mutating func read(_ path: String) {
    grants.append(Grant(path: path, rights: [.readFile, .readDirectory, .deviceControl]))
  }

  /// Lets files that are open already get names in `directory`, and names there be replaced. None can be opened there.
  public mutating func name(in directory: String) {
    grants.append(Grant(path: directory, rights: [.makeRegular, .removeFile]))
  }

  /// Lets files be made, read, written and removed in `directory`.
  public mutating func write(in directory: String) {
    grants.append(
      Grant(path: directory, rights: [.readFile, .readDirectory, .writeFile, .truncate, .makeRegular, .removeFile]))
  }

  /// Lets empty directories be removed in `directory`.
  public mutating func removeDirectories(in directory: String) {
    grants.append(Grant(path: directory, rights: .removeDirectory))
  }
}
