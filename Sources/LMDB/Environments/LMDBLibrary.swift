import CLMDB

/// The library itself.
public enum LMDBLibrary {
  /// The version that the process runs with, such as `0.9.24`: what it was built with may have been another one.
  public static var version: String {
    var (major, minor, patch): (Int32, Int32, Int32) = (0, 0, 0)
    // Sound: the numbers outlive the call, which fills them.
    _ = unsafe mdb_version(&major, &minor, &patch)
    return "\(major).\(minor).\(patch)"
  }
}
