/// What may be done to files, as Landlock counts it. The numbers are those of Linux's include/uapi/linux/landlock.h; versions
/// of the interface only ever add some.
struct FileAccessRights: OptionSet, Sendable {
  let rawValue: UInt64

  static let execute = FileAccessRights(rawValue: 1 << 0)
  static let writeFile = FileAccessRights(rawValue: 1 << 1)
  static let readFile = FileAccessRights(rawValue: 1 << 2)
  static let readDirectory = FileAccessRights(rawValue: 1 << 3)
  static let removeDirectory = FileAccessRights(rawValue: 1 << 4)
  static let removeFile = FileAccessRights(rawValue: 1 << 5)
  static let makeDirectory = FileAccessRights(rawValue: 1 << 7)
  static let makeRegular = FileAccessRights(rawValue: 1 << 8)
  /// Version 3: truncate(2), and open(2) that cuts a file.
  static let truncate = FileAccessRights(rawValue: 1 << 14)
  /// Version 5: ioctl(2) on a device that is opened later.
  static let deviceControl = FileAccessRights(rawValue: 1 << 15)

  /// All of those that version `version` knows.
  static func all(in version: Int) -> FileAccessRights {
    // Version 1 has those of bits 0 to 12; 2 adds linking between directories; then come truncate and deviceControl.
    let bits = [1: 13, 2: 14, 3: 15, 4: 15][version] ?? 16
    return FileAccessRights(rawValue: 1 << UInt64(bits) - 1)
  }

  /// Those that a rule about something that is no directory may have.
  static let ofFiles: FileAccessRights = [.execute, .writeFile, .readFile, .truncate, .deviceControl]
}
